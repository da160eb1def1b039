"""A video is made ready before its hour and is out on the minute; before it nothing is seen, and nothing decided."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from publishing import adapters, ahead, deciding, guards, scheduling, sending, situation, stopping
from publishing.adapters.base import Prepared
from publishing.errors import ContentRejected
from publishing.message import Message, Video
from publishing.models import Channel, Delivery, State
from tests.publishing import scripted

pytestmark = pytest.mark.django_db
VIDEO = Video("0" * 64, "video/mp4", 9, 64, 36, 2000, "lys.mp4", "En lygte", speechless=True)
READY = {"video": "17"}


class Slow(scripted.Scripted):
    kind = "scripted_slow"
    limits = replace(scripted.Scripted.limits, video=True, captions=True, ahead=True)

    def send(self, account, message, key):
        if not key.prepared and not self.script.answers:
            self.script.answers.append(Prepared(key.hour if key.is_early(timezone.now()) else timezone.now(), READY))
        return super().send(account, message, key)


@pytest.fixture
def slow(db, kinds, monkeypatch):
    monkeypatch.setitem(adapters.KINDS, Slow.kind, f"{__name__}.Slow")
    return Channel.objects.create(kind=Slow.kind, name="Slow", slug="slow")


@pytest.fixture
def hour():
    return timezone.now() + timedelta(hours=1)


@pytest.fixture
def plan(slow, hour):
    def schedule(video=VIDEO, **more):
        more = {"channel": slow, "due_at": hour, **more}
        message = Message(text="Husk lys", video=video)
        return scheduling.schedule(key=uuid.uuid4(), message=message, headline="Husk lys", by=None, **more)

    return schedule


def at(delivery, moment):
    with time_machine.travel(moment, tick=True):
        sending.send_due()
        delivery.refresh_from_db()
        return delivery.state


def test_it_is_made_ready_ahead_and_out_on_the_minute(plan, hour, script):
    delivery = plan()
    assert at(delivery, hour - timedelta(minutes=16)) == State.SCHEDULED
    assert script.sends == []
    assert at(delivery, hour - timedelta(minutes=14)) == State.SCHEDULED
    assert (delivery.prepared, script.posted, delivery.next_at) == (READY, [], hour)
    assert "unseen" in situation.of(delivery, hour - timedelta(minutes=5))
    assert at(delivery, hour - timedelta(seconds=5)) == State.SCHEDULED
    assert at(delivery, hour) == State.DELIVERED
    assert script.prepared == [{}, READY]


def test_a_stop_ahead_of_the_hour_puts_nothing_aside_and_at_the_hour_it_does(plan, hour, script):
    first, second = plan(), plan(due_at=hour + timedelta(hours=1))
    with time_machine.travel(hour - timedelta(minutes=10)):
        order = stopping.hold_all(reason="now", by=None)
    assert at(first, hour - timedelta(minutes=9)) == State.SCHEDULED
    with time_machine.travel(hour - timedelta(minutes=8)):
        stopping.lift(order, by=None)
    first.refresh_from_db()
    assert (first.state, script.sends) == (State.SCHEDULED, [])
    assert at(first, hour) == State.DELIVERED
    with time_machine.travel(hour + timedelta(minutes=50)):
        stopping.hold_all(reason="now", by=None)
    assert at(second, hour + timedelta(minutes=55)) == State.SCHEDULED
    assert at(second, hour + timedelta(hours=1)) == State.HELD


def test_a_guard_ahead_of_the_hour_only_keeps_it_from_being_made_ready(plan, hour, script):
    guards.register("court", lambda row: guards.Hold("Not now.") if timezone.now() < hour else None)
    delivery = plan()
    assert at(delivery, hour - timedelta(minutes=10)) == State.SCHEDULED
    assert (script.sends, delivery.next_at) == ([], hour)
    assert at(delivery, hour) == State.DELIVERED


def test_it_spends_no_pace(plan, hour, script, slow):
    Channel.objects.update(minimum_gap=3600)
    delivery, text = plan(), plan(video=None, due_at=hour - timedelta(hours=1, minutes=-46))
    assert at(delivery, hour - timedelta(minutes=15)) == State.SCHEDULED
    assert at(text, hour - timedelta(minutes=14)) == State.DELIVERED
    assert delivery.prepared == READY


def test_another_hour_gives_another_start(plan, hour):
    delivery = plan()
    scheduling.reschedule(delivery, due_at=hour + timedelta(hours=3), by=None)
    assert delivery.next_at == delivery.due_at - ahead.LEAD
    stopping.hold(delivery, reason="wait", by=None)
    stopping.release(delivery, due_at=hour + timedelta(hours=5), by=None)
    assert delivery.next_at == delivery.due_at - ahead.LEAD


def test_nothing_else_starts_early(plan, hour, slow, channel):
    assert plan(video=None).next_at == hour
    assert plan(channel=channel).next_at == hour
    slow.dry_run = True
    assert plan().next_at == hour
    slow.dry_run = False
    assert plan(after=scheduling.After(plan(), scheduling.following.Follow.AFTER)).next_at == hour


def test_what_follows_one_that_never_goes_is_told_at_once(plan, hour, channel):
    head = plan(channel=channel)
    follower = plan(channel=channel, after=scheduling.After(head, scheduling.following.Follow.AFTER))
    scheduling.cancel(head, reason="no", by=None)
    assert at(follower, hour - timedelta(minutes=30)) == State.HELD


def test_what_no_kind_makes_ready_never_goes_before_its_hour(plan, hour, channel, script):
    delivery = plan(channel=channel)
    Delivery.objects.update(next_at=timezone.now())
    assert at(delivery, hour - timedelta(minutes=30)) == State.SCHEDULED
    assert (script.sends, delivery.next_at) == ([], hour)


def test_what_the_platform_refuses_is_known_before_the_hour(plan, hour, script):
    script.answers = [ContentRejected("It cannot be read.", afresh=True)]
    delivery = plan()
    assert at(delivery, hour - timedelta(minutes=14)) == State.FAILED
    with time_machine.travel(hour - timedelta(minutes=10)):
        deciding.try_again(delivery, by=None)
    assert at(delivery, hour - timedelta(minutes=9)) == State.AWAITING_RETRY
    assert (delivery.prepared, script.posted) == (READY, [])
    assert at(delivery, hour + timedelta(seconds=1)) == State.DELIVERED
