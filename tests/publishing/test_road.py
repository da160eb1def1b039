"""The road of a delivery: due, claimed, begun, sent, settled, read back. Failure paths first."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from publishing import claiming, followups, guards, sending
from publishing.adapters.base import Absent, CannotTell, Processing
from publishing.errors import (
    ChannelMisconfigured,
    ContentRejected,
    NotAuthorised,
    OutcomeUnknown,
    RateLimited,
    TemporaryError,
)
from publishing.models import Attempt, Delivery, Receipt, State

pytestmark = pytest.mark.django_db


def run():
    sending.send_due()


def later(**delta):
    return time_machine.travel(timezone.now() + timedelta(**delta), tick=True)


def test_it_is_sent_once_and_leaves_a_receipt(schedule, script):
    delivery = schedule()
    run()
    run()
    delivery.refresh_from_db()
    assert delivery.state == State.DELIVERED
    assert script.sends == [str(delivery.key)]
    assert delivery.receipt.remote_id == str(delivery.key)
    assert [attempt.outcome for attempt in delivery.attempts.all()] == [Attempt.Outcome.SENT]


def test_nothing_goes_before_it_is_due(schedule, script):
    schedule(due=timezone.now() + timedelta(minutes=1))
    run()
    assert script.sends == []


def test_the_same_key_again_is_the_same_delivery(schedule, script):
    key = uuid.uuid4()
    assert schedule(key=key).pk == schedule("Something else", key=key).pk
    run()
    assert len(script.sends) == 1


def test_a_lost_answer_is_never_resent_without_proof(schedule, script):
    script.answers = [OutcomeUnknown("The answer was lost.")]
    script.findings = [CannotTell("Cannot be asked.", ({"text": "Hej"},))]
    delivery = schedule()
    run()
    for minutes in (1, 10, 600):
        with later(minutes=minutes):
            run()
    delivery.refresh_from_db()
    assert delivery.state == State.UNCERTAIN
    assert delivery.findings == [{"text": "Hej"}]
    assert len(script.sends) == 1


def test_a_lost_answer_that_was_carried_out_is_found(schedule, script):
    error = OutcomeUnknown("The answer was lost.")
    error.posted = True
    script.answers = [error]
    delivery = schedule()
    run()
    with later(minutes=1):
        run()
    delivery.refresh_from_db()
    assert delivery.state == State.DELIVERED
    assert len(script.sends) == 1


def test_absence_is_trusted_only_after_a_while_and_then_it_is_sent_again_with_the_same_key(schedule, script):
    script.answers = [OutcomeUnknown("The answer was lost.")]
    delivery = schedule()
    run()
    for seconds in (16, 40, 140):  # the channel has no key: who is slow would post it twice
        with later(seconds=seconds):
            run()
            assert len(script.sends) == 1
    with later(seconds=160):
        run()
        run()
    assert script.sends == [str(delivery.key)] * 2
    assert script.posted == [str(delivery.key)]


def test_a_worker_lost_before_begin_costs_nothing(schedule, script, channel):
    delivery = schedule()
    assert claiming.claim(channel.pk, worker="dead", now=timezone.now(), limit=5)
    run()
    assert script.sends == []
    with later(minutes=2):
        run()
    delivery.refresh_from_db()
    assert delivery.state == State.DELIVERED
    assert delivery.attempts.count() == 1


def test_a_worker_lost_after_begin_is_uncertain_and_looked_up(schedule, script, channel):
    delivery = schedule()
    [row] = claiming.claim(channel.pk, worker="dead", now=timezone.now(), limit=5)
    assert sending.begin(row)
    script.findings = [Absent("not there")]
    with later(minutes=2):
        sending.pump(channel.pk)
        delivery.refresh_from_db()
        assert delivery.attempts.get().outcome == Attempt.Outcome.UNKNOWN
    assert script.sends == []


def test_a_lease_that_ran_out_cannot_begin_or_settle(schedule, script, channel):
    schedule()
    [row] = claiming.claim(channel.pk, worker="slow", now=timezone.now(), limit=5)
    with later(minutes=2):
        run()
        assert sending.begin(row) is None
    assert len(script.posted) == 1


def test_a_temporary_error_waits_and_tries_again(schedule, script):
    script.answers = [TemporaryError("Down."), TemporaryError("Down.")]
    delivery = schedule()
    run()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries) == (State.AWAITING_RETRY, 1)
    assert timezone.now() < delivery.next_at <= timezone.now() + timedelta(seconds=5)
    with later(seconds=30):
        run()
    with later(minutes=2):
        run()
    delivery.refresh_from_db()
    assert delivery.state == State.DELIVERED


def test_two_minutes_of_outage_fail_no_post(schedule, script):
    script.answers = [TemporaryError("503")] * 5
    deliveries = [schedule(f"Post {number}") for number in range(5)]
    for seconds in range(0, 300, 20):
        with later(seconds=seconds):
            run()
    assert {Delivery.objects.get(pk=item.pk).state for item in deliveries} == {State.DELIVERED}


def test_told_to_wait_it_waits_spends_no_try_and_holds_back_the_whole_channel(schedule, script, channel):
    until = timezone.now() + timedelta(minutes=5)
    script.answers = [RateLimited("Slow down.", until=until)]
    first, second = schedule("One"), schedule("Two")
    run()
    assert len(script.sends) == 1
    first.refresh_from_db()
    assert (first.state, first.tries, first.next_at) == (State.SCHEDULED, 0, until)
    with later(minutes=6):
        run()
    second.refresh_from_db()
    assert second.state == State.DELIVERED
    assert len(script.sends) == 3


@pytest.mark.parametrize("error", [NotAuthorised("Token gone."), ChannelMisconfigured("No key.")])
def test_lost_access_pauses_the_channel_and_loses_nothing(schedule, script, channel, error):
    script.answers = [error]
    first, second = schedule("One"), schedule("Two")
    run()
    channel.refresh_from_db()
    assert channel.paused_at and channel.paused_reason
    states = set(Delivery.objects.filter(pk__in=[first.pk, second.pk]).values_list("state", flat=True))
    assert states == {State.HELD}
    assert len(script.sends) == 1


def test_refused_content_fails_with_the_reason(schedule, script):
    script.answers = [ContentRejected("Too long.", "422 text")]
    delivery = schedule()
    run()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.state_reason) == (State.FAILED, "Too long.")


def test_an_undeclared_error_fails_loudly_and_does_not_stop_the_next(schedule, script, caplog):
    script.answers = [ValueError("surprise")]
    first, second = schedule("One"), schedule("Two")
    run()
    with later(hours=1):
        run()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.FAILED, State.DELIVERED)
    assert len(script.sends) == 2
    assert "undeclared error" in caplog.text


def test_a_guard_that_breaks_does_not_stop_the_queue(schedule, script, caplog):
    first, second = schedule("One"), schedule("Two")

    def broken(delivery):
        if delivery.pk == first.pk:
            raise ValueError("guard")

    guards.register("broken", broken)
    run()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.FAILED, State.DELIVERED)


def test_sixty_stale_posts_are_not_blasted_after_an_outage(schedule, script):
    for number in range(60):
        schedule(f"Post {number}", due=timezone.now() - timedelta(hours=6), late=timedelta(hours=1))
    run()
    assert script.sends == []
    assert Delivery.objects.missed().count() == 60


def test_a_message_changed_after_approval_is_never_sent(schedule, script, caplog):
    delivery = schedule()
    Delivery.objects.filter(pk=delivery.pk).update(message_json={**delivery.message_json, "text": "Something else"})
    run()
    delivery.refresh_from_db()
    assert delivery.state == State.FAILED
    assert script.sends == []


def test_a_guard_holds_and_says_why(schedule, script):
    guards.register("ban", lambda delivery: guards.Hold("A restriction is in force.", "ban"))
    delivery = schedule()
    run()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.state_reason) == (State.HELD, "A restriction is in force.")
    assert script.sends == []


def test_the_minimum_gap_is_kept(schedule, script, channel):
    channel.minimum_gap = 300
    channel.save()
    schedule("One")
    schedule("Two")
    run()
    assert len(script.sends) == 1
    with later(seconds=301):
        run()
    assert len(script.sends) == 2


def test_quiet_hours_postpone(schedule, script, channel):
    local = timezone.localtime()
    channel.quiet_from = (local - timedelta(minutes=30)).time()
    channel.quiet_until = (local + timedelta(minutes=30)).time()
    channel.save()
    delivery = schedule()
    run()
    delivery.refresh_from_db()
    assert script.sends == []
    assert delivery.state == State.SCHEDULED
    assert timedelta(minutes=28) < delivery.next_at - timezone.now() <= timedelta(minutes=30)


def test_processing_is_looked_at_again_until_it_shows(schedule, script):
    script.answers = [Processing(timezone.now() + timedelta(seconds=30))]
    delivery = schedule()
    run()
    delivery.refresh_from_db()
    assert delivery.state == State.PROCESSING
    script.posted.append(str(delivery.key))
    with later(minutes=1):
        run()
    delivery.refresh_from_db()
    assert delivery.state == State.DELIVERED


def test_it_is_read_back_before_the_tick_turns_green(schedule, script):
    delivery = schedule()
    run()
    assert Receipt.objects.get().read_back == Receipt.ReadBack.PENDING
    script.posted.clear()
    with later(seconds=5):
        followups.read_back(timezone.now())
    assert delivery.receipt.read_back == Receipt.ReadBack.ABSENT


def test_a_dry_run_sends_nothing_and_says_so(schedule, script, channel):
    channel.dry_run = True
    channel.save()
    delivery = schedule()
    run()
    delivery.refresh_from_db()
    assert delivery.state == State.DELIVERED
    assert delivery.state_reason
    assert script.sends == []
