"""Who takes items from the demo's live feed: a key in use, and a subscription that has ended. Nobody is pushed to."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from publishing.models import Channel, Feed, FeedKey, FeedSubscriber


def ensure(users: Mapping[str, Any], channel: Channel) -> None:
    """Once. The key that is made here is told to nobody, so it opens nothing."""
    if FeedKey.objects.filter(channel=channel).exists():
        return
    now = timezone.now()
    key, _told = FeedKey.objects.make(channel=channel, name="Avisen (prøve)", by=users["redaktor"])
    FeedKey.objects.filter(pk=key.pk).update(last_used_at=now - timedelta(minutes=3))
    FeedSubscriber.objects.create(
        feed=Feed.objects.get_or_create(channel=channel)[0],
        form="articles",
        callback="https://lokalavis.example.org/modtag",
        since=now - timedelta(days=40),
        lease_until=now - timedelta(days=30),
        next_at=now,
        pushed_at=now - timedelta(days=31),
        ended_at=now - timedelta(days=30),
        ended_reason="Dens tid var udløbet, og den bad ikke om mere.",
    )
