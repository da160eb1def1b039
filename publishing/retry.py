"""When to try again, or never. Pure: no clock, no database."""

from datetime import datetime, timedelta

FIRST = 5.0  # seconds after the first failure
LONGEST = 900.0  # seconds; no wait grows beyond a quarter of an hour
MAXIMUM_TRIES = 12


def next_try(tries: int, now: datetime, *, latest_at: datetime | None, luck: float) -> datetime | None:
    """The moment (UTC) of the next try after ``tries`` failures, or None when it is time to give up.

    Doubles from 5 seconds to 15 minutes; ``luck`` in [0, 1) spreads it over the upper half, so that a platform coming
    back is not met by everybody at once. Never later than ``latest_at``: a post that is late is not sent.
    """
    if tries >= MAXIMUM_TRIES:
        return None
    wait = min(LONGEST, FIRST * 2 ** max(0, tries - 1))
    moment = now + timedelta(seconds=wait * (0.5 + luck / 2))
    return None if latest_at is not None and moment > latest_at else moment
