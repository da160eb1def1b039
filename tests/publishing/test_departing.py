"""The point of no return: what had not left is sent again without asking; what had left never is."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from publishing import adapters, guards, reconciling, sending, stopping
from publishing.adapters.base import Limits
from publishing.departing import depart
from publishing.models import Delivery, State
from tests.publishing import scripted

pytestmark = pytest.mark.django_db


class Mail(scripted.Scripted):
    """Cannot be asked, but notes its departure."""

    kind = "scripted"
    limits = Limits(departs=True)

    def send(self, account, message, key):
        depart()
        return super().send(account, message, key)


class Killed(BaseException):
    """Nothing settles: as a kill does it."""


@pytest.fixture(autouse=True)
def mail(kinds, monkeypatch):
    monkeypatch.setitem(adapters.KINDS, "scripted", "tests.publishing.test_departing.Mail")
    adapters.get.cache_clear()
    yield
    adapters.get.cache_clear()


def later(**delta):
    return time_machine.travel(timezone.now() + timedelta(**delta), tick=True)


def killed(*args):
    raise Killed


def test_a_worker_lost_before_anything_left_costs_nothing(schedule, script, channel, monkeypatch):
    delivery = schedule()
    with monkeypatch.context() as patch:
        patch.setattr(sending, "carry", killed)
        with pytest.raises(Killed):
            sending.send_due()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts.get().departed_at) == (State.SENDING, None)
    with later(minutes=2):
        sending.send_due()
    delivery.refresh_from_db()
    assert delivery.state == State.DELIVERED
    assert len(script.sends) == 1


def test_what_had_left_waits_for_a_person_and_is_never_sent_again(schedule, script):
    script.during = killed
    delivery = schedule()
    with pytest.raises(Killed):
        sending.send_due()
    for minutes in (2, 60):
        with later(minutes=minutes):
            sending.send_due()
    delivery.refresh_from_db()
    assert delivery.state == State.UNCERTAIN
    assert len(script.sends) == 1


def test_a_worker_that_slept_through_its_lease_does_not_send_any_more(schedule, script, channel, monkeypatch):
    delivery, carry = schedule(), sending.carry

    def sleep(row):
        monkeypatch.setattr(sending, "carry", carry)
        with later(minutes=2):  # meanwhile another worker finds the row, proves that nothing had left, and sends it
            sending.send_due()
        return carry(row)

    monkeypatch.setattr(sending, "carry", sleep)
    sending.send_due()
    delivery.refresh_from_db()
    assert delivery.state == State.DELIVERED
    assert len(script.sends) == 1
    assert [bool(attempt.departed_at) for attempt in delivery.attempts.all()] == [False, True]


def test_who_departs_has_a_whole_lease_again_and_is_not_taken_for_lost(schedule, script, monkeypatch):
    delivery, carry, seen = schedule(), sending.carry, []

    def nearly_over(row):
        Delivery.objects.update(next_at=timezone.now())
        seen.append(Delivery.objects.get())
        return carry(row)

    monkeypatch.setattr(sending, "carry", nearly_over)

    def look():
        reconciling._lost_worker(seen[0], timezone.now())  # it saw the row before we departed
        seen.append(Delivery.objects.get())

    script.during = look
    sending.send_due()
    delivery.refresh_from_db()
    assert [row.state for row in seen] == [State.SENDING, State.SENDING]
    assert delivery.state == State.DELIVERED
    assert len(script.sends) == 1


@pytest.mark.parametrize("lifted", [False, True])
def test_a_stop_while_it_is_got_ready_keeps_it_back(schedule, script, monkeypatch, lifted):
    delivery, carry = schedule(), sending.carry

    def stop(row):
        order = stopping.hold_all(reason="Terror", by=None)
        if lifted:
            stopping.lift(order, by=None)
        return carry(row)

    monkeypatch.setattr(sending, "carry", stop)
    sending.send_due()
    monkeypatch.setattr(sending, "carry", carry)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries, script.sends) == (State.HELD, 0, [])
    assert "Terror" in delivery.state_reason
    with later(minutes=30):
        sending.send_due()
    assert script.sends == []


def test_a_stop_of_something_else_keeps_nothing_back(schedule, script, monkeypatch):
    schedule(labels=["campaign:1"])
    carry = sending.carry

    def stop(row):
        stopping.hold_all(scope="campaign:2", reason="Not this one", by=None)
        return carry(row)

    monkeypatch.setattr(sending, "carry", stop)
    sending.send_due()
    assert len(script.sends) == 1


@pytest.mark.parametrize(("seconds", "goes"), [(1, True), (10, False)])
def test_what_is_forbidden_while_it_is_got_ready_for_long_stays(schedule, script, monkeypatch, seconds, goes):
    delivery, carry = schedule(), sending.carry

    def forbid(row):
        guards.register("court", lambda asked: guards.Hold("The court has closed the doors."))
        with later(seconds=seconds):
            return carry(row)

    monkeypatch.setattr(sending, "carry", forbid)
    sending.send_due()
    delivery.refresh_from_db()
    assert bool(script.sends) == goes
    if not goes:
        assert (delivery.state, delivery.state_reason) == (State.HELD, "The court has closed the doors.")


def test_a_channel_that_is_paused_while_it_is_got_ready_for_long_sends_no_more(schedule, script, channel, monkeypatch):
    delivery, carry = schedule(), sending.carry

    def pause(row):
        type(channel).objects.update(paused_at=timezone.now(), paused_reason="Not now.")
        with later(seconds=10):
            return carry(row)

    monkeypatch.setattr(sending, "carry", pause)
    sending.send_due()
    delivery.refresh_from_db()
    assert (delivery.state, script.sends) == (State.HELD, [])
