"""The plan as weeks and days, as people read it. Pure: no database and no clock.

Weeks begin on Monday and are numbered as in Denmark (ISO 8601). What one content sends to several channels at nearly
the same time is one item.
"""

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import Protocol, TypeVar

from campaigns import clock, waits
from publishing.presenting import Badge

TOGETHER = timedelta(minutes=30)  # between the first and the last of one item
WORKING_HOURS = range(7, 18)
NONE: Mapping[date, int] = MappingProxyType({})
SHOWN = 4  # items of a day in the month; the rest is a step away


class Placed(Protocol):
    """What it takes to tell which placements are read as one."""

    @property
    def pk(self) -> int: ...
    @property
    def content(self) -> int | None: ...
    @property
    def channel(self) -> str: ...
    @property
    def moment(self) -> datetime: ...
    @property
    def wall(self) -> datetime: ...


P = TypeVar("P", bound=Placed)
T = TypeVar("T")


@dataclass(frozen=True)
class Entry:
    """One placement. ``wall`` is the time on the clock in Copenhagen, ``urgency`` high when a person is needed."""

    pk: int
    content: int | None
    title: str
    channel: str
    moment: datetime
    badge: Badge
    urgency: int = 0
    focus_area: str = ""
    out: bool = False
    version: int = 0
    campaign: str = ""
    note: str = ""
    series: int | None = None  # id of the series that it belongs to

    @cached_property
    def wall(self) -> datetime:
        return clock.to_wall(self.moment)


@dataclass(frozen=True)
class Item:
    """What is read as one: a content's channels at nearly the same time."""

    entries: tuple[Entry, ...]

    @property
    def first(self) -> Entry:
        return self.entries[0]

    @cached_property
    def badge(self) -> Badge:
        """The state that wants a person most; among equals the one of the first channel."""
        return max(self.entries, key=lambda entry: entry.urgency).badge

    @cached_property
    def waits(self) -> str:
        """What it waits for, in words; empty for what takes its course."""
        return waits.of(self.badge.key)

    @cached_property
    def mixed(self) -> bool:
        """Whether its channels are not all in the same state, so that each must tell its own."""
        return len({entry.badge.key for entry in self.entries}) > 1

    @cached_property
    def channels(self) -> str:
        return ", ".join(entry.channel for entry in self.entries)

    @property
    def movable(self) -> bool:
        """Whether its time is still a plan."""
        return not self.first.out

    @property
    def versions(self) -> str:
        """What a move of it names, so that nobody undoes unseen what somebody else moved meanwhile."""
        return ",".join(f"{entry.pk}:{entry.version}" for entry in self.entries if not entry.out)


@dataclass(frozen=True)
class Day:
    """``hours`` is 24 but on the two days of the year on which the clocks change.

    ``further`` is how many items it has besides, which were not read.
    """

    date: date
    items: tuple[Item, ...]
    in_month: bool = True
    today: bool = False
    further: int = 0

    @property
    def shown(self) -> Sequence[Item]:
        return self.items if self.further else first_of(self.items)

    @property
    def more(self) -> int:
        """How many are a step away."""
        return len(self.items) - len(self.shown) + self.further

    @property
    def hours(self) -> int:
        start, end = bounds(self.date, self.date)
        return round((end - start) / timedelta(hours=1))


@dataclass(frozen=True)
class Hour:
    """An hour of the clock across several days: the items of each day in it."""

    hour: int
    cells: tuple[tuple[Day, tuple[Item, ...]], ...]


@dataclass(frozen=True)
class Week:
    number: int
    days: tuple[Day, ...]


def bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """The moments (UTC) at which the first day begins and the last one has ended, in Copenhagen."""
    midnight = time()
    start = clock.to_utc(datetime.combine(first, midnight))
    return start, clock.to_utc(datetime.combine(last + timedelta(days=1), midnight))


def grid(year: int, month: int) -> list[list[date]]:
    """The days of a month in whole weeks, so with the first or last days of its neighbours."""
    return calendar.Calendar(firstweekday=calendar.MONDAY).monthdatescalendar(year, month)


def neighbours(year: int, month: int) -> tuple[date, date]:
    """The first day of the month before, and of the month after."""
    first = date(year, month, 1)
    return (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=31)).replace(day=1)


def gather(placed: Iterable[P]) -> list[list[P]]:
    """What is read as one item, by time. An empty slot is always alone."""
    found: list[list[P]] = []
    open_items: dict[int, list[P]] = {}
    for one in sorted(placed, key=lambda one: (one.moment, one.channel, one.pk)):
        item = open_items.get(one.content) if one.content is not None else None
        if item is not None and _near(item[0], one):
            item.append(one)
            continue
        found.append([one])
        if one.content is not None:
            open_items[one.content] = found[-1]
    return found


def _near(first: Placed, other: Placed) -> bool:
    """Whether they are read as one; most often they go at the very same time."""
    apart = other.moment - first.moment
    return not apart or (apart <= TOGETHER and first.wall.date() == other.wall.date())


def together(entries: Iterable[Entry]) -> list[Item]:
    """Entries as items, by time."""
    return [Item(tuple(item)) for item in gather(entries)]


def first_of(items: Sequence[T]) -> Sequence[T]:
    """What a day of the month shows of them. One alone is never left out: it takes no more room than saying so."""
    return items if len(items) <= SHOWN + 1 else items[:SHOWN]


def days(
    dates: Sequence[date],
    entries: Iterable[Entry],
    *,
    today: date,
    month: int | None = None,
    further: Mapping[date, int] = NONE,
) -> list[Day]:
    """Each date with its items in the order of the clock, and how many it has besides."""
    by_day: dict[date, list[Item]] = {}
    for item in together(entries):
        by_day.setdefault(item.first.wall.date(), []).append(item)
    return [
        Day(
            day,
            tuple(by_day.get(day, ())),
            in_month=month is None or day.month == month,
            today=day == today,
            further=further.get(day, 0),
        )
        for day in dates
    ]


def weeks(
    year: int, month: int, entries: Iterable[Entry], *, today: date, further: Mapping[date, int] = NONE
) -> list[Week]:
    """A month as its weeks, every day with what is planned on it."""
    rows = grid(year, month)
    flat = iter(days([day for row in rows for day in row], entries, today=today, month=month, further=further))
    return [Week(row[0].isocalendar().week, tuple(next(flat) for _day in row)) for row in rows]


def hours(shown: Sequence[Day]) -> list[Hour]:
    """The working hours, and every other hour in which something stands, each across all days."""
    taken = {item.first.wall.hour for day in shown for item in day.items}
    return [
        Hour(hour, tuple((day, tuple(i for i in day.items if i.first.wall.hour == hour)) for day in shown))
        for hour in sorted(taken | set(WORKING_HOURS))
    ]


def week_of(day: date) -> list[date]:
    """Monday to Sunday of the week that ``day`` lies in."""
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=number) for number in range(7)]
