"""The desk as its people see it."""

import pytest


@pytest.fixture
def as_user(client, cast):
    """A client logged in as one of the cast, by key."""

    def log_in(key):
        client.force_login(getattr(cast, key))
        return client

    return log_in


@pytest.fixture
def refused():
    """Whether the admin sent somebody away: back to its front page, or to log in."""

    def check(response):
        return response.status_code in (302, 403) and (
            response.status_code == 403 or response.url in ("/admin/",) or response.url.startswith("/admin/login/")
        )

    return check
