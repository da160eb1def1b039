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
    """Whether the admin sent somebody away: to its front page, to log in, or, a prosecutor, to nowhere."""

    def check(response):
        return response.status_code in (302, 403, 404) and (
            response.status_code in (403, 404)
            or response.url in ("/admin/",)
            or response.url.startswith("/admin/login/")
        )

    return check
