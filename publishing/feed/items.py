"""Write, replace and withdraw items. Each is one transaction, harmless to repeat, and counted once."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from publishing.message import Message
from publishing.models import Feed, FeedItem

Item = FeedItem


class Seen(Exception):
    """Everybody has seen it, so it cannot be for the press only any more."""


def find(key: UUID) -> FeedItem | None:
    return FeedItem.objects.filter(key=key).select_related("feed__channel").first()


@transaction.atomic
def put(channel_id: int, key: UUID, message: Message, *, press_only: bool) -> FeedItem:
    """The item of a delivery; the same key again gives the one that is there, whatever became of it."""
    feed = _locked(channel_id)
    item = FeedItem.objects.filter(key=key).first()
    if item is not None:
        return item
    now = timezone.now()
    return FeedItem.objects.create(
        key=key,
        feed=feed,
        message_json=message.to_json(),
        **_open_from(message, press_only, now),
        published_at=now,
        updated_at=now,
        written_by=[str(key)],
        **_numbered(feed),
    )


@transaction.atomic
def replace(key: UUID, message: Message, *, press_only: bool, by_key: UUID) -> FeedItem | None:
    """A correction, once for each delivery that brings one. None when there is nothing to correct any more.

    Whom it is for may change while nobody but the press has seen it: Seen, with nothing changed, once everybody has.
    """
    item = _item(key)
    if item is None or item.status == FeedItem.Status.WITHDRAWN:
        return None
    if str(by_key) in item.written_by:
        return item
    now = timezone.now()
    opening = _open_from(message, press_only, now)
    if item.opens_at is not None and item.opens_at <= now:
        if press_only:
            raise Seen
        opening = {}
    return _change(
        item,
        message_json=message.to_json(),
        status=FeedItem.Status.CORRECTED,
        **opening,
        version=item.version + 1,
        updated_at=now,
        written_by=[*item.written_by, str(by_key)],
    )


@transaction.atomic
def withdraw(key: UUID) -> None:
    """Its text goes; that it was here stays, for whoever has taken it. The public is not told of what it never saw."""
    item = _item(key)
    if item is None or item.status == FeedItem.Status.WITHDRAWN:
        return
    now = timezone.now()
    was_open = item.opens_at is not None and item.opens_at <= now
    _change(
        item,
        message_json={},
        status=FeedItem.Status.WITHDRAWN,
        version=item.version + 1,
        updated_at=now,
        opens_at=item.opens_at if was_open else None,
        opened=True,
    )


def open_to_all(now: datetime) -> int:
    """Embargoes that have ended are changes too: who was pushed to, or asks what is new, is told. Returns how many."""
    keys = list(FeedItem.objects.to_open(now).values_list("key", flat=True)[:100])
    for key in keys:
        with transaction.atomic():
            item = _item(key)
            if item is not None and not item.opened:
                _change(item, opened=True)
    return len(keys)


def _open_from(message: Message, press_only: bool, now: datetime) -> dict[str, Any]:
    """From when everybody may see it: an embargo that is over, or none, means now."""
    opens_at = None if press_only else max(now, message.embargo_until or now)
    return {"opens_at": opens_at, "opened": opens_at is None or opens_at <= now}


def _item(key: UUID) -> FeedItem | None:
    """As it is once its feed is ours: every change of a feed waits for the one before."""
    channel_id = FeedItem.objects.filter(key=key).values_list("feed__channel_id", flat=True).first()
    if channel_id is None:
        return None
    feed = _locked(channel_id)
    item = FeedItem.objects.filter(key=key).first()
    if item is not None:
        item.feed = feed
    return item


def _locked(channel_id: int) -> Feed:
    Feed.objects.get_or_create(channel_id=channel_id)
    return Feed.objects.select_for_update(of=("self",)).get(channel_id=channel_id)


def _numbered(feed: Feed) -> dict[str, Any]:
    """The moment is taken once the feed is ours, so that moments follow each other as the numbers do."""
    return {"sequence": feed.next_number(), "changed_at": timezone.now()}


def _change(item: FeedItem, **changes: Any) -> FeedItem:
    for name, value in {**changes, **_numbered(item.feed)}.items():
        setattr(item, name, value)
    item.save(update_fields=[*changes, "sequence", "changed_at"])
    return item
