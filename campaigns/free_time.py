"""The nearest time at which a channel is free. Pure: what is taken, and the time now, are arguments."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from campaigns import clock, conflicts
from campaigns.windows import Window
from publishing.models import Channel

STEP = timedelta(minutes=15)
AHEAD = timedelta(days=7)


def nearest(
    channel: Channel,
    wanted: datetime,
    taken: Iterable[datetime | None],
    now: datetime,
    closed: Sequence[Window] = (),
) -> datetime | None:
    """The first free quarter of an hour at or after ``wanted`` (UTC), never in the past; None within a week.

    What is closed for it does not count against that week.
    """
    busy = [moment for moment in taken if moment is not None]
    moment, end = _quarter(max(wanted, now)), wanted + AHEAD
    while moment <= end:
        shut = conflicts.closing(moment, closed)
        if shut is not None:
            end += shut.end - moment
            moment = _quarter(shut.end)
            continue
        if not conflicts.of_time(channel, moment, now) and not conflicts.of_gap(channel, moment, busy):
            return moment
        moment += STEP
    return None


def for_all(
    channels: Iterable[tuple[Channel, Iterable[datetime], Sequence[Window]]], wanted: datetime, now: datetime
) -> datetime | None:
    """The first free quarter for several channels at once, each with what is taken on it and closed for it."""
    asked = [(channel, list(taken), closed) for channel, taken, closed in channels]
    moment = wanted
    for _round in range(100):
        found = [nearest(channel, moment, taken, now, closed) for channel, taken, closed in asked]
        latest = max((time for time in found if time is not None), default=None)
        if latest is None or None in found:
            return None
        if all(time == latest for time in found):
            return latest
        moment = latest
    return None


def _quarter(moment: datetime) -> datetime:
    """Itself on a whole minute; what is not becomes the next quarter, as people plan."""
    if moment.second == 0 and moment.microsecond == 0:
        return moment
    wall = clock.to_wall(moment)
    past = timedelta(minutes=wall.minute % 15, seconds=wall.second, microseconds=wall.microsecond)
    return moment - past + STEP
