"""What only people decide: stop, release, uncertain, by hand, take-down, lists."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from publishing import deciding, followups, scheduling, sending, stopping
from publishing.deciding import Verdict
from publishing.errors import OutcomeUnknown
from publishing.models import Channel, Delivery, State
from publishing.scheduling import NotPossible

pytestmark = pytest.mark.django_db


def state_of(delivery):
    return Delivery.objects.get(pk=delivery.pk).state


def test_stopped_nothing_begins_and_lifting_sends_nothing(schedule, script):
    delivery = schedule()
    order = stopping.hold_all(reason="terror", by=None)
    sending.send_due()
    assert state_of(delivery) == State.HELD
    stopping.lift(order, by=None)
    sending.send_due()
    assert script.sends == []
    delivery.refresh_from_db()
    stopping.release(delivery, by=None)
    sending.send_due()
    assert state_of(delivery) == State.DELIVERED


def test_what_came_due_while_stopped_is_held_even_when_no_worker_looked(schedule, script):
    delivery = schedule(due=timezone.now() + timedelta(seconds=30))
    order = stopping.hold_all(reason="terror", by=None)
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        stopping.lift(order, by=None)
        sending.send_due()
    assert state_of(delivery) == State.HELD
    assert script.sends == []


def test_a_stop_of_one_campaign_leaves_the_others_and_operational_messages_alone(schedule, script):
    stopped, other = schedule("A", labels=["campaign:12"]), schedule("B", labels=["campaign:121"])
    urgent = schedule("C", labels=["campaign:12"], operational=True)
    stopping.hold_all(scope="campaign:12", reason="wrong tone", by=None)
    sending.send_due()
    assert [state_of(item) for item in (stopped, other, urgent)] == [State.HELD, State.DELIVERED, State.DELIVERED]


def test_a_missed_post_goes_only_when_a_person_gives_it_a_new_time(schedule, script):
    delivery = schedule(due=timezone.now() - timedelta(hours=3), late=timedelta(hours=1))
    sending.send_due()
    assert state_of(delivery) == State.MISSED
    delivery.refresh_from_db()
    stopping.release(delivery, by=None, due_at=timezone.now() + timedelta(hours=1))
    sending.send_due()
    assert state_of(delivery) == State.SCHEDULED


@pytest.mark.parametrize(
    ("verdict", "state", "sends"),
    [
        (Verdict.SENT, State.DELIVERED, 1),
        (Verdict.SEND_AGAIN, State.DELIVERED, 2),
        (Verdict.DO_NOT_SEND, State.CANCELLED, 1),
    ],
)
def test_an_uncertain_one_follows_the_persons_word(schedule, script, verdict, state, sends):
    script.answers = [OutcomeUnknown("lost")]
    delivery = schedule()
    sending.send_due()
    delivery.refresh_from_db()
    deciding.decide(delivery, verdict, by=None)
    sending.send_due()
    assert state_of(delivery) == state
    assert len(script.sends) == sends


def test_nothing_can_be_decided_twice(schedule, script):
    script.answers = [OutcomeUnknown("lost")]
    delivery = schedule()
    sending.send_due()
    first, second = Delivery.objects.get(pk=delivery.pk), Delivery.objects.get(pk=delivery.pk)
    deciding.decide(first, Verdict.SENT, by=None)
    with pytest.raises(NotPossible):
        deciding.decide(second, Verdict.SEND_AGAIN, by=None)
    sending.send_due()
    assert len(script.sends) == 1


def test_a_channel_by_hand_waits_for_the_person_who_posted(schedule, script):
    by_hand = Channel.objects.create(kind="scripted_by_hand", name="By hand", slug="by-hand")
    delivery = schedule(on=by_hand)
    sending.send_due()
    delivery.refresh_from_db()
    assert delivery.state == State.PROCESSING
    deciding.decide(delivery, Verdict.SENT, by=None, permalink="https://example.org/1")
    delivery.refresh_from_db()
    assert delivery.receipt.permalink == "https://example.org/1"
    assert script.sends == []


def test_a_take_down_is_done_by_the_worker_and_keeps_the_receipt(schedule, script):
    delivery = schedule()
    sending.send_due()
    delivery.refresh_from_db()
    deciding.withdraw(delivery, reason="wrong picture", by=None)
    followups.take_down(timezone.now())
    followups.take_down(timezone.now())
    assert state_of(delivery) == State.WITHDRAWN
    assert script.deleted == [str(delivery.key)]
    assert delivery.receipt.remote_id


def test_a_cancelled_one_never_goes_and_a_sent_one_cannot_be_cancelled(schedule, script):
    gone, kept = schedule("A"), schedule("B")
    scheduling.cancel(gone, reason="not needed", by=None)
    sending.send_due()
    assert script.sends == [str(kept.key)]
    with pytest.raises(NotPossible):
        scheduling.cancel(kept, reason="too late", by=None)


def test_one_message_a_recipient_and_one_failure_costs_one_recipient(schedule, script):
    mail = Channel.objects.create(
        kind="scripted_list", name="Press", slug="press", config={"recipients": ["a@example.org", "b@example.org"]}
    )
    script.answers = [OutcomeUnknown("lost")]
    script.answers[0].posted = True
    parent = schedule(on=mail)
    sending.send_due()
    for minutes in (1, 2, 3):
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
            sending.send_due()
    parent.refresh_from_db()
    assert parent.state == State.DELIVERED
    assert len(script.sends) == 2
    assert sorted(part.recipient for part in parent.parts.all()) == ["a@example.org", "b@example.org"]
    assert parent.receipt.details == {"sent": 2, "of": 2}
