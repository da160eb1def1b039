"""When to try again, or never. Pure: no clock, no database."""

from datetime import datetime, timedelta

FIRST = 5.0  # seconds after the first failure
LONGEST = 900.0  # seconds; no wait grows beyond a quarter of an hour
MAXIMUM_TRIES = 12
BEFORE_THE_END = timedelta(seconds=3)  # the last try leaves time to be begun


def next_try(tries: int, now: datetime, *, latest_at: datetime | None, luck: float) -> datetime | None:
    """The moment (UTC) of the next try after ``tries`` failures, or None when it is time to give up.

    Doubles from 5 seconds to 15 minutes; ``luck`` in [0, 1) spreads it over the upper half, so that a platform coming
    back is not met by everybody at once. The last try is just before ``latest_at``: a post that is late is not sent.
    """
    if tries >= MAXIMUM_TRIES or (latest_at is not None and latest_at <= now):
        return None
    wait = min(LONGEST, FIRST * 2 ** max(0, tries - 1))
    moment = now + timedelta(seconds=wait * (0.5 + luck / 2))
    if latest_at is None or moment <= latest_at:
        return moment
    last = latest_at - BEFORE_THE_END
    return last if last > now else None
