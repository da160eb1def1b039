"""Verified ahead of due time: one alert a fault, and nobody waits for a slow neighbour."""

from datetime import timedelta

import pytest
from celery.app.task import Task
from django.utils import timezone
from kombu.exceptions import OperationalError

from publishing import channels, health, sending, setting_up, tasks, verifying
from publishing.adapters.base import Verification
from publishing.models import Channel, EvidenceRecord
from tests.fakes.server import Answer, Fault
from tests.publishing.scripted import Scripted

pytestmark = pytest.mark.django_db


@pytest.fixture
def alerts(monkeypatch):
    told = []
    monkeypatch.setattr(health, "alert", told.append)
    return told


@pytest.fixture
def says(monkeypatch):
    """What the platform says next when it is asked."""

    def order(*answers):
        left = list(answers)
        monkeypatch.setattr(Scripted, "verify", lambda self, account: left.pop(0))

    return order


def fault(sentence):
    return Verification(False, problem=sentence)


def seen(channel, **ago):
    Channel.objects.filter(pk=channel.pk).update(verified_at=timezone.now() - timedelta(**ago))


def test_one_alert_a_fault_however_it_is_worded_and_a_new_one_after_it_was_ready(channel, says, alerts):
    says(fault("Gone."), fault("Gone."), fault("Still gone."), Verification(True), fault("Gone."))
    for _time in range(5):
        verifying.verify(channel)
    assert alerts == ["Channel Scripted: Gone."] * 2
    assert list(EvidenceRecord.objects.order_by("id").values_list("kind", flat=True)) == [
        "channel.fault", "channel.ok", "channel.fault",
    ]  # fmt: skip


def test_a_send_that_finds_the_fault_tells_it_once_and_verification_does_not_repeat_it(
    linked, platform, schedule, alerts, django_capture_on_commit_callbacks
):
    platform.renewable.clear()
    schedule(on=linked)
    with django_capture_on_commit_callbacks(execute=True):
        sending.send_due()
    verifying.verify(linked)
    assert len(alerts) == 1


def test_a_verification_that_found_it_first_is_not_repeated_by_the_send(
    linked, platform, schedule, alerts, django_capture_on_commit_callbacks
):
    platform.renewable.clear()
    verifying.verify(linked)
    schedule(on=linked)
    with django_capture_on_commit_callbacks(execute=True):
        sending.send_due()
    assert len(alerts) == 1
    linked.refresh_from_db()
    assert linked.paused_at is not None


def test_what_was_known_of_the_end_of_the_access_is_not_said_beside_a_fault(channel, says):
    later = timezone.now() + timedelta(days=50)
    says(Verification(True, expires_at=later), Verification(True), fault("The access has ended."))
    for ends in (later, later, None):
        verifying.verify(channel)
        channel.refresh_from_db()
        assert channel.access_expires_at == ends


def test_no_answer_changes_nothing_but_is_said(linked, platform, alerts):
    verifying.verify(linked)
    channels.ask(linked)
    platform.order(Fault(lambda seen: seen.path == "/me", answer=Answer(503)))
    verifying.verify(linked)
    linked.refresh_from_db()
    assert (linked.health, linked.asked_at, alerts) == ("ok", None, [])
    assert linked.asked_problem == "The platform does not answer as it should."


def test_an_answer_about_a_set_up_that_was_changed_meanwhile_is_thrown_away_and_asked_again(
    channel, monkeypatch, bells, django_capture_on_commit_callbacks
):
    def changed_meanwhile(self, account):
        mine = Channel.objects.get(pk=channel.pk)
        setting_up.change(mine, version=mine.version, fields={}, config={"place": "x"}, secrets={"key": "new"}, by=None)
        return Verification(True, account="@old", learnt={"most": 1})

    monkeypatch.setattr(Scripted, "verify", changed_meanwhile)
    with django_capture_on_commit_callbacks(execute=True):
        verifying.verify(channel)
    channel.refresh_from_db()
    assert (channel.health, channel.account_name) == ("unverified", "")
    assert channel.learnt == {}
    assert ("publishing.verify_channel", channel.pk) in bells


def test_what_is_needed_soon_is_asked_often_and_the_rest_twice_a_day(channel, schedule):
    assert verifying.due(timezone.now()) == [channel.pk]  # never asked
    seen(channel, minutes=20)
    assert verifying.due(timezone.now()) == []
    schedule(due=timezone.now() + timedelta(hours=1))
    assert verifying.due(timezone.now()) == [channel.pk]
    seen(channel, minutes=10)
    assert verifying.due(timezone.now()) == []


def test_neither_dry_run_nor_retired_channels_are_asked_by_the_clock(channel):
    Channel.objects.update(dry_run=True)
    assert verifying.due(timezone.now()) == []
    Channel.objects.update(dry_run=False, retired_at=timezone.now())
    assert verifying.due(timezone.now()) == []


def test_a_wish_whose_bell_was_lost_is_heard_by_the_clock(channel):
    Channel.objects.update(dry_run=True, verified_at=timezone.now())
    channels.ask(channel)
    assert verifying.due(timezone.now()) == []
    assert verifying.due(timezone.now() + verifying.LOST_BELL) == [channel.pk]


def test_each_channel_is_asked_by_a_task_of_its_own(channel, linked, bells, platform):
    tasks.verify_channels()
    assert sorted(bells) == [("publishing.verify_channel", pk) for pk in sorted([channel.pk, linked.pk])]
    assert platform.seen == []  # whoever enqueues waits for nobody


def test_a_platform_that_hangs_is_given_up_and_asked_again(linked, platform, monkeypatch):
    monkeypatch.setattr(verifying, "WITHIN", 0.5)
    platform.order(Fault(lambda seen: seen.path == "/me", wait=30.0))
    assert not verifying.verify(linked).ok
    linked.refresh_from_db()
    assert linked.asked_problem
    assert linked.health == "unverified"


def test_a_broker_that_is_gone_does_not_undo_what_a_person_asked(
    channel, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def gone(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(Task, "apply_async", gone)
    with django_capture_on_commit_callbacks(execute=True):
        channels.ask(channel)
    channel.refresh_from_db()
    assert channel.asked_at is not None
    assert "waits for the clock" in caplog.text


def test_access_that_ends_within_a_week_is_told_once_and_shown_in_health(linked, platform, alerts):
    now = timezone.now()
    platform.expires_at = (now + timedelta(days=6)).isoformat()
    verifying.verify(linked)
    health.watch(now)
    health.watch(now)
    assert len(alerts) == 1
    assert "Linked" in alerts[0]
    assert list(health.report(now)["access_ending"]) == ["Linked"]
    platform.expires_at = (now + timedelta(days=90)).isoformat()
    verifying.verify(linked)
    health.watch(now)
    assert health.report(now)["access_ending"] == {}
    platform.expires_at = (now + timedelta(days=2)).isoformat()
    verifying.verify(linked)
    health.watch(now)
    assert len(alerts) == 2


def test_access_that_ends_later_is_no_news(linked, platform, alerts):
    platform.expires_at = (timezone.now() + timedelta(days=8)).isoformat()
    verifying.verify(linked)
    health.watch(timezone.now())
    assert alerts == []
