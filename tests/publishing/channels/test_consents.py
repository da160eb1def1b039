"""Connecting in a browser: every step in the database, every secret sealed, every answer good once."""

import uuid
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from publishing import credentials, oauth, tasks, verifying
from publishing.models import Channel, Consent, EvidenceRecord
from tests.fakes.server import Answer, Fault
from tests.publishing.channels.conftest import BACK
from tests.publishing.linked import Linked

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client, cast, settings):
    settings.BASE_URL = "http://testserver"
    settings.LANGUAGE_CODE = "en"
    client.force_login(cast.channels)
    return client


def page(client, consent):
    return client.get(reverse("publishing_channels:consent", args=[consent.key]))


def test_from_connect_to_connected_as_the_account(client, begin, come_back, blank, platform, bells, cast):
    consent = begin(prepare=False)
    waiting = page(client, consent)
    assert waiting["Refresh"] == "2"
    assert platform.seen == []  # no view has asked anything
    tasks.prepare_consent(consent.pk)
    ready = page(client, consent)
    assert ready.status_code == 200  # never a redirect straight from a form to elsewhere
    assert ready["Refresh"] == f"1; url={reverse('publishing_channels:consent_go', args=[consent.key])}"
    answer = come_back(consent)
    assert answer.url == reverse("publishing_channels:consent", args=[consent.key])
    assert bells.pop() == ("publishing.finish_consent", consent.pk)
    assert platform.asked("POST", "/token") == []
    tasks.finish_consent(consent.pk)
    assert "The platform is being asked whether it works" in page(client, consent).content.decode()
    tasks.verify_channel(blank.pk)
    done = page(client, consent)
    assert "connected as" in done.content.decode()
    assert "@politi" in done.content.decode()
    assert "Refresh" not in done
    blank.refresh_from_db()
    access = credentials.account_of(blank).secrets
    assert access["access_token"] in platform.access
    assert access["client_id"] in platform.clients  # what was registered for us is kept for the next time
    assert EvidenceRecord.objects.get(kind="channel.connected").actor == "channels"


def test_once_connected_the_next_step_is_the_risk_decision(client, begin, come_back, blank, monkeypatch):
    monkeypatch.setattr(Linked, "limits", replace(Linked.limits, in_house=False))
    consent = begin()
    assert "Blank" in page(client, consent).content.decode().split("</header>")[0]  # which channel it is about
    come_back(consent)
    tasks.finish_consent(consent.pk)
    tasks.verify_channel(blank.pk)
    decide = reverse("publishing_channels:risk", args=[blank.pk])
    assert f'class="button" href="{decide}"' in page(client, consent).content.decode()
    Channel.objects.update(risk_decided_on=timezone.localdate())
    assert decide not in page(client, consent).content.decode()


def test_nothing_secret_is_stored_in_the_clear_or_shown(client, begin, come_back, platform, bells):
    consent = begin()
    shown = page(client, consent).content.decode()
    come_back(consent)
    code = next(iter(platform.codes))
    row = str(Consent.objects.filter(pk=consent.pk).values().get())
    tasks.finish_consent(consent.pk)
    access = credentials.account_of(Channel.objects.get()).secrets
    everything = shown + row + page(client, consent).content.decode()
    everything += str(list(EvidenceRecord.objects.values())) + str(Channel.objects.values().get())
    for secret in (code, access["access_token"], access["refresh_token"], access["client_secret"]):
        assert secret not in everything
    assert bytes(Consent.objects.get(pk=consent.pk).sealed) == b""


def test_the_callback_is_good_once(client, begin, come_back, platform, bells):
    consent = begin()
    come_back(consent)
    state = parse_qs(urlsplit(oauth.address(Consent.objects.get(pk=consent.pk))).query)["state"][0]
    bells.clear()
    again = client.get(reverse(BACK), {"state": state, "code": "another"})
    assert again.url == reverse("publishing_channels:list")
    assert bells == []
    tasks.finish_consent(consent.pk)
    tasks.finish_consent(consent.pk)  # the broker may deliver a message twice
    assert len(platform.asked("POST", "/token")) == 1
    assert Consent.objects.get(pk=consent.pk).step == "connected"


@pytest.mark.parametrize("state", ["", "guessed"])
def test_an_answer_with_another_state_is_refused(client, begin, come_back, platform, state):
    consent = begin()
    answer = come_back(consent, state=state)
    assert answer.url == reverse("publishing_channels:list")
    assert "belongs to nothing that you have begun" in client.get(answer.url).content.decode()
    assert Consent.objects.get(pk=consent.pk).step == "ready"


def test_an_answer_in_somebody_elses_session_is_refused(client, begin, come_back, cast, platform):
    consent = begin()
    state = parse_qs(urlsplit(oauth.address(consent)).query)["state"][0]
    client.force_login(cast.admin)
    client.get(reverse(BACK), {"state": state, "code": "x"})
    assert Consent.objects.get(pk=consent.pk).step == "ready"
    assert page(client, consent).status_code == 404
    assert client.get(reverse("publishing_channels:consent_go", args=[consent.key])).status_code == 404


def test_an_answer_after_ten_minutes_is_refused_and_the_page_says_so(client, begin, come_back):
    consent = begin()
    state = parse_qs(urlsplit(oauth.address(consent)).query)["state"][0]
    Consent.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    client.get(reverse(BACK), {"state": state, "code": "x"})
    assert Consent.objects.get(pk=consent.pk).step == "ready"
    assert "It took too long." in page(client, consent).content.decode()
    oauth.sweep(timezone.now())
    swept = Consent.objects.get(pk=consent.pk)
    assert (swept.step, bytes(swept.sealed)) == ("failed", b"")
    oauth.sweep(timezone.now() + timedelta(days=2))
    assert not Consent.objects.exists()


