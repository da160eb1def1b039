"""Make and take back keys, and end subscriptions: each checks, changes and leaves evidence."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from publishing import evidence
from publishing.feed import hub
from publishing.models import Channel, FeedKey, FeedSubscriber

MANAGES = "publishing.manage_feedkey"


def make(channel: Channel, *, name: str, by: Any) -> tuple[FeedKey, str]:
    """The key's row, and the key itself: told once."""
    _ensure(by)
    with transaction.atomic():
        made, key = FeedKey.objects.make(channel=channel, name=name, by=by)
        _leave("key_made", made, by)
    return made, key


def take_back(key: FeedKey, now: datetime, *, by: Any) -> bool:
    """It opens nothing any more, and what was subscribed to with it ends. False when it was taken back before."""
    _ensure(by)
    with transaction.atomic():
        if not FeedKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=now):
            return False
        for subscriber in key.subscribers.active():
            hub.end(subscriber, _("Its key was taken back."), now, by_name=by.get_username())
        _leave("key_taken_back", key, by)
    return True


def end_subscription(subscriber: FeedSubscriber, now: datetime, *, by: Any) -> bool:
    """Nothing is pushed to it any more."""
    _ensure(by)
    with transaction.atomic():
        return hub.end(subscriber, _("Somebody here ended it."), now, by_name=by.get_username())


def _ensure(by: Any) -> None:
    if not by.has_perm(MANAGES):
        raise PermissionDenied


def _leave(kind: str, key: FeedKey, by: Any) -> None:
    evidence.record(f"feed.{kind}", actor=by.get_username(), subject=f"feed_key:{key.pk}", payload={"name": key.name})
