"""What is sent to a live feed stands there once, is corrected in place, and leaves a tombstone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from publishing import deciding, editing, followups, sending
from publishing.adapters.base import Absent
from publishing.adapters.feed import LiveFeed
from publishing.errors import OutcomeUnknown
from publishing.feed import items
from publishing.models import Delivery, EvidenceRecord, Feed, FeedItem, Receipt, State


def test_a_delivery_becomes_an_item_with_an_address_and_is_read_back(feed, article, deliver, item_of):
    delivery = deliver(article)
    item = item_of(delivery)
    assert delivery.state == State.DELIVERED
    assert delivery.receipt.remote_id == f"urn:uuid:{delivery.key}"
    assert delivery.receipt.permalink.endswith(f"/live/live/items/{delivery.key}.json")
    assert (item.status, item.version, item.sequence, item.message) == ("current", 1, 1, article)
    followups.read_back(timezone.now() + timedelta(seconds=5))
    assert Receipt.objects.get().read_back == Receipt.ReadBack.GOOD


def test_the_same_key_again_is_one_item(feed, article, deliver):
    delivery = deliver(article)
    Receipt.objects.all().delete()
    Delivery.objects.update(state=State.SENDING, next_at=timezone.now() - timedelta(seconds=1))
    sending.send_due()
    sending.send_due()
    delivery.refresh_from_db()
    assert delivery.state == State.DELIVERED
    assert LiveFeed().send(feed.account(), article, delivery.delivery_key).remote_id == delivery.receipt.remote_id
    assert (FeedItem.objects.count(), Feed.objects.get().sequence) == (1, 1)


def test_what_never_came_in_is_proved_absent_and_a_lost_commit_is_unknown(feed, article, deliver, monkeypatch):
    delivery = deliver(article)
    FeedItem.objects.all().delete()
    assert isinstance(LiveFeed().find(feed.account(), article, delivery.delivery_key), Absent)

    def gone(*args, **kwargs):
        raise OperationalError("connection lost")

    monkeypatch.setattr(items, "put", gone)
    with pytest.raises(OutcomeUnknown):
        LiveFeed().send(feed.account(), article, delivery.delivery_key)


def test_a_correction_changes_the_item_once_and_is_counted(feed, article, deliver, item_of):
    first = deliver(article)
    right = replace(article, title="Rettet", media=())
    second = deliver(right, edits=first)
    item = item_of(first)
    assert (second.state, second.receipt.remote_id) == (State.DELIVERED, first.receipt.remote_id)
    assert (item.status, item.version, item.sequence, item.message) == ("corrected", 2, 2, right)
    LiveFeed().edit(feed.account(), right, first.receipt.value(), second.delivery_key)
    assert item_of(first).version == 2
    assert EvidenceRecord.objects.filter(delivery_key=second.key, kind="attempt.sent").count() == 1
    assert editing.posts(Delivery.objects.all()) == [first]


def test_a_lost_answer_to_a_correction_is_settled_by_reading(feed, article, deliver, monkeypatch):
    first = deliver(article)
    right = replace(article, title="Rettet")
    real, lost = LiveFeed.edit, []

    def lose(self, *args):
        real(self, *args)
        lost.append(1)
        raise OutcomeUnknown("lost")

    monkeypatch.setattr(LiveFeed, "edit", lose)
    second = deliver(right, edits=first)
    assert second.state == State.UNCERTAIN
    Delivery.objects.filter(pk=second.pk).update(next_at=timezone.now())
    sending.send_due()
    second.refresh_from_db()
    assert (second.state, len(lost)) == (State.DELIVERED, 1)


def test_a_take_down_leaves_a_tombstone_without_text_and_ends_its_corrections(feed, article, deliver, item_of):
    first = deliver(article)
    second = deliver(replace(article, title="Rettet"), edits=first)
    deciding.withdraw(second, reason="wrong picture", by=None)
    followups.take_down(timezone.now())
    item = item_of(first)
    assert (item.status, item.message_json, item.version) == ("withdrawn", {}, 3)
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.WITHDRAWN}
    assert Delivery.objects.get(pk=first.pk).withdraw_reason == "wrong picture"
    assert not LiveFeed().read(feed.account(), article, first.receipt.value()).present
    LiveFeed().withdraw(feed.account(), first.receipt.value())
    assert item_of(first).version == 3


def test_a_correction_brings_nothing_back(feed, article, deliver, item_of):
    first = deliver(article)
    deciding.withdraw(first, reason="wrong", by=None)
    late = deliver(replace(article, title="Rettet"), edits=Delivery.objects.get(pk=first.pk))
    assert late.state in (State.FAILED, State.WITHDRAWN)
    followups.take_down(timezone.now())
    assert item_of(first).status == "withdrawn"


def test_a_repeat_after_the_take_down_shows_nothing(feed, article, deliver, item_of):
    delivery = deliver(article)
    items.withdraw(delivery.key)
    LiveFeed().send(feed.account(), article, delivery.delivery_key)
    assert (FeedItem.objects.count(), item_of(delivery).status) == (1, "withdrawn")


def test_an_item_is_for_whom_its_writer_chose_and_a_correction_opens_but_never_closes_it(
    feed, article, deliver, item_of
):
    for_press = replace(article, extra={**article.extra, "audience": "press"})
    first = deliver(for_press)
    assert item_of(first).press_only
    assert LiveFeed().translate(feed.account(), for_press, first.delivery_key)[0].body["audience"] == "press"
    second = deliver(article, edits=first)
    assert (second.state, item_of(first).press_only) == (State.DELIVERED, False)
    assert FeedItem.objects.seen_by(press=False, now=timezone.now()).count() == 1
    third = deliver(for_press, edits=first)
    assert third.state == State.FAILED
    assert item_of(first).message == article, "everybody has seen it"


def test_a_correction_follows_an_embargo_that_was_put_off(feed, article, deliver, item_of):
    soon, later = (timezone.now() + timedelta(hours=hours) for hours in (1, 5))
    first = deliver(replace(article, embargo_until=soon))
    deliver(replace(article, embargo_until=later), edits=first)
    assert item_of(first).opens_at == later
    assert not item_of(first).opened


def test_it_is_ready_when_the_site_is(feed):
    assert LiveFeed().verify(feed.account()).ok
    assert LiveFeed().limits.keeps_embargo
