"""Who may do what with a row, and when: leases, fences, and the place in the line."""

from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError, connection
from django.utils import timezone

from publishing import claiming, pacing, scheduling, sending, settling, stopping, tending
from publishing.models import Attempt, Channel, Delivery, EvidenceRecord, State
from publishing.models.delivery import FAR
from publishing.scheduling import NotPossible

pytestmark = pytest.mark.django_db


def later(**delta):
    return time_machine.travel(timezone.now() + timedelta(**delta), tick=True)


def claim_one(channel, worker="one"):
    [row] = claiming.claim(channel.pk, worker=worker, now=timezone.now(), limit=1)
    return row


@pytest.mark.parametrize("verb", [stopping.hold, scheduling.cancel])
def test_what_a_worker_has_claimed_but_not_begun_can_still_be_taken_from_it(schedule, script, channel, verb):
    delivery = schedule()
    row = claim_one(channel)
    verb(delivery, reason="wait", by=None)
    assert sending.begin(row) is None
    assert script.sends == []


def test_what_has_begun_can_not_be_held(schedule, channel):
    delivery = schedule()
    assert sending.begin(claim_one(channel))
    with pytest.raises(NotPossible):
        stopping.hold(delivery, reason="wait", by=None)


def test_a_lost_lease_spends_no_pace(schedule, channel):
    Channel.objects.update(minimum_gap=300)
    schedule()
    row = claim_one(channel)
    Delivery.objects.update(claimed_by="somebody else")
    assert sending.begin(row) is None
    channel.refresh_from_db()
    assert channel.last_begun_at is None


def test_what_is_given_back_keeps_its_place_in_the_line(schedule, channel):
    first = schedule("First", due=timezone.now() - timedelta(seconds=9))
    schedule("Second", due=timezone.now() - timedelta(seconds=5))
    row = claim_one(channel)
    claiming.give_back(row)
    assert claim_one(channel, "two").pk == first.pk


def test_waiting_ends_at_the_latest_moment_and_it_is_missed_then(schedule, script, channel, monkeypatch):
    monkeypatch.setattr(pacing, "earliest", lambda channel, now: now + timedelta(hours=3))
    delivery = schedule(late=timedelta(minutes=10))
    sending.send_due()
    delivery.refresh_from_db()
    assert delivery.next_at <= delivery.latest_at + timedelta(seconds=1)
    with later(minutes=11):
        sending.send_due()
    delivery.refresh_from_db()
    assert delivery.state == State.MISSED


def test_a_worker_that_was_frozen_after_begin_sends_nothing_when_it_wakes(schedule, script, channel):
    delivery = schedule()
    row = claim_one(channel)
    attempt = sending.begin(row)
    # No other worker has looked yet: only the clock can tell.
    with later(seconds=59), pytest.raises(sending.errors.TemporaryError):
        sending.carry(row)
    assert script.sends == []
    assert attempt.delivery_id == delivery.pk


@pytest.mark.django_db(transaction=True)
def test_an_answer_is_written_down_though_the_database_was_away_for_a_moment(schedule, script, monkeypatch):
    delivery, write, failures = schedule(), settling.delivered, iter([OperationalError("gone"), None])

    def unsteady(*args, **more):
        done = write(*args, **more) if (error := next(failures)) is None else None
        if error:
            raise error
        return done

    monkeypatch.setattr(settling, "delivered", unsteady)
    monkeypatch.setattr(sending, "PAUSES", (0, 0))
    sending.send_due()
    delivery.refresh_from_db()
    assert delivery.state == State.DELIVERED
    assert len(script.sends) == 1


def test_an_answer_that_comes_too_late_changes_nothing_and_is_kept_as_evidence(schedule, script, channel):
    delivery = schedule()
    script.during = lambda: Delivery.objects.update(attempt_number=99, state=State.CANCELLED)
    sending.send_due()
    delivery.refresh_from_db()
    assert delivery.state == State.CANCELLED
    fact = EvidenceRecord.objects.get(kind="attempt.overtaken")
    assert fact.payload["remote_id"] == str(delivery.key)


def test_one_worker_tends_a_channel_at_a_time(schedule, script, channel):
    with tending.turn("tend:1", claiming.lease()) as first, tending.turn("tend:1", claiming.lease()) as second:
        assert (first, second) == (True, False)
    with tending.turn("tend:1", claiming.lease()) as third:
        assert third


def test_a_turn_of_a_lost_worker_comes_round_again(channel):
    tending.turn("tend:1", claiming.lease()).__enter__()
    with later(minutes=2), tending.turn("tend:1", claiming.lease()) as ours:
        assert ours


def test_settled_rows_lie_where_no_sweep_passes(schedule, channel):
    sent, stopped = schedule("Sent"), schedule("Stopped")
    scheduling.cancel(stopped, reason="no", by=None)
    sending.send_due()
    held = schedule("Held")
    stopping.hold(held, reason="wait", by=None)
    missed = schedule("Missed", due=timezone.now() - timedelta(hours=2), late=timedelta(hours=1))
    sending.send_due()
    rows = Delivery.objects.filter(pk__in=[sent.pk, stopped.pk, held.pk, missed.pk])
    assert {row.state for row in rows} == {State.DELIVERED, State.CANCELLED, State.HELD, State.MISSED}
    assert {row.next_at for row in rows} == {FAR}


@pytest.mark.parametrize(
    "query",
    [
        lambda now: Delivery.objects.filter(channel_id=1).due(now).order_by("next_at")[:20],
        lambda now: Delivery.objects.filter(channel_id=1, next_at__lte=now, state__in=["queued", "sending"]),
        lambda now: Delivery.objects.filter(channel_id=1, next_at__gt=now, next_at__lte=now, state="queued"),
        lambda now: Delivery.objects.stuck(now),
    ],
)
def test_claims_and_sweeps_read_a_range_of_the_index_and_nothing_else(channel, query):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # with so few rows it would read them all
    plan = query(timezone.now()).explain()
    assert "delivery_channel_next" in plan
    assert "next_at" in plan.partition("delivery_channel_next")[2]


def test_a_worker_name_is_its_own():
    assert claiming.worker_name() == claiming.worker_name()
    assert str(__import__("os").getpid()) in claiming.worker_name()
    assert Attempt._meta.get_field("worker").max_length >= len(claiming.worker_name())
