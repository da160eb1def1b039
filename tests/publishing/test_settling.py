"""Answers of every sort are written down, and none breaks the queue."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from publishing import fan_out, followups, sending, settling
from publishing.adapters.base import Receipt as Proof
from publishing.errors import ContentRejected, NotAuthorised, OutcomeUnknown, RateLimited, TemporaryError
from publishing.models import Attempt, Channel, Delivery, Receipt, State
from publishing.signals import delivery_settled
from tests.publishing import scripted

pytestmark = pytest.mark.django_db


def later(**delta):
    return time_machine.travel(timezone.now() + timedelta(**delta), tick=True)


def test_a_layer_above_that_fails_costs_neither_the_post_nor_the_next_one(
    schedule, script, django_capture_on_commit_callbacks
):
    def broken(**news):
        raise ValueError("above")

    first, second = schedule("One"), schedule("Two")
    delivery_settled.connect(broken)
    try:
        with django_capture_on_commit_callbacks(execute=True) as news:
            sending.send_due()
    finally:
        delivery_settled.disconnect(broken)
    assert len(news) == 2
    assert {Delivery.objects.get(pk=row.pk).state for row in (first, second)} == {State.DELIVERED}


def test_words_of_a_platform_that_no_database_takes_are_stored_all_the_same(schedule, script):
    script.answers = [ContentRejected("No\x00.", "<html>\x00" + "x" * 50_000)]
    delivery = schedule()
    sending.send_due()
    delivery.refresh_from_db()
    assert delivery.state == State.FAILED
    assert "\x00" not in delivery.state_detail + delivery.state_reason
    assert len(delivery.state_detail) <= 10_000


def test_a_receipt_of_any_size_is_stored(schedule, script, channel, monkeypatch):
    proof = Proof("id\x00", "https://example.org/" + "x" * 2000, {"odd": ["\x00", {"a": "b\x00"}]})
    monkeypatch.setattr(scripted.Scripted, "send", lambda self, account, message, key: proof)
    schedule()
    sending.send_due()
    receipt = Receipt.objects.get()
    assert (receipt.permalink, receipt.details) == ("", {"odd": ["�", {"a": "b�"}]})


def test_out_of_time_it_is_missed_and_waits_for_a_decision(schedule, script):
    script.answers = [TemporaryError("503")] * 99
    delivery = schedule(late=timedelta(minutes=2))
    for seconds in range(0, 200, 10):
        with later(seconds=seconds):
            sending.send_due()
    delivery.refresh_from_db()
    assert delivery.state == State.MISSED
    assert len(script.sends) > 3


def test_after_too_many_tries_it_has_failed(schedule, script):
    script.answers = [TemporaryError("503")] * 99
    delivery = schedule()
    for hours in range(20):
        with later(hours=hours):
            sending.send_due()
    delivery.refresh_from_db()
    assert delivery.state == State.FAILED
    assert len(script.sends) == 12


@pytest.mark.parametrize("until", [timedelta(seconds=-30), timedelta(days=3650)])
def test_a_wait_that_makes_no_sense_is_made_sensible(schedule, script, until):
    script.answers = [RateLimited("Wait.", until=timezone.now() + until)]
    delivery = schedule()
    sending.send_due()
    delivery.refresh_from_db()
    assert len(script.sends) == 1
    assert timezone.now() < delivery.next_at + settling.SHORTEST_WAIT
    assert delivery.next_at <= timezone.now() + settling.LONGEST_WAIT


def test_a_wait_beyond_the_latest_moment_ends_there(schedule, script):
    script.answers = [RateLimited("Wait.", until=timezone.now() + timedelta(hours=6))]
    delivery = schedule(late=timedelta(minutes=10))
    sending.send_due()
    with later(minutes=11):
        sending.send_due()
    delivery.refresh_from_db()
    assert delivery.state == State.MISSED


def test_an_answer_lost_again_and_again_is_not_tried_for_ever(schedule, script):
    script.answers = [OutcomeUnknown("lost") for _ in range(99)]
    delivery = schedule()
    for minutes in range(0, 60 * 8, 4):
        with later(minutes=minutes):
            sending.send_due()
    delivery.refresh_from_db()
    assert delivery.state == State.FAILED
    assert len(script.sends) == 12


@pytest.mark.parametrize("error", [ContentRejected("Gone."), NotAuthorised("No.")])
def test_a_platform_that_refuses_to_tell_leaves_it_to_a_person(schedule, script, error):
    script.answers, script.findings = [OutcomeUnknown("lost")], [error]
    delivery = schedule()
    sending.send_due()
    with later(minutes=1):
        sending.send_due()
    delivery.refresh_from_db()
    assert delivery.state == State.UNCERTAIN
    assert delivery in Delivery.objects.needing_a_person()


def test_a_list_whose_worker_was_lost_before_the_first_letter_is_written_to_all_the_same(schedule, script, monkeypatch):
    mail = Channel.objects.create(
        kind="scripted_list", name="Press", slug="press", config={"recipients": ["a@example.org", "b@example.org"]}
    )
    parent = schedule(on=mail)

    class Killed(BaseException):
        pass

    def killed(delivery):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(fan_out, "expand", killed)
        with pytest.raises(Killed):
            sending.send_due()
    for minutes in (2, 3, 4):
        with later(minutes=minutes):
            sending.send_due()
    parent.refresh_from_db()
    assert parent.state == State.DELIVERED
    assert len(script.sends) == 2


def test_a_reader_that_breaks_is_moved_out_of_the_way(schedule, script, monkeypatch, caplog):
    first, second = schedule("One"), schedule("Two")
    sending.send_due()
    read = scripted.Scripted.read

    def unsteady(self, account, message, receipt):
        if receipt.remote_id == str(first.key):
            raise ValueError("surprise")
        return read(self, account, message, receipt)

    monkeypatch.setattr(scripted.Scripted, "read", unsteady)
    followups.read_back(timezone.now() + timedelta(minutes=1))
    assert Receipt.objects.get(delivery=first).read_back == Receipt.ReadBack.IMPOSSIBLE
    assert Receipt.objects.get(delivery=second).read_back == Receipt.ReadBack.GOOD


def test_a_platform_that_cannot_be_read_from_now_is_asked_again_later_not_every_second(schedule, script, monkeypatch):
    schedule()
    sending.send_due()
    asked = []

    def down(self, account, message, receipt):
        asked.append(receipt)
        raise TemporaryError("503")

    monkeypatch.setattr(scripted.Scripted, "read", down)
    for seconds in range(10, 30):
        followups.read_back(timezone.now() + timedelta(seconds=seconds))
    assert len(asked) == 1


def test_every_attempt_names_its_worker_in_the_evidence(schedule, script):
    script.answers = [OutcomeUnknown("lost")]
    schedule()
    sending.send_due()
    attempt = Attempt.objects.get()
    assert attempt.worker
    assert attempt.delivery.claimed_by == ""
