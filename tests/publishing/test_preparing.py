"""What the platform wants made ready first: written down, then published by a claim that passes every gate again."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from publishing import deciding, guards, sending, stopping
from publishing.adapters.base import Prepared, Processing
from publishing.errors import ContentRejected, OutcomeUnknown, TemporaryError
from publishing.models import EvidenceRecord, State

pytestmark = pytest.mark.django_db
READY = {"container": "17"}


def later(**delta):
    return time_machine.travel(timezone.now() + timedelta(**delta), tick=True)


def ready(**delta):
    return Prepared(timezone.now() + timedelta(**delta), READY)


def go(delivery, **delta):
    with later(**delta):
        sending.send_due()
    delivery.refresh_from_db()
    return delivery.state


def test_what_was_made_ready_is_published_by_a_later_attempt(schedule, script):
    script.answers = [ready(seconds=20)]
    delivery = schedule()
    assert go(delivery) == State.SCHEDULED
    assert (delivery.prepared, delivery.tries, script.posted) == (READY, 0, [])
    assert go(delivery, seconds=10) == State.SCHEDULED
    assert len(script.sends) == 1
    assert go(delivery, seconds=30) == State.DELIVERED
    assert script.prepared == [{}, READY]
    assert [attempt.outcome for attempt in delivery.attempts.all()] == ["prepared", "sent"]
    kinds = EvidenceRecord.objects.filter(kind__startswith="attempt.").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["attempt.begun", "attempt.prepared", "attempt.begun", "attempt.sent"]


def test_what_is_ready_at_once_waits_for_no_bell(schedule, script):
    script.answers = [ready()]
    delivery = schedule()
    assert go(delivery) == State.DELIVERED
    assert len(script.sends) == 2


def test_after_stop_nothing_that_is_ready_is_published(schedule, script):
    script.answers = [ready(seconds=5)]
    delivery = schedule()
    go(delivery)
    order = stopping.hold_all(reason="now", by=None)
    assert go(delivery, seconds=10) == State.HELD
    stopping.lift(order, by=None)
    assert go(delivery, minutes=10) == State.HELD
    assert script.posted == []
    stopping.release(delivery, by=None)
    assert go(delivery) == State.DELIVERED
    assert script.prepared == [{}, READY]


@pytest.mark.parametrize("lifted", [True, False])
def test_a_stop_while_it_is_made_ready_holds_it_even_when_it_is_lifted_at_once(schedule, script, lifted):
    script.answers = [ready()]
    delivery = schedule()

    def stop():
        order = stopping.hold_all(reason="now", by=None)
        if lifted:
            stopping.lift(order, by=None)

    script.during = stop
    assert go(delivery) == State.HELD
    assert go(delivery, minutes=1) == State.HELD
    assert (script.posted, delivery.prepared) == ([], READY)


def test_a_guard_and_the_latest_moment_are_asked_again(schedule, script):
    script.answers = [ready(seconds=5), ready(hours=2)]
    guarded, late = schedule("A"), schedule("B", late=timedelta(minutes=5))
    sending.send_due()
    guards.register("court", lambda row: guards.Hold("Not now.") if row == guarded else None)
    assert go(guarded, minutes=1) == State.HELD
    assert go(late, minutes=6) == State.MISSED
    assert script.posted == []


def test_it_costs_no_pace(schedule, script, channel):
    channel.minimum_gap = 3600
    channel.save()
    script.answers = [ready()]
    assert go(schedule("A")) == State.DELIVERED
    assert go(schedule("B"), minutes=5) == State.SCHEDULED
    assert len(script.posted) == 1


def test_a_lost_publication_is_looked_up_and_goes_again_with_the_same_fence(schedule, script):
    script.answers = [ready(), OutcomeUnknown("Lost.")]
    delivery = schedule()
    assert go(delivery) == State.UNCERTAIN
    assert go(delivery, minutes=1) == State.UNCERTAIN
    assert go(delivery, minutes=5) == State.DELIVERED
    assert script.prepared == [{}, READY, READY]
    assert len(script.posted) == 1


def test_a_temporary_fault_keeps_what_was_made_ready(schedule, script):
    script.answers = [ready(), TemporaryError("Down.")]
    delivery = schedule()
    assert go(delivery) == State.AWAITING_RETRY
    assert go(delivery, minutes=5) == State.DELIVERED
    assert script.prepared[-1] == READY


def test_what_is_of_no_use_any_more_is_forgotten_and_a_person_may_try_once_more(schedule, script):
    script.answers = [ready(), ContentRejected("It could not be fetched.", afresh=True)]
    delivery = schedule()
    assert go(delivery) == State.FAILED
    deciding.try_again(delivery, by=None)
    assert go(delivery) == State.DELIVERED
    assert script.prepared == [{}, READY, {}]


def test_what_is_being_processed_is_remembered_too(schedule, script):
    script.answers = [Processing(timezone.now() + timedelta(seconds=5), {"video": "9"})]
    script.findings = [Processing(timezone.now() + timedelta(seconds=60), {"video": "9", "phase": "2"})]
    delivery = schedule()
    assert go(delivery) == State.PROCESSING
    assert delivery.delivery_key.prepared == {"video": "9"}
    go(delivery, seconds=10)
    assert delivery.delivery_key.prepared == {"video": "9", "phase": "2"}
