"""The proof of one post is written down where the next one begins: together, and never at the other's expense."""

import pytest
from django.db import connection
from django.utils import timezone

from publishing import claiming, guards, sending
from publishing.models import Attempt, Delivery, EvidenceRecord, Receipt, State
from publishing.models.delivery import FAR

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(schedule):
    return schedule("One"), schedule("Two")


def states(rows):
    return [Delivery.objects.get(pk=row.pk).state for row in rows]


def guard(objection):
    def check(delivery):
        return objection() if delivery.headline == "Two" else None

    guards.register("second", check)


def test_each_of_many_has_one_attempt_one_receipt_and_its_evidence(schedule, script):
    for number in range(5):
        schedule(f"Post {number}")
    sending.send_due()
    assert len(script.sends) == Receipt.objects.count() == 5
    assert set(Attempt.objects.values_list("outcome", flat=True)) == {Attempt.Outcome.SENT}
    kinds = list(EvidenceRecord.objects.order_by("id").values_list("kind", flat=True))
    assert kinds[5:] == ["attempt.begun", "attempt.sent"] * 5


def test_proof_and_begin_are_one_statement_each_where_the_database_can(
    schedule, script, channel, django_assert_num_queries
):
    schedule("One"), schedule("Two")
    first, second = claiming.claim(channel.pk, worker="w", now=timezone.now(), limit=9)
    proof = sending.send(first)
    # The lock, the channel with the stops, the proof, the begin; SQLite needs no lock, and 3 + 2 statements more.
    many = 4 if connection.vendor == "postgresql" else 8
    with django_assert_num_queries(many + 2):  # and around them begin and end of the transaction, here a savepoint
        assert sending.advance(proof, second) is not None


def test_a_next_one_that_is_held_leaves_the_proof_alone(two, script):
    guard(lambda: guards.Hold("Not now."))
    sending.send_due()
    assert states(two) == [State.DELIVERED, State.HELD]
    assert len(script.sends) == 1


def test_a_next_one_that_breaks_leaves_the_proof_alone(two, script):
    def broken():
        raise ZeroDivisionError

    guard(broken)
    sending.send_due()
    assert states(two) == [State.DELIVERED, State.FAILED]
    assert Receipt.objects.get().delivery == two[0]
    assert not EvidenceRecord.objects.filter(kind="attempt.overtaken").exists()


def test_a_proof_that_comes_too_late_does_not_keep_the_next_one(two, script):
    def settled_by_somebody_else():
        Delivery.objects.filter(pk=two[0].pk).update(state=State.DELIVERED, next_at=FAR)

    script.during = settled_by_somebody_else
    sending.send_due()
    assert len(script.sends) == 2
    assert Receipt.objects.get().delivery == two[1]
    assert EvidenceRecord.objects.filter(kind="attempt.overtaken", delivery_key=two[0].key).count() == 1


def test_a_receipt_that_is_there_already_does_not_keep_the_next_one(two, script):
    def stored_by_somebody_else():
        if not Receipt.objects.exists():
            Receipt.objects.create(delivery=two[0], remote_id="theirs", sent_at=two[0].due_at)

    script.during = stored_by_somebody_else
    sending.send_due()
    assert len(script.sends) == 2
    assert Receipt.objects.get(delivery=two[0]).remote_id == "theirs"
    assert states(two)[1] == State.DELIVERED
