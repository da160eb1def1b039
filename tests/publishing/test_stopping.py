"""What a stop holds, and that lifting one sends nothing: whatever state a row was in when it was lifted."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from publishing import claiming, deciding, sending, stopping
from publishing.deciding import Verdict
from publishing.errors import OutcomeUnknown, RateLimited, TemporaryError
from publishing.models import Delivery, State

pytestmark = pytest.mark.django_db


def later(**delta):
    return time_machine.travel(timezone.now() + timedelta(**delta), tick=True)


def test_what_a_worker_had_claimed_is_held_when_the_stop_is_lifted(schedule, script, channel):
    delivery = schedule()
    order = stopping.hold_all(reason="terror", by=None)
    [row] = claiming.claim(channel.pk, worker="one", now=timezone.now(), limit=5)
    stopping.lift(order, by=None)
    assert sending.begin(row) is None
    delivery.refresh_from_db()
    assert delivery.state == State.HELD


@pytest.mark.parametrize(
    "error", [TemporaryError("Down."), RateLimited("Wait.", until=timezone.now() + timedelta(minutes=1))]
)
def test_what_waited_for_another_try_is_held_too(schedule, script, error):
    script.answers = [error]
    delivery = schedule()
    sending.send_due()
    order = stopping.hold_all(reason="terror", by=None)
    stopping.lift(order, by=None)
    with later(minutes=5):
        sending.send_due()
    delivery.refresh_from_db()
    assert delivery.state == State.HELD
    assert len(script.sends) == 1


def test_what_was_uncertain_meanwhile_and_proves_absent_waits_for_a_person(schedule, script):
    script.answers = [OutcomeUnknown("lost")]
    delivery = schedule()
    sending.send_due()
    stopping.lift(stopping.hold_all(reason="terror", by=None), by=None)
    with later(minutes=5):
        sending.send_due()
        sending.send_due()
        delivery.refresh_from_db()
        assert delivery.state == State.HELD
        assert len(script.sends) == 1
        stopping.release(delivery, by=None)
        sending.send_due()
    delivery.refresh_from_db()
    assert delivery.state == State.DELIVERED


def test_what_is_planned_for_later_is_left_alone(schedule, script):
    delivery = schedule(due=timezone.now() + timedelta(hours=1))
    stopping.lift(stopping.hold_all(reason="terror", by=None), by=None)
    with later(hours=2):
        sending.send_due()
    delivery.refresh_from_db()
    assert delivery.state == State.DELIVERED


def test_a_person_who_says_send_again_is_obeyed_after_the_stop(schedule, script):
    script.answers = [OutcomeUnknown("lost")]
    delivery = schedule()
    sending.send_due()
    stopping.lift(stopping.hold_all(reason="terror", by=None), by=None)
    delivery.refresh_from_db()
    deciding.decide(delivery, Verdict.SEND_AGAIN, by=None)
    sending.send_due()
    assert Delivery.objects.get().state == State.DELIVERED
    assert len(script.sends) == 2
