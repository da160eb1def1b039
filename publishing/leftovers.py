"""What a delivery had made ready on a platform and will never publish: noted with the very change that gives it up."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from publishing import evidence
from publishing.models import Delivery, Leftover
from publishing.models.delivery import FAR


def give_up(delivery: Delivery) -> None:
    """The delivery forgets it, so that no later attempt can publish it. In the transaction that ends the delivery."""
    prepared = delivery.prepared
    if prepared:
        Delivery.objects.filter(pk=delivery.pk).update(prepared=None)
        delivery.prepared = None
        leave(delivery, prepared)


def leave(delivery: Delivery, prepared: Mapping[str, Any]) -> None:
    """A worker is to take it away, where anybody could see it."""
    if delivery.channel.limits.discards:
        Leftover.objects.create(delivery=delivery, prepared=dict(prepared), next_at=timezone.now())
        evidence.record("draft.given_up", delivery=delivery)


def by_hand() -> QuerySet[Leftover]:
    """Those that the system could not take away."""
    return Leftover.objects.filter(next_at__gte=FAR)
