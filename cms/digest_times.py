"""When a letter is due, and when nobody wants one. Pure; wall time in Copenhagen, clock changes and all."""

from datetime import date, datetime, time, timedelta

from campaigns import clock

DAYS = {"daily": 1, "weekly": 7}


def latest(rhythm: str, hour: int, weekday: int, now: datetime) -> datetime | None:
    """The last moment (UTC) at which a list was due, ``now`` included; None for who wants none."""
    step = DAYS.get(rhythm)
    if step is None:
        return None
    day = clock.to_wall(now).date()
    if step == DAYS["weekly"]:
        day -= timedelta(days=(day.weekday() - weekday) % 7)
    due = _at(day, hour)
    return due if due <= now else _at(day - timedelta(days=step), hour)


def _at(day: date, hour: int) -> datetime:
    return clock.to_utc(clock.next_existing(datetime.combine(day, time(hour))))


def is_quiet(start: time, end: time, now: datetime) -> bool:
    """Whether ``now`` lies in the hours from ``start`` until ``end``, which may pass midnight. Equal: never quiet."""
    at = clock.to_wall(now).time()
    if start <= end:
        return start <= at < end
    return at >= start or at < end
