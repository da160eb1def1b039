"""Strategy and coverage as their people see them."""

import pytest

from campaigns.models import Initiative
from tests import strategy


@pytest.fixture
def loaded(db):
    """The 2023 strategy, in force."""
    return strategy.lay_out()


@pytest.fixture
def initiative(loaded):
    """An initiative by its number (and unit, where it stands in two)."""
    return lambda number, unit=None: Initiative.objects.filter(**{"unit__key": unit} if unit else {}).get(number=number)


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
        return response.status_code in (403, 404) or (
            response.status_code == 302 and (response.url == "/admin/" or response.url.startswith("/admin/login/"))
        )

    return check
