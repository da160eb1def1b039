"""What kinds that take a video share: its next pieces, and how long to wait for the platform.

An attempt has a lease of a minute. So it carries so much of a video and no more, says what was done (``Prepared``), and
the next claim passes every gate again and goes on from there.
"""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from publishing.adapters.base import DeliveryKey, Prepared
from publishing.errors import TemporaryError

AT_ONCE = 12_000_000  # bytes that one attempt carries
NO_LONGER = 10.0  # seconds, after which an attempt begins no further piece
SOONEST, LATEST = timedelta(seconds=2), timedelta(minutes=1)
PATIENCE = timedelta(hours=2)


def carry(step: Callable[[], int]) -> None:
    """Call ``step`` for piece after piece until an attempt has carried its share; it says how many bytes went, 0 at the
    end. What has arrived counts, though the next one be lost: that one goes with the next attempt.

    A piece must leave the house within the time of one call (``http.TIMEOUT``).
    """
    sent, until = 0, time.monotonic() + NO_LONGER
    while True:
        try:
            size = step()
        except TemporaryError as error:
            if error.afresh or not sent:
                raise
            return
        sent += size
        if not size or sent >= AT_ONCE or time.monotonic() > until:
            return


def until_its_hour(key: DeliveryKey) -> Prepared | None:
    """For what is ready ahead of its hour (``limits.ahead``): kept as it is until then; None when it may be seen."""
    hour = key.hour
    return Prepared(hour, key.prepared) if hour is not None and key.is_early(datetime.now(UTC)) else None


def since(prepared: Mapping[str, Any], now: datetime) -> datetime:
    """When the platform was given it to work on, as written down under "since"; now when it was not."""
    told = prepared.get("since")
    return datetime.fromisoformat(str(told)) if told else now


def look_again(begun: datetime, now: datetime, patience: timedelta = PATIENCE) -> datetime | None:
    """When to look next at what a platform works on, seldomer the longer it takes; None when it has taken too long."""
    age = now - begun
    return now + min(max(age / 2, SOONEST), LATEST) if age < patience else None
