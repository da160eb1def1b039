"""STOP waits for the begins that are under way, and for nothing else."""

import threading
import time

import pytest
from django.db import connection, transaction
from django.utils import timezone

from publishing import claiming, guards, locks, sending, stopping
from publishing.models import Attempt, Delivery, Receipt, State, StopOrder


@pytest.fixture
def slow_guard():
    """Keeps every begin waiting inside its transaction until it is let go."""
    inside, go = threading.Event(), threading.Event()

    def guard(delivery):
        inside.set()
        go.wait(20)

    guards.register("slow", guard)
    return inside, go


def wait_for(condition):
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)


def claim(channel):
    return claiming.claim(channel.pk, worker="one", now=timezone.now(), limit=5)


def test_a_stop_returns_after_the_begin_that_was_under_way(schedule, channel, start, slow_guard):
    inside, go = slow_guard
    schedule("One"), schedule("Two")
    first, second = claim(channel)
    beginning = start(lambda: sending.begin(first))
    assert inside.wait(20)
    stop = start(lambda: stopping.hold_all(reason="terror", by=None))
    stop.join(0.3)
    assert stop.is_alive(), "it came back while somebody could still begin"
    go.set()
    assert beginning.result() is not None
    assert stop.result().pk
    assert sending.begin(second) is None
    assert Attempt.objects.count() == 1


def test_a_begin_that_waited_for_a_stop_sees_it(schedule, channel, race):
    for number in range(20):
        schedule(f"Post {number}")
        [row] = claim(channel)
        begun, order = race(lambda row=row: sending.begin(row), lambda: stopping.hold_all(reason="terror", by=None))
        row.refresh_from_db()
        assert row.state == (State.HELD if begun is None else State.SENDING)
        if begun is not None:
            assert begun.begun_at <= order.at or begun.begun_at <= timezone.now()
        StopOrder.objects.update(lifted_at=timezone.now())
        Delivery.objects.update(state=State.DELIVERED)


def test_what_is_on_the_wire_is_settled_while_everything_is_stopped(schedule, script, channel):
    schedule("One"), schedule("Two")
    script.during = lambda: stopping.hold_all(reason="terror", by=None)
    sending.send_due()
    assert sorted(Delivery.objects.values_list("state", flat=True)) == [State.DELIVERED, State.HELD]
    assert len(script.sends) == 1


def test_lifting_against_claiming_lets_nothing_go(schedule, script, channel, race):
    for number in range(15):
        delivery = schedule(f"Post {number}")
        order = stopping.hold_all(reason="terror", by=None)
        race(lambda: sending.pump(channel.pk, seconds=1), lambda order=order: stopping.lift(order, by=None))
        sending.send_due()
        delivery.refresh_from_db()
        assert delivery.state == State.HELD
    assert script.sends == []


def test_two_who_stop_and_one_who_lifts(schedule, script, channel, race):
    schedule()
    order = stopping.hold_all(reason="one", by=None)
    race(
        lambda: stopping.hold_all(reason="two", by=None),
        lambda: stopping.lift(order, by=None),
        lambda: sending.pump(channel.pk, seconds=1),
    )
    sending.send_due()
    assert Delivery.objects.get().state == State.HELD
    assert script.sends == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_a_proof_does_not_wait_for_a_stop_that_is_being_ordered(schedule, script, channel, start):
    first, second = schedule("One"), schedule("Two")
    ordering, go = threading.Event(), threading.Event()

    def stop_slowly():
        with transaction.atomic():
            locks.exclude()
            ordering.set()
            go.wait(20)
            StopOrder.objects.create(reason="terror", by_name="")

    orderers = []

    def during():
        orderers.append(start(stop_slowly))
        assert ordering.wait(20)

    script.during = during
    pump = start(lambda: sending.pump(channel.pk, seconds=1))
    wait_for(lambda: Receipt.objects.filter(delivery=first).exists())
    go.set()
    pump.result(), orderers[0].result()
    second.refresh_from_db()
    assert second.state == State.HELD
    assert len(script.sends) == 1
