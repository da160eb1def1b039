"""The compiled statements do what the ORM would have done, on either database."""

import uuid

import pytest
from django.utils import timezone

from publishing import evidence, statements
from publishing.models import Attempt, Channel, Delivery, EvidenceRecord, Receipt, State, StopOrder

pytestmark = pytest.mark.django_db


def same(row):
    """The row as it was in hand is the row as it lies in the table."""
    stored = type(row).objects.get(pk=row.pk)
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields} == {
        f.attname: getattr(stored, f.attname) for f in stored._meta.concrete_fields
    }


def insert(row):
    return statements.inserted(row, statements.run(statements.insert(row)))


def test_rows_are_inserted_as_save_does(schedule):
    delivery, now = schedule("Blåbærgrød 🫐"), timezone.now()
    assert same(insert(Attempt(delivery=delivery, number=1, worker="w", begun_at=now)))
    assert same(insert(Receipt(delivery=delivery, remote_id="1", details={"a": [1, "ø", None]}, sent_at=now)))
    assert same(insert(EvidenceRecord(uuid=uuid.uuid4(), at=now, kind="test", payload={"b": {}}, sha256="0")))
    assert same(
        insert(Channel(kind="scripted", name="New", slug="new", config={"c": 1}, encrypted_secrets=b"\x00\xff"))
    )


def test_a_fenced_update_changes_what_it_names_and_says_how_many(schedule):
    delivery, other = schedule("One"), schedule("Two")
    now = timezone.now()
    changes = {"state": State.SENDING, "next_at": now, "findings": [{"text": "ø"}], "tries": 3}
    within = {"state": [State.SCHEDULED, State.QUEUED]}
    first, again = (
        statements.run(statements.update(Delivery, changes, equal={"id": delivery.pk}, within=within)) for _ in "12"
    )
    assert (first.count, again.count) == (1, 0)
    delivery.refresh_from_db()
    other.refresh_from_db()
    assert {name: getattr(delivery, name) for name in changes} == changes
    assert other.state == State.SCHEDULED


def test_a_lookup_finds_what_the_query_finds(channel):
    lookup = statements.Lookup(-1, build=lambda pk: Channel.objects.filter(pk=pk).order_by().with_stops())
    Channel.objects.filter(pk=channel.pk).update(config={"x": [1]}, paused_at=timezone.now(), encrypted_secrets=b"\x01")
    [found] = lookup.all(channel.pk)
    assert found == channel
    assert same(found)
    assert not found.stopping
    StopOrder.objects.create(scope="label:1", reason="r", by_name="n")
    assert lookup.all(channel.pk)[0].stopping
    assert lookup.all(0) == []


def test_a_lookup_that_would_lose_a_value_is_refused():
    with pytest.raises(TypeError):
        statements.Lookup(1, 2, build=lambda pk, other: Channel.objects.filter(pk=pk)).all(1, 2)


def steps(delivery):
    fact = evidence.build("test", delivery=delivery)
    attempt = Attempt(delivery=delivery, number=1, worker="w", begun_at=timezone.now())
    closed = statements.update(Attempt, {"worker": "v"}, equal={"number": 7})
    return statements.insert(attempt), closed, statements.insert(fact)


def test_steps_behind_a_fence_that_holds_are_all_taken(schedule):
    delivery = schedule()
    fence = statements.update(Delivery, {"headline": "New; --"}, equal={"id": delivery.pk})
    opened, closed, noted = statements.run_behind(fence, *steps(delivery))
    assert (opened.count, closed.count, noted.count) == (1, 0, 1)
    assert Attempt.objects.get(pk=opened.rows[0][0]).delivery == delivery
    assert EvidenceRecord.objects.get(pk=noted.rows[0][0]).kind == "test"
    delivery.refresh_from_db()
    assert delivery.headline == "New; --"


def test_steps_behind_a_fence_that_does_not_hold_are_none_of_them_taken(schedule):
    fence = statements.update(Delivery, {"headline": "New"}, equal={"id": 0})
    before = EvidenceRecord.objects.count()
    assert statements.run_behind(fence, *steps(schedule())) == []
    assert EvidenceRecord.objects.count() == before + 1  # the planning
    assert not Attempt.objects.exists()
