"""Channels behind a fake platform on a real socket, and a bell that is heard instead of rung."""

import pytest
from celery.app.task import Task

from publishing import adapters
from publishing.credentials import seal
from publishing.models import Channel
from tests.fakes.oauth import FakeOAuth

PAST, FUTURE = "2020-01-01T00:00:00+00:00", "2999-01-01T00:00:00+00:00"


@pytest.fixture(autouse=True)
def linked_kind(monkeypatch, settings):
    monkeypatch.setitem(adapters.KINDS, "linked", "tests.publishing.linked.Linked")
    settings.PUBLISHING_ALLOWED_PRIVATE_HOSTS = ["127.0.0.1"]


@pytest.fixture(autouse=True)
def bells(monkeypatch):
    """What was enqueued, as (task, argument); no broker is asked."""
    heard = []
    monkeypatch.setattr(
        Task, "apply_async", lambda self, args=None, kwargs=None, **more: heard.append((self.name, *(args or ())))
    )
    return heard


@pytest.fixture
def platform():
    with FakeOAuth() as fake:
        yield fake


@pytest.fixture
def linked(db, platform):
    """Connected already; its access has to be renewed before it is used."""
    platform.access.add("access-old")
    platform.renewable.add("refresh-old")
    return Channel.objects.create(
        kind="linked",
        name="Linked",
        slug="linked",
        config={"server": platform.url},
        secrets_set={"access_token": PAST},
        encrypted_secrets=seal({"access_token": "access-old", "refresh_token": "refresh-old", "good_until": PAST}),
    )


@pytest.fixture
def refused():
    """Whether the admin sent somebody away: back to its front page, or to log in."""

    def check(response):
        sent_away = response.status_code == 302 and response.url.startswith(("/admin/login/", "/admin/?"))
        return response.status_code == 403 or sent_away or getattr(response, "url", "") == "/admin/"

    return check
