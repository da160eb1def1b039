"""No row has two holders, and no row is worked on by somebody who has lost it."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from publishing import claiming, reconciling, scheduling, sending, settling, stopping, tasks, tending
from publishing.adapters.base import Receipt as Proof
from publishing.errors import OutcomeUnknown
from publishing.models import Attempt, Channel, Delivery, Receipt, State
from publishing.scheduling import NotPossible
from tests.publishing import scripted


def claim_all(channel, worker, size=7):
    """Take batch after batch, as long as there is anything to take."""
    mine = []
    while batch := claiming.claim(channel.pk, worker=worker, now=timezone.now(), limit=size):
        mine += [row.pk for row in batch]
    return mine


def test_workers_that_claim_at_once_never_get_the_same_row(schedule, channel, race):
    Channel.objects.update(concurrency=9)
    rows = {schedule(f"Post {number}").pk for number in range(120)}
    taken = race(*(lambda name=name: claim_all(channel, f"worker {name}") for name in range(4)))
    assert sorted(pk for mine in taken for pk in mine) == sorted(rows)


def test_no_more_workers_hold_a_channel_than_it_bears(schedule, channel, race):
    Channel.objects.update(concurrency=2)
    for number in range(100):
        schedule(f"Post {number}")
    race(*(lambda name=name: claiming.claim(channel.pk, worker=name, now=timezone.now(), limit=5) for name in "abcdef"))
    holders = Delivery.objects.filter(state=State.QUEUED).values_list("claimed_by", flat=True).distinct()
    assert len(holders) == 2


def test_only_one_of_many_begins_a_row(schedule, channel, race):
    schedule()
    [row] = claiming.claim(channel.pk, worker="one", now=timezone.now(), limit=1)
    copies = [Delivery.objects.get(pk=row.pk) for _ in range(5)]
    begun = race(*(lambda copy=copy: sending.begin(copy) for copy in copies))
    assert sum(attempt is not None for attempt in begun) == 1
    assert Attempt.objects.count() == 1


def test_with_a_minimum_gap_one_of_many_begins(schedule, channel, race):
    Channel.objects.update(minimum_gap=300, concurrency=5)
    for number in range(5):
        schedule(f"Post {number}")
    rows = [claiming.claim(channel.pk, worker=name, now=timezone.now(), limit=1)[0] for name in "abcde"]
    begun = race(*(lambda row=row: sending.begin(row) for row in rows))
    assert sum(attempt is not None for attempt in begun) == 1


def test_a_writer_that_comes_late_is_refused(schedule, channel, race):
    schedule()
    [row] = claiming.claim(channel.pk, worker="slow", now=timezone.now(), limit=1)
    attempt = sending.begin(row)
    late = Delivery.objects.get(pk=row.pk)
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        reconciling.recover(channel.pk, timezone.now())
        reconciling.look(channel.pk, until=float("inf"))  # somebody looks at it now: the slow one has lost it
    answers = race(
        lambda: settling.delivered(late, attempt, Proof("1")),
        lambda: settling.delivered(Delivery.objects.get(pk=row.pk), None, Proof("2")),
    )
    assert answers[0] is False
    assert list(Receipt.objects.values_list("remote_id", flat=True)) == ["2"]


@pytest.mark.parametrize("verb", [scheduling.cancel, stopping.hold])
def test_cancelling_and_holding_against_begin_one_of_them_wins(schedule, channel, race, verb):
    for number in range(20):
        delivery = schedule(f"Post {number}")
        [row] = claiming.claim(channel.pk, worker="one", now=timezone.now(), limit=1)

        def stop(delivery=delivery):
            try:
                verb(delivery, reason="no", by=None)
            except NotPossible:
                return False
            return True

        begun, stopped = race(lambda row=row: sending.begin(row), stop)
        assert (begun is not None) != stopped
        assert Attempt.objects.filter(delivery=delivery).count() == (not stopped)
        Delivery.objects.filter(state=State.SENDING).update(state=State.DELIVERED)


def test_two_releases_let_it_go_once(schedule, script, channel, race):
    delivery = schedule()
    stopping.hold(delivery, reason="wait", by=None)

    def release():
        try:
            stopping.release(Delivery.objects.get(pk=delivery.pk), by=None)
        except NotPossible:
            return False
        return True

    assert sorted(race(release, release)) == [False, True]
    sending.send_due()
    assert len(script.sends) == 1


def test_two_who_find_out_ask_once_and_send_once(schedule, script, channel, race, monkeypatch):
    script.answers = [OutcomeUnknown("lost")]
    delivery, asked, find = schedule(), [], scripted.Scripted.find

    def slowly(self, account, message, key):
        asked.append(threading.get_ident())
        threading.Event().wait(0.05)
        return find(self, account, message, key)

    monkeypatch.setattr(scripted.Scripted, "find", slowly)
    sending.send_due()
    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        race(*[lambda: reconciling.look(channel.pk, until=float("inf"))] * 4)
        assert len(asked) == 1
        race(*[lambda: sending.pump(channel.pk)] * 4)
    delivery.refresh_from_db()
    assert delivery.state == State.DELIVERED
    assert len(script.sends) == 2


def test_two_beats_ring_twice_and_everything_goes_once(schedule, script, channel, race, monkeypatch):
    Channel.objects.update(concurrency=3)
    for number in range(40):
        schedule(f"Post {number}")
    rung = []
    monkeypatch.setattr(tasks.pump_channel, "apply_async", lambda args, **more: rung.append(args[0]))
    race(tasks.send_due, tasks.send_due)
    assert len(rung) == 2
    race(*[lambda: sending.pump(channel.pk, seconds=30)] * 4)
    assert len(script.sends) == len(set(script.sends)) == 40


def test_a_platform_that_hangs_holds_one_who_tends(schedule, script, channel, start, monkeypatch):
    script.answers = [OutcomeUnknown("lost"), OutcomeUnknown("lost")]
    schedule("One"), schedule("Two")
    sending.send_due()
    asked, answer, find = threading.Semaphore(0), threading.Event(), scripted.Scripted.find

    def hanging(self, account, message, key):
        asked.release()
        answer.wait(20)
        return find(self, account, message, key)

    monkeypatch.setattr(scripted.Scripted, "find", hanging)
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        first = start(lambda: tending.tend(channel.pk))
        assert asked.acquire(timeout=20)
        start(lambda: tending.tend(channel.pk)).result()  # comes back at once: there is a turn already
        assert not asked.acquire(blocking=False)
        answer.set()
        first.result()
