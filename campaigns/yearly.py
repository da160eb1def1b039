"""When something that comes every year falls. Pure: a rule as data goes in, days come out.

A rule says on which day it begins; ``shift`` moves that day, ``length`` counts the days it lasts. So Black Week is the
fourth Thursday of November, three days earlier, for seven days.
"""

import calendar
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from dateutil.easter import easter

LAST = -1  # the last such weekday of a month


@dataclass(frozen=True)
class Rule:
    """``kind`` is a key of ``FINDERS``; of the other parts a rule has those that its kind asks for.

    ``weekday`` counts from 0 for Monday, ``nth`` from 1 or is ``LAST``. ``explicit`` maps a year to the first and the
    last day of each time in it; then neither ``shift`` nor ``length`` counts.
    """

    kind: str
    month: int = 0
    day: int = 0
    weekday: int = 0
    nth: int = 1
    week: int = 0
    shift: int = 0
    length: int = 1
    every: int = 1  # years
    since: int | None = None  # the year that ``every`` counts from
    explicit: Mapping[int, tuple[tuple[date, date], ...]] = field(default_factory=dict)


@dataclass(frozen=True, order=True)
class Span:
    """Whole days, both included."""

    first: date
    last: date

    def touches(self, first: date, last: date) -> bool:
        return self.first <= last and self.last >= first

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def within(rule: Rule, first: date, last: date) -> list[Span]:
    """Every time that has a day from ``first`` to ``last``, in order. What begins the year before is found too."""
    return sorted(
        span
        for year in range(first.year - 1, last.year + 2)
        for span in of_year(rule, year)
        if span.touches(first, last)
    )


def following(rule: Rule, day: date, years: int = 8) -> Span | None:
    """The time that goes on, or comes next; None when there is none in so many years."""
    for year in range(day.year - 1, day.year + years + 1):
        for span in of_year(rule, year):
            if span.last >= day:
                return span
    return None


def of_year(rule: Rule, year: int) -> list[Span]:
    """What begins by the rule of that year: nothing in a year that has no such day, or is none of its years."""
    if rule.since is not None and (year < rule.since or (year - rule.since) % max(rule.every, 1)):
        return []
    if rule.explicit:
        return [Span(*span) for span in rule.explicit.get(year, ())]
    found = FINDERS[rule.kind](rule, year)
    return [Span(start, start + timedelta(days=max(rule.length, 1) - 1)) for start in _shifted(found, rule.shift)]


def _shifted(found: Iterator[date], shift: int) -> Iterator[date]:
    return (day + timedelta(days=shift) for day in found)


def _fixed(rule: Rule, year: int) -> Iterator[date]:
    """29 February is the 28th where there is none."""
    yield date(year, rule.month, min(rule.day, calendar.monthrange(year, rule.month)[1]))


def _nth_weekday(rule: Rule, year: int) -> Iterator[date]:
    days = [
        date(year, rule.month, day)
        for day in range(1, calendar.monthrange(year, rule.month)[1] + 1)
        if date(year, rule.month, day).weekday() == rule.weekday
    ]
    if rule.nth == LAST:
        yield days[-1]
    elif 1 <= rule.nth <= len(days):
        yield days[rule.nth - 1]


def _week(rule: Rule, year: int) -> Iterator[date]:
    """ISO 8601, as weeks are numbered in Denmark. Not every year has a week 53."""
    if rule.week <= date(year, 12, 28).isocalendar().week:
        yield date.fromisocalendar(year, rule.week, rule.weekday + 1)


def _easter(rule: Rule, year: int) -> Iterator[date]:
    yield easter(year)


def _never(rule: Rule, year: int) -> Iterator[date]:
    return iter(())


FINDERS: Mapping[str, Callable[[Rule, int], Iterator[date]]] = {
    "fixed": _fixed,
    "nth_weekday": _nth_weekday,
    "week": _week,
    "easter": _easter,
    "dates": _never,  # only what is explicit
}
