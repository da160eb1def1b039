"""When a series comes: an RFC 5545 rule in Copenhagen wall time, as days and moments. Pure: the window is an argument.

A slot at 09.00 stays at 09.00 across the clock change. The two odd hours follow ``campaigns.clock``: of an hour that
occurs twice the first is meant; at an hour that does not exist the occurrence has no time, and a person gives it one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice

from dateutil.rrule import rrulestr

from campaigns import clock, public_holidays, rules

FAR = timedelta(days=5 * 366)  # a rule that gives nothing within five years gives nothing
SHIFTED = timedelta(days=15)  # further than any run of holidays moves an occurrence


class OnHolidays(StrEnum):
    """What becomes of an occurrence on a public holiday."""

    KEEP = "keep"
    SKIP = "skip"
    BEFORE = "before"  # the working day before
    AFTER = "after"  # the next working day


@dataclass(frozen=True)
class Recurrence:
    """``rule`` is an RRULE by days without UNTIL and COUNT. ``count`` counts what is left out as well (RFC 5545)."""

    rule: str
    starts_on: date
    at: time
    until: date | None = None
    count: int | None = None
    on_holidays: OnHolidays = OnHolidays.KEEP
    excluded: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Occurrence:
    """``on`` is the day by the rule, which it is known by; ``day`` where it lands; ``moment`` is UTC, or None."""

    on: date
    day: date
    moment: datetime | None


def occurrences(recurrence: Recurrence, first: date, last: date) -> list[Occurrence]:
    """Those that land on the days from ``first`` to ``last``, in order; at most 400 are looked at."""
    found: dict[date, Occurrence] = {}
    for on in _days(recurrence, first - SHIFTED, last + SHIFTED):
        day = _lands(recurrence, on)
        if day is None or day in recurrence.excluded or not first <= day <= last:
            continue
        there = found.get(day)
        if there is None or on == day:  # what was moved gives way to what belongs on that day
            found[day] = Occurrence(on, day, moment_on(recurrence, day))
    return [found[day] for day in sorted(found)]


def following(recurrence: Recurrence, first: date, number: int) -> list[Occurrence]:
    """The next ``number`` from ``first`` on, or as many as there are within five years."""
    start, end = max(first, recurrence.starts_on - SHIFTED), max(first, recurrence.starts_on) + FAR
    found: list[Occurrence] = []
    step = timedelta(days=120)
    while start <= end and len(found) < number and not _over(recurrence, start):
        found += occurrences(recurrence, start, min(start + step, end))
        start += step + timedelta(days=1)
    return found[:number]


def counted_before(recurrence: Recurrence, day: date) -> int:
    """How many days the rule has given before ``day``, those left out counted."""
    whole = replace(recurrence, excluded=frozenset())
    return sum(1 for _day in _days(whole, recurrence.starts_on, day - timedelta(days=1)))


def moment_on(recurrence: Recurrence, day: date) -> datetime | None:
    """The moment in UTC at which it comes that day; None when that time does not exist there."""
    wall = datetime.combine(day, recurrence.at)
    return None if clock.kind_of(wall) is clock.Kind.MISSING else clock.to_utc(wall)


def _days(recurrence: Recurrence, first: date, last: date) -> Iterator[date]:
    """What the rule gives in the window, without what was taken out by hand."""
    if rules.never(rules.read(recurrence.rule), recurrence.starts_on):
        return iter(())  # it would be sought until the year 9999
    if recurrence.until is not None:
        last = min(last, recurrence.until)
    start = datetime.combine(recurrence.starts_on, time())
    rule = rrulestr(recurrence.rule, dtstart=start).replace(until=datetime.combine(last, time()))  # type: ignore[union-attr]
    begin = datetime.combine(first, time())
    # COUNT is counted from the start, whatever window is asked about.
    found = islice(rule, recurrence.count) if recurrence.count else rule.xafter(begin, inc=True)
    days = (moment.date() for moment in found if moment >= begin)
    return (day for day in islice(days, rules.MOST) if day not in recurrence.excluded)


def _lands(recurrence: Recurrence, on: date) -> date | None:
    if recurrence.on_holidays is OnHolidays.KEEP or not public_holidays.is_holiday(on):
        return on
    match recurrence.on_holidays:
        case OnHolidays.BEFORE:
            return public_holidays.working_day_before(on)
        case OnHolidays.AFTER:
            return public_holidays.working_day_after(on)
    return None


def _over(recurrence: Recurrence, start: date) -> bool:
    return recurrence.until is not None and start > recurrence.until + SHIFTED
