"""A login that gives several accounts: a person picks one, and only that one is connected."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from publishing import credentials, oauth, tasks
from publishing.models import Channel, Consent, EvidenceRecord

pytestmark = pytest.mark.django_db
NORTH, SOUTH = {"id": "1", "name": "Politi Nord", "town": "Nordby"}, {"id": "2", "name": "politi Syd"}
SHUT = {"id": "3", "name": "Bro", "problem": "You may not post there."}


@pytest.fixture
def client(client, cast, settings):
    settings.BASE_URL = "http://testserver"
    settings.LANGUAGE_CODE = "en"
    client.force_login(cast.channels)
    return client


def page(client, consent):
    return client.get(reverse("publishing_channels:consent", args=[consent.key]))


@pytest.fixture
def blank(db, platform):
    return Channel.objects.create(kind="paged", name="Blank", slug="blank", config={"server": platform.url})


@pytest.fixture
def logged_in(begin, come_back, platform):
    """A person has said yes, and a worker has asked what the login gives."""

    def log_in(*pages):
        platform.pages = list(pages)
        consent = begin()
        come_back(consent)
        tasks.finish_consent(consent.pk)
        return Consent.objects.get(pk=consent.pk)

    return log_in


@pytest.fixture
def pick(client, django_capture_on_commit_callbacks):
    def press(consent, account):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse("publishing_channels:consent_pick", args=[consent.key]), {"account": account})

    return press


def channel():
    return Channel.objects.get(slug="blank")


def test_the_person_sees_the_pages_and_picks_one(client, logged_in, pick, platform, bells):
    consent = logged_in(SOUTH, NORTH, SHUT)
    shown = page(client, consent)
    text = shown.content.decode()
    assert "Refresh" not in shown  # it waits for the person, not for a worker
    assert text.index("Bro") < text.index("Politi Nord") < text.index("politi Syd")
    assert "Nordby" in text
    assert "You may not post there." in text
    assert channel().encrypted_secrets == b""  # nothing is connected yet
    asked = len(platform.seen)
    bells.clear()
    answer = pick(consent, "2")
    assert len(platform.seen) == asked  # no view has asked anything
    assert answer.url == reverse("publishing_channels:consent", args=[consent.key])
    assert channel().config == {"server": platform.url, "page_id": "2"}
    secrets = credentials.account_of(channel()).secrets
    assert secrets["page_token"] == "access-of-page-2"
    assert secrets["access_token"] in platform.access
    assert bells == [("publishing.verify_channel", channel().pk)]
    consent.refresh_from_db()
    assert (consent.step, bytes(consent.sealed)) == ("connected", b"")
    assert EvidenceRecord.objects.get(kind="channel.connected").payload["settings"] == ["page_id"]


def test_nothing_secret_of_the_pages_is_stored_in_the_clear_or_shown(client, logged_in):
    consent = logged_in(NORTH, SOUTH)
    everything = page(client, consent).content.decode() + str(Consent.objects.values().get())
    assert "access-of-page" not in everything


def test_an_only_page_needs_no_question(logged_in):
    assert logged_in(NORTH).step == "connected"
    assert channel().config["page_id"] == "1"


def test_another_page_than_until_now_is_never_taken_without_asking(client, logged_in, pick):
    logged_in(NORTH)
    Channel.objects.update(account_name="Politi Nord")
    consent = logged_in(SOUTH)
    assert consent.step == "picking"
    assert "Until now it is Politi Nord" in page(client, consent).content.decode()
    assert channel().config["page_id"] == "1"
    pick(consent, "2")
    assert channel().config["page_id"] == "2"
    assert logged_in(SOUTH).step == "connected"  # the same one again


def test_the_page_of_until_now_is_marked_and_preselected(client, logged_in, pick):
    pick(logged_in(NORTH, SOUTH), "2")
    text = page(client, logged_in(NORTH, SOUTH)).content.decode()
    chosen = text[text.index('value="2"') :]
    assert chosen[: chosen.index(">")].count("checked") == 1
    assert text.count("as now") == text.count(" checked") == 1


@pytest.mark.parametrize("account", ["", "9", "3"])
def test_what_is_not_there_to_be_picked_is_refused(client, logged_in, pick, account):
    consent = logged_in(NORTH, SOUTH, SHUT)
    pick(consent, account)
    assert "Pick one of the accounts." in page(client, consent).content.decode()
    assert Consent.objects.get(pk=consent.pk).step == "picking"
    assert channel().encrypted_secrets == b""


def test_a_login_that_gives_nothing_says_so(client, logged_in):
    consent = logged_in()
    assert consent.step == "failed"
    assert "gives no account to post from" in page(client, consent).content.decode()
    assert channel().encrypted_secrets == b""


def test_a_pick_is_good_once_and_for_ten_minutes(logged_in, pick, platform):
    consent = logged_in(NORTH, SOUTH)
    Consent.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    pick(consent, "1")
    assert channel().encrypted_secrets == b""
    oauth.sweep(timezone.now())
    consent.refresh_from_db()
    assert (consent.step, bytes(consent.sealed)) == ("failed", b"")
    again = logged_in(NORTH, SOUTH)
    pick(again, "1")
    pick(again, "2")
    assert channel().config["page_id"] == "1"


def test_a_channel_changed_meanwhile_is_not_connected(client, logged_in, pick):
    consent = logged_in(NORTH, SOUTH)
    Channel.objects.update(version=9)
    pick(consent, "1")
    assert "was changed meanwhile" in page(client, consent).content.decode()
    assert channel().encrypted_secrets == b""


@pytest.mark.parametrize("key", ["editor", "duty", "planner", "writer", "outsider", "admin"])
def test_others_cannot_pick(client, cast, logged_in, pick, refused, key):
    consent = logged_in(NORTH, SOUTH)
    client.force_login(getattr(cast, key))
    answer = pick(consent, "1")
    assert refused(answer) or answer.status_code == 404
    assert channel().encrypted_secrets == b""
