"""Taking due deliveries: a conditional update, a lease, and fences for every later write.

``next_at`` is when the clock looks at a row next. Claiming moves it to the end of the lease, so that an expired lease
is found by the very query that finds due rows. The lease is much longer than the HTTP time-out.
"""

import os
import socket
import threading
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from publishing.models import Channel, Delivery, State
from publishing.models.delivery import CLAIMABLE, OPEN


def worker_name() -> str:
    """Who holds a lease: host, process and thread."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{threading.get_ident() % 1_000_000}"


def lease() -> timedelta:
    return timedelta(seconds=settings.PUBLISHING_LEASE_SECONDS)


def claim(channel_id: int, *, worker: str, now: datetime, limit: int) -> list[Delivery]:
    """Take at most ``limit`` due rows of one channel, earliest first; nobody else gets the same ones.

    PostgreSQL skips rows that another worker is taking; on SQLite the immediate transaction gives each its turn.
    """
    with transaction.atomic():
        channel = Channel.objects.select_for_update(no_key=True).get(pk=channel_id)
        if _busy(channel, worker, now):
            return []
        due = Delivery.objects.filter(channel_id=channel_id).due(now).order_by("next_at")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True, no_key=True, of=("self",))
        rows = list(due.select_related("channel")[:limit])
        if rows:
            Delivery.objects.filter(pk__in=[row.pk for row in rows], state__in=CLAIMABLE).update(
                state=State.QUEUED,
                next_at=now + lease(),
                claimed_by=worker,
                attempt_number=F("attempt_number") + 1,
            )
    for row in rows:
        row.state, row.claimed_by, row.attempt_number = State.QUEUED, worker, row.attempt_number + 1
        row.next_at = now + lease()
    return rows


def _busy(channel: Channel, worker: str, now: datetime) -> bool:
    """Whether as many others as the channel bears hold a lease on it already."""
    held = Delivery.objects.filter(channel=channel, state__in=[State.QUEUED, State.SENDING], next_at__gt=now)
    return held.exclude(claimed_by=worker).order_by().values("claimed_by").distinct().count() >= channel.concurrency


def write(delivery: Delivery, expected: Iterable[State], **changes: Any) -> bool:
    """Change a row only if the lease is still ours and the state is what we think; says whether it was."""
    done = Delivery.objects.filter(
        pk=delivery.pk,
        claimed_by=delivery.claimed_by,
        attempt_number=delivery.attempt_number,
        state__in=list(expected),
    ).update(**changes)
    if done:
        for name, value in changes.items():
            setattr(delivery, name, value)
    return bool(done)


def give_back(delivery: Delivery, *, next_at: datetime, reason: str = "") -> bool:
    """Return a queued row unsent; spends no attempt."""
    state = State.AWAITING_RETRY if delivery.tries else State.SCHEDULED
    return write(delivery, [State.QUEUED], state=state, next_at=next_at, claimed_by="", state_reason=reason[:500])


def due_channels(now: datetime) -> list[int]:
    """Channels whose bell must ring: something is due or asks to be looked at again."""
    return list(
        Delivery.objects.filter(state__in=OPEN, next_at__lte=now)
        .order_by()
        .values_list("channel_id", flat=True)
        .distinct()
    )
