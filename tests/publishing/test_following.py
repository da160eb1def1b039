"""A delivery that follows another: in its turn, never alone, and taken down before what it answers."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from publishing import claiming, deciding, followups, guards, scheduling, sending, stopping
from publishing.adapters.base import Absent, CannotTell
from publishing.deciding import Verdict
from publishing.errors import ContentRejected, OutcomeUnknown, TemporaryError
from publishing.models import Channel, Delivery, EvidenceRecord, Follow, State
from publishing.models.delivery import FAR
from publishing.scheduling import After, NotPossible

pytestmark = pytest.mark.django_db


def later(**delta):
    return time_machine.travel(timezone.now() + timedelta(**delta), tick=True)


def state(delivery):
    delivery.refresh_from_db()
    return delivery.state


@pytest.fixture
def other(db):
    return Channel.objects.create(kind="scripted", name="Other", slug="other")


@pytest.fixture
def thread(schedule):
    """Three parts: each answers the one before."""
    parts = [schedule("One")]
    for text in ("Two", "Three"):
        parts.append(schedule(text, after=After(parts[-1], Follow.ANSWERS)))
    return parts


def test_a_thread_goes_part_by_part_and_each_answers_the_one_before(thread, script):
    sending.send_due()
    assert [state(part) for part in thread] == [State.DELIVERED] * 3
    assert script.sends == [str(part.key) for part in thread]
    keys = [str(part.key) for part in thread]
    assert script.answered == {keys[1]: keys[0], keys[2]: keys[1]}


def test_only_a_channel_that_can_answers_its_own(schedule, other, channel, monkeypatch):
    head = schedule("One")
    with pytest.raises(NotPossible):
        schedule("Two", on=other, after=After(head, Follow.ANSWERS))
    by_hand = Channel.objects.create(kind="scripted_by_hand", name="By hand", slug="by-hand")
    with pytest.raises(NotPossible):
        schedule("Two", on=by_hand, after=After(schedule("One", on=by_hand), Follow.ANSWERS))


def test_what_waits_is_looked_at_once_and_then_left_alone_until_it_is_woken(schedule, other, script):
    head = schedule("One", due=timezone.now() + timedelta(hours=1))
    follower = schedule("Two", on=other, after=After(head, Follow.AFTER))
    sending.send_due()
    assert state(follower) == State.SCHEDULED
    assert (follower.next_at, follower.attempt_number) == (FAR, 1)
    assert claiming.due_channels(timezone.now()) == []
    with later(hours=1, seconds=5):
        sending.send_due()
        sending.send_due()
    assert (state(head), state(follower)) == (State.DELIVERED, State.DELIVERED)


def test_the_minutes_between_are_kept(schedule, other, script):
    head = schedule("One")
    follower = schedule("Two", on=other, after=After(head, Follow.AFTER, timedelta(minutes=5)))
    sending.send_due()
    assert state(follower) == State.SCHEDULED
    with later(minutes=4):
        sending.send_due()
        assert state(follower) == State.SCHEDULED
    with later(minutes=5, seconds=5):
        sending.send_due()
    assert state(follower) == State.DELIVERED


def test_a_follower_never_goes_before_its_own_time(schedule, script, other):
    follower = schedule(
        "Two", on=other, after=After(schedule("One"), Follow.AFTER), due=timezone.now() + timedelta(hours=2)
    )
    sending.send_due()
    assert state(follower) == State.SCHEDULED
    assert follower.next_at == follower.due_at
    with later(hours=2, seconds=1):
        sending.send_due()
    assert state(follower) == State.DELIVERED


@pytest.mark.parametrize("mode", [Follow.AFTER, Follow.ANSWERS])
def test_when_the_first_fails_the_rest_is_held_and_says_why(schedule, script, mode):
    script.answers = [ContentRejected("No.")]
    head = schedule("One")
    follower = schedule("Two", after=After(head, mode))
    third = schedule("Three", after=After(follower, Follow.ANSWERS))
    sending.send_due()
    sending.send_due()
    assert (state(head), state(follower), state(third)) == (State.FAILED, State.HELD, State.SCHEDULED)
    assert "“One”, Scripted" in follower.state_reason
    assert len(script.sends) == 1
    stopping.release(follower, by=None)
    sending.send_due()
    assert state(follower) == State.HELD
    assert len(script.sends) == 1


def test_who_tries_the_first_again_takes_what_answers_it_along(thread, script):
    script.answers = [ContentRejected("No.")]
    sending.send_due()
    sending.send_due()
    head = Delivery.objects.get(pk=thread[0].pk)
    deciding.try_again(head, by=None)
    sending.send_due()
    assert [state(part) for part in thread] == [State.DELIVERED] * 3
    assert len(script.posted) == 3


def test_who_lets_a_failed_first_be_ends_what_answers_it(thread, script):
    script.answers = [ContentRejected("No.")]
    sending.send_due()
    sending.send_due()
    deciding.dismiss(Delivery.objects.get(pk=thread[0].pk), by=None)
    assert [state(part) for part in thread] == [State.FAILED, State.CANCELLED, State.CANCELLED]


def test_while_the_first_is_uncertain_the_rest_waits_and_goes_when_it_is_proved(thread, script):
    script.answers = [OutcomeUnknown("lost")]
    script.findings = [CannotTell("who knows")]
    sending.send_due()
    with later(minutes=5):
        sending.send_due()
        assert [state(part) for part in thread] == [State.UNCERTAIN, State.SCHEDULED, State.SCHEDULED]
        assert "Waits until it is out" in thread[1].state_reason
        deciding.decide(thread[0], Verdict.SEND_AGAIN, by=None)
        sending.send_due()
    assert [state(part) for part in thread] == [State.DELIVERED] * 3
    assert len(script.posted) == 3


def test_a_first_that_a_person_will_not_send_ends_the_thread(thread, script):
    script.answers = [OutcomeUnknown("lost")]
    script.findings = [CannotTell("who knows")]
    sending.send_due()
    with later(minutes=5):
        sending.send_due()
    thread[0].refresh_from_db()
    deciding.decide(thread[0], Verdict.DO_NOT_SEND, by=None)
    assert [state(part) for part in thread] == [State.CANCELLED] * 3


def test_what_a_person_marked_as_sent_cannot_be_answered_by_the_system(thread, script):
    script.answers = [OutcomeUnknown("lost")]
    script.findings = [CannotTell("who knows")]
    sending.send_due()
    with later(minutes=5):
        sending.send_due()
        thread[0].refresh_from_db()
        deciding.decide(thread[0], Verdict.SENT, by=None)
        sending.send_due()
    assert [state(part) for part in thread] == [State.DELIVERED, State.HELD, State.SCHEDULED]
    assert len(script.sends) == 1


def test_cancelled_and_moved_together(thread, script):
    moment = timezone.now() + timedelta(hours=1)
    scheduling.reschedule(thread[0], due_at=moment, by=None)
    for part in thread:
        part.refresh_from_db()
    assert {part.due_at for part in thread} == {moment}
    scheduling.cancel(thread[0], reason="no", by=None)
    assert [state(part) for part in thread] == [State.CANCELLED] * 3


def test_a_cancelled_first_leaves_what_came_after_it_to_a_person(schedule, other, script):
    head = schedule("One", due=timezone.now() + timedelta(hours=1))
    follower = schedule("Two", on=other, after=After(head, Follow.AFTER))
    sending.send_due()
    scheduling.cancel(head, reason="no", by=None)
    sending.send_due()
    assert state(follower) == State.HELD
    assert script.sends == []


def test_stop_holds_all_of_it_and_it_is_released_together(thread, script):
    order = stopping.hold_all(reason="terror", by=None)
    sending.send_due()
    stopping.lift(order, by=None)
    sending.send_due()
    assert {state(part) for part in thread} == {State.HELD}
    stopping.release(thread[0], by=None)
    sending.send_due()
    assert [state(part) for part in thread] == [State.DELIVERED] * 3


def test_a_stop_between_two_parts_is_felt(thread, script):
    script.during = lambda: stopping.hold_all(reason="terror", by=None) if len(script.sends) == 1 else None
    sending.send_due()
    assert [state(part) for part in thread] == [State.DELIVERED, State.HELD, State.HELD]


def test_a_guard_is_asked_about_each_part(thread, script):
    guards.register("no", lambda item: guards.Hold("Not this one.") if item.headline == "Two" else None)
    sending.send_due()
    assert [state(part) for part in thread] == [State.DELIVERED, State.HELD, State.SCHEDULED]


def test_patience_is_counted_from_when_its_turn_came(schedule, other, script):
    other.late_after = 10
    other.save()
    head = schedule("One", due=timezone.now() + timedelta(hours=1))
    patient = schedule("Two", on=other, after=After(head, Follow.AFTER))
    strict = schedule("Three", on=other, late=timedelta(minutes=30), after=After(head, Follow.AFTER))
    sending.send_due()
    with later(hours=1, seconds=5):
        sending.send_due()
        sending.send_due()
        assert (state(patient), state(strict)) == (State.DELIVERED, State.MISSED)
        tardy = schedule("Four", on=other, after=After(head, Follow.AFTER))
    with later(hours=1, minutes=11):
        sending.send_due()
    assert state(tardy) == State.MISSED


def test_a_thread_is_taken_down_from_its_end(thread, script):
    sending.send_due()
    for part in thread:
        part.refresh_from_db()
    deciding.withdraw(thread[0], reason="error", by=None)
    for seconds in range(1, 6):
        followups.take_down(timezone.now() + timedelta(seconds=seconds * 2))
    assert [state(part) for part in thread] == [State.WITHDRAWN] * 3
    assert script.deleted == [str(part.key) for part in reversed(thread)]


def test_a_thread_that_is_half_out_is_taken_down_and_the_rest_never_goes(thread, script):
    guards.register("no", lambda item: guards.Hold("Not this one.") if item.headline == "Three" else None)
    sending.send_due()
    thread[0].refresh_from_db()
    deciding.withdraw(thread[0], reason="error", by=None)
    for seconds in range(1, 6):
        followups.take_down(timezone.now() + timedelta(seconds=seconds * 2))
    assert [state(part) for part in thread] == [State.WITHDRAWN, State.WITHDRAWN, State.CANCELLED]


def test_its_planned_end_takes_the_whole_thread_down(schedule, script):
    end = timezone.now() + timedelta(hours=1)
    head = schedule("One", withdraw_at=end)
    answer = schedule("Two", after=After(head, Follow.ANSWERS))
    sending.send_due()
    for seconds in range(1, 4):
        followups.take_down(end + timedelta(seconds=seconds * 2))
    assert (state(head), state(answer)) == (State.WITHDRAWN, State.WITHDRAWN)
    assert script.deleted == [str(answer.key), str(head.key)]


def test_an_answer_in_doubt_keeps_nothing_up_and_goes_down_when_it_is_found(thread, script):
    script.answers = [None, OutcomeUnknown("lost")]
    sending.send_due()
    thread[0].refresh_from_db()
    deciding.withdraw(thread[0], reason="error", by=None)
    followups.take_down(timezone.now() + timedelta(seconds=2))
    assert [state(part) for part in thread] == [State.WITHDRAWN, State.UNCERTAIN, State.CANCELLED]
    script.posted.append(str(thread[1].key))  # it had got through
    with later(minutes=5):
        sending.send_due()
        assert state(thread[1]) == State.DELIVERED
        followups.take_down(timezone.now() + timedelta(seconds=1))
    assert state(thread[1]) == State.WITHDRAWN


def test_an_answer_in_doubt_that_was_not_sent_does_not_go_once_the_first_is_gone(thread, script):
    script.answers = [None, OutcomeUnknown("lost")]
    sending.send_due()
    thread[0].refresh_from_db()
    deciding.withdraw(thread[0], reason="error", by=None)
    followups.take_down(timezone.now() + timedelta(seconds=2))
    with later(minutes=5):
        for _round in range(3):
            sending.send_due()
    assert state(thread[1]) == State.HELD
    assert len(script.sends) == 2


def test_no_part_is_sent_while_the_first_is_being_taken_down(thread, script, channel):
    script.answers = [None, TemporaryError("Down.")]
    sending.send_due()
    Delivery.objects.filter(pk=thread[0].pk).update(withdraw_next_at=timezone.now())
    with later(minutes=5):
        sending.pump(channel.pk)
    assert state(thread[1]) == State.HELD


def test_the_settling_of_one_that_had_no_follower_when_it_was_claimed_is_not_missed(schedule, script, channel, other):
    head = schedule("One")
    made = []

    def planned_meanwhile():
        if not made:
            made.append(schedule("Two", on=other, after=After(head, Follow.AFTER)))
            sending.pump(other.pk)

    script.during = planned_meanwhile
    sending.send_due()
    assert (state(head), state(made[0])) == (State.DELIVERED, State.SCHEDULED)
    with later(seconds=claiming.lease().total_seconds() + 1):
        sending.send_due()
    assert state(made[0]) == State.DELIVERED


def test_what_it_follows_is_in_the_evidence(thread):
    fact = EvidenceRecord.objects.get(kind="delivery.scheduled", delivery_key=thread[1].key)
    assert fact.payload["follows"] == str(thread[0].key)


def test_absence_proved_of_a_part_sends_that_part_again_and_no_other(thread, script):
    script.answers = [None, OutcomeUnknown("lost")]
    script.findings = [Absent("not there")]
    sending.send_due()
    with later(minutes=10):
        for _round in range(3):
            sending.send_due()
    assert [state(part) for part in thread] == [State.DELIVERED] * 3
    assert len(script.posted) == len(set(script.posted)) == 3
