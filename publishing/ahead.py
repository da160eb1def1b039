"""Ahead of its hour: what a platform needs minutes for (a video) is made ready before, so that it is out on the minute.

Nothing can be seen before the hour (``DeliveryKey.hour``), nothing is decided before it, and no pace is spent. What
stands in the way is passed over here and looked at when it is due.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from publishing import following, guards
from publishing.models import Channel, Delivery, StopOrder

LEAD = timedelta(minutes=15)


def start(due_at: datetime, channel: Channel, message: Mapping[str, Any], *, tied: bool = False) -> datetime:
    """When the clock looks at what is planned first (UTC): at its hour, or some time ahead of it.

    ``message`` as JSON. ``tied``: it follows another delivery or corrects one, and cannot go before that.
    """
    return due_at - LEAD if not tied and _fits(channel, message) else due_at


def start_of(delivery: Delivery, due_at: datetime) -> datetime:
    """The same for a delivery that is there, at another hour."""
    return start(due_at, delivery.channel, delivery.message_json, tied=_is_tied(delivery))


def _fits(channel: Channel, message: Mapping[str, Any]) -> bool:
    return channel.limits.ahead and not channel.dry_run and bool(message.get("video"))


def _is_tied(delivery: Delivery) -> bool:
    return delivery.follows_id is not None or delivery.edits_id is not None


def may_prepare(delivery: Delivery, channel: Channel, order: StopOrder | None, now: datetime) -> bool:
    """Whether nothing at all stands in the way now. Inside the transaction that would begin it."""
    usable = channel.retired_at is None and channel.paused_at is None
    quota = channel.not_before is None or channel.not_before <= now
    return (
        _fits(channel, delivery.message_json)
        and not _is_tied(delivery)
        and order is None
        and usable
        and quota
        and delivery.message.sha256() == delivery.message_sha256
        and isinstance(following.gate(delivery, now), following.Go)
        and guards.check(delivery) is None
    )
