"""Channels behind a fake platform on a real socket, and a bell that is heard instead of rung."""

from urllib.parse import parse_qs, urlsplit

import pytest
from celery.app.task import Task
from django.urls import reverse

from publishing import adapters, tasks
from publishing.credentials import seal
from publishing.models import Channel, Consent
from tests.fakes.oauth import FakeOAuth

BACK = "publishing_channels:consent_back"
PAST, FUTURE = "2020-01-01T00:00:00+00:00", "2999-01-01T00:00:00+00:00"


@pytest.fixture(autouse=True)
def linked_kind(monkeypatch, settings):
    monkeypatch.setitem(adapters.KINDS, "linked", "tests.publishing.linked.Linked")
    monkeypatch.setitem(adapters.KINDS, "paged", "tests.publishing.linked.Paged")
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
def as_user(client, cast, settings):
    settings.LANGUAGE_CODE = "en"
    settings.BASE_URL = "http://testserver"

    def log_in(key):
        client.force_login(getattr(cast, key))
        return client

    return log_in


@pytest.fixture
def refused():
    """Whether the admin sent somebody away: back to its front page, or to log in."""

    def check(response):
        sent_away = response.status_code == 302 and response.url.startswith(("/admin/login/", "/admin/?"))
        return response.status_code == 403 or sent_away or getattr(response, "url", "") == "/admin/"

    return check


@pytest.fixture
def blank(db, platform):
    """Set up, and not connected yet."""
    return Channel.objects.create(kind="linked", name="Blank", slug="blank", config={"server": platform.url})


@pytest.fixture
def begin(client, blank, bells, django_capture_on_commit_callbacks):
    """A person presses Connect; a worker hears it."""

    def press(channel=blank, prepare=True):
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(reverse("publishing_channels:connect", args=[channel.pk]))
        consent = Consent.objects.latest("pk")
        assert answer.url == reverse("publishing_channels:consent", args=[consent.key])
        assert bells.pop() == ("publishing.prepare_consent", consent.pk)
        if prepare:
            tasks.prepare_consent(consent.pk)
        return Consent.objects.get(pk=consent.pk)

    return press


@pytest.fixture
def come_back(client, platform, django_capture_on_commit_callbacks):
    """The person goes to the platform, says yes or no, and is sent back."""

    def back(consent, link="yes", **instead):
        go = client.get(reverse("publishing_channels:consent_go", args=[consent.key]))
        assert go.status_code == 302
        asked = {name: values[0] for name, values in parse_qs(urlsplit(go.url).query).items()}
        platform.authorize(type("Seen", (), {"query": asked}))
        given = {"state": asked["state"]}
        given |= {"code": list(platform.codes)[-1]} if link == "yes" else {"error": "access_denied"}
        with django_capture_on_commit_callbacks(execute=True):
            return client.get(reverse(BACK), {**given, **instead})

    return back