@pytest.mark.parametrize("word", ["access_denied", "user_cancelled_login", "user_cancelled_authorize"])
def test_whoever_says_no_is_told_that_nothing_was_connected(client, begin, come_back, bells, word):
    consent = begin()
    come_back(consent, "no", error=word)
    assert bells == []
    assert "It was not allowed on the platform" in page(client, consent).content.decode()
    assert credentials.account_of(Channel.objects.get()).secrets == {}


def test_what_a_platform_says_in_the_address_is_not_shown_as_it_is(client, begin, come_back):
    consent = begin()
    come_back(consent, "no", error="<script>alert(1)</script>")
    shown = page(client, consent).content.decode()
    assert "alert(1)" not in shown
    assert "The platform refused" in shown


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Fault(lambda seen: seen.path == "/token", answer=Answer(400, {"error": "invalid_grant"})), "refuses"),
        (Fault(lambda seen: seen.path == "/token", drop=True), "Nothing was connected: begin again."),
        (Fault(lambda seen: seen.path == "/token", answer=Answer(200, "<html>")), "begin again."),
        (Fault(lambda seen: seen.path == "/token", answer=Answer(200, {"access_token": "x"})), "begin again."),
    ],
)
def test_a_code_that_brings_nothing_ends_with_a_sentence_and_changes_nothing(
    client, begin, come_back, platform, fault, sentence
):
    consent = begin()
    come_back(consent)
    platform.order(fault)
    tasks.finish_consent(consent.pk)
    assert sentence in page(client, consent).content.decode()
    assert len(platform.asked("POST", "/token")) == 1  # a code is worth one try
    assert credentials.account_of(Channel.objects.get()).secrets == {}
    assert EvidenceRecord.objects.filter(kind="channel.connect_failed").count() == 1


def test_a_platform_that_cannot_be_reached_says_so_before_anybody_is_sent_there(client, begin, platform, blank):
    platform.order(Fault(lambda seen: seen.path == "/apps", answer=Answer(503)))
    consent = begin()
    shown = page(client, consent)
    assert "does not answer as it should" in shown.content.decode()
    assert "Refresh" not in shown


def test_a_channel_changed_meanwhile_is_not_connected(client, begin, come_back, blank):
    consent = begin()
    come_back(consent)
    Channel.objects.filter(pk=blank.pk).update(version=9)
    tasks.finish_consent(consent.pk)
    assert "was changed meanwhile" in page(client, consent).content.decode()
    blank.refresh_from_db()
    assert credentials.account_of(blank).secrets == {}


def test_connecting_anew_leaves_the_old_access_until_the_new_has_come(client, begin, come_back, linked, platform):
    before = credentials.account_of(linked).secrets
    consent = begin(linked)
    linked.refresh_from_db()
    assert credentials.account_of(linked).secrets == before
    platform.account = "@other"
    come_back(consent)
    tasks.finish_consent(consent.pk)
    linked.refresh_from_db()
    verifying.verify(linked)
    assert linked.account_name == "@other"
    assert linked.config["server"] == platform.url


def test_beginning_again_ends_what_was_begun_before(client, begin, come_back, blank):
    first = begin()
    second = begin()
    assert Consent.objects.get(pk=first.pk).step == "failed"
    assert Consent.objects.get(pk=second.pk).step == "ready"


def test_a_lost_bell_is_rung_again_by_the_page_that_waits(client, begin, bells, django_capture_on_commit_callbacks):
    consent = begin(prepare=False)
    page(client, consent)
    assert bells == []
    Consent.objects.update(step_at=timezone.now() - timedelta(seconds=6))
    with django_capture_on_commit_callbacks(execute=True):
        page(client, consent)
    assert bells == [("publishing.prepare_consent", consent.pk)]


def test_a_lost_worker_does_not_leave_a_person_waiting(client, begin):
    consent = begin()
    Consent.objects.update(step="exchanging", step_at=timezone.now() - timedelta(seconds=61))
    shown = page(client, consent)
    assert "Refresh" not in shown
    assert "Begin again" in shown.content.decode()
    oauth.sweep(timezone.now())
    assert Consent.objects.get(pk=consent.pk).problem == "A worker was lost. Begin again."


def test_a_kind_without_consent_and_a_channel_out_of_use_cannot_be_connected(client, channel, linked):
    client.post(reverse("publishing_channels:connect", args=[channel.pk]))
    Channel.objects.filter(pk=linked.pk).update(retired_at=timezone.now())
    client.post(reverse("publishing_channels:connect", args=[linked.pk]))
    assert not Consent.objects.exists()


@pytest.mark.parametrize("key", ["editor", "duty", "planner", "writer", "outsider"])
def test_others_can_neither_connect_nor_come_back(client, cast, refused, blank, key):
    client.force_login(getattr(cast, key))
    assert refused(client.post(reverse("publishing_channels:connect", args=[blank.pk])))
    assert refused(client.get(reverse(BACK), {"state": "x", "code": "y"}))
    assert refused(client.get(reverse("publishing_channels:consent", args=[uuid.uuid4()])))
    assert not Consent.objects.exists()
