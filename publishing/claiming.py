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
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from publishing import statements
from publishing.models import Channel, Delivery, State
from publishing.models.delivery import CLAIMABLE
from publishing.statements import Statement

# What a pump moves: due, or left by a worker whose lease is over. The rest of what the clock moves is tended.
PUMPED = CLAIMABLE | {State.QUEUED, State.SENDING}
SHARE = 0.7  # of the lease: all calls of one send end by then, so nobody thinks that we are lost while we are not


def worker_name() -> str:
    """Who holds a lease: host, process and thread."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{threading.get_native_id()}"


def lease() -> timedelta:
    return timedelta(seconds=settings.PUBLISHING_LEASE_SECONDS)


def time_to_send(delivery: Delivery) -> float:
    """Seconds that the network may be used for this row. By the clock on the wall, as everybody else sees the lease:
    a worker that was frozen after begin finds no time left, however short it believes it slept."""
    left = (delivery.next_at - timezone.now()).total_seconds()
    return left - (1 - SHARE) * lease().total_seconds()


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
        rows = list(due[:limit])
        if rows:
            Delivery.objects.filter(pk__in=[row.pk for row in rows], state__in=CLAIMABLE).update(
                state=State.QUEUED,
                next_at=now + lease(),
                claimed_by=worker,
                attempt_number=F("attempt_number") + 1,
            )
    for row in rows:
        row.channel, row.place_in_line = channel, row.next_at
        row.state, row.claimed_by, row.attempt_number = State.QUEUED, worker, row.attempt_number + 1
        row.next_at = now + lease()
    return rows


def _busy(channel: Channel, worker: str, now: datetime) -> bool:
    """Whether as many others as the channel bears hold a lease on it already. Bounded on both sides: the rows planned
    for later lie behind, and may be a million."""
    held = Delivery.objects.filter(channel=channel, state__in=[State.QUEUED, State.SENDING], next_at__gt=now)
    others = held.filter(next_at__lte=now + 2 * lease()).exclude(claimed_by=worker)
    return others.order_by().values("claimed_by").distinct().count() >= channel.concurrency


def fenced(delivery: Delivery, expected: Iterable[State], **changes: Any) -> Statement:
    """A change of a row that takes only if the lease is still ours and the state is what we think.

    The row in hand is changed at once: whoever finds that the statement changed nothing has lost it, and lets go of it.
    """
    ours = {"id": delivery.pk, "claimed_by": delivery.claimed_by, "attempt_number": delivery.attempt_number}
    for name, value in changes.items():
        setattr(delivery, name, value)
    return statements.update(Delivery, changes, equal=ours, within={"state": list(expected)})


def write(delivery: Delivery, expected: Iterable[State], **changes: Any) -> bool:
    """Run a fenced change; says whether it took. What did not take leaves the row in hand as it was."""
    before = {name: getattr(delivery, name) for name in changes}
    taken = statements.run(fenced(delivery, expected, **changes)).count
    if not taken:
        for name, value in before.items():
            setattr(delivery, name, value)
    return bool(taken)


def give_back(delivery: Delivery, *, next_at: datetime | None = None, reason: str = "") -> bool:
    """Return a queued row unsent, to its old place in the line unless a moment is given; spends no attempt.

    Waiting never goes beyond the latest moment: then it is looked at, and is missed.
    """
    moment = next_at or delivery.place_in_line or timezone.now()
    if delivery.latest_at is not None:
        moment = min(moment, max(delivery.latest_at, timezone.now()) + timedelta(seconds=1))
    state = State.AWAITING_RETRY if delivery.tries else State.SCHEDULED
    return write(delivery, [State.QUEUED], state=state, next_at=moment, claimed_by="", state_reason=reason[:500])


def due_channels(now: datetime) -> list[int]:
    """Channels whose bell must ring: something is due, or was left by a lost worker."""
    first = Delivery.objects.filter(channel=OuterRef("pk"), state__in=PUMPED).order_by("next_at").values("next_at")[:1]
    return list(
        Channel.objects.order_by("pk")
        .annotate(first=Subquery(first))
        .filter(first__lte=now)
        .values_list("pk", flat=True)
    )
