"""A month at a glance: what stands first on each day is read whole, of all the rest only how much there is.

A list does so with a part of it. A wish for a state or a focus area is about what must be looked into: then everything
is read first.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from campaigns import calendar, clock, tray
from campaigns.calendar import Entry, Placed
from campaigns.models import Placement
from campaigns.models.placement import PlacementQuerySet
from campaigns.names import Names
from campaigns.tray import Part, Tray

A = TypeVar("A")
Items = list[list[Placed]]


@dataclass(frozen=True)
class Glance:
    """``entries`` are those of the items that stand first; ``further`` is how many more items each day has."""

    entries: list[Entry]
    further: dict[date, int]
    tray: Tray


@dataclass(frozen=True)
class Leaf:
    """``entries`` are those of the items from ``start`` on; ``total`` is how many items there are in all."""

    entries: list[Entry]
    start: int
    total: int
    tray: Tray


class Spot:
    """Where a placement stands in time: all that it takes to count."""

    __slots__ = ("channel", "content", "moment", "pk")

    def __init__(self, pk: int, content: int | None, channel: str, moment: datetime) -> None:
        self.pk, self.content, self.channel, self.moment = pk, content, channel, moment

    @property
    def wall(self) -> datetime:
        return clock.to_wall(self.moment)


def glance(start: datetime, end: datetime, part: Part, named: Names) -> Glance:
    """What begins each day in ``[start, end)``, as wished, and what lies in the tray."""
    entries, further, found = _first(start, end, part, named, first_of_days)
    return Glance(entries, further, found)


def leaf(start: datetime, end: datetime, number: int, length: int, part: Part, named: Names) -> Leaf:
    """That leaf of the items in ``[start, end)``, counted from 1; beyond the last the last one. And the tray."""

    def cut(items: Items) -> tuple[Items, tuple[int, int]]:
        last = max(0, (len(items) - 1) // length)
        begins = min(number - 1, last) * length
        return items[begins : begins + length], (begins, len(items))

    entries, (begins, total), found = _first(start, end, part, named, cut)
    return Leaf(entries, begins, total, found)


def _first(
    start: datetime, end: datetime, part: Part, named: Names, choose: Callable[[Items], tuple[Items, A]]
) -> tuple[list[Entry], A, Tray]:
    """The entries of the items that ``choose`` takes, what else it tells, and the tray."""
    rows = Placement.objects.active().between(start, end)
    if part.wish.looks_inside:
        entries, found = tray.beside(part.wish.rows(rows), part, named)
        shown, told = choose([list(item) for item in calendar.gather(entries)])
        wanted = {one.pk for item in shown for one in item}
        return [entry for entry in entries if entry.pk in wanted], told, found
    shown, told = choose([list(item) for item in calendar.gather(_spots(part.wish.rows(rows), named))])
    keys = [spot.pk for item in shown for spot in item]
    entries, found = tray.beside(Placement.objects.filter(pk__in=keys), part, named)
    return entries, told, found


def _spots(rows: PlacementQuerySet, named: Names) -> Iterable[Spot]:
    found = rows.order_by().values_list("pk", "page_id", "channel_id", "due_at")
    channels = {pk: channel.name for pk, channel in named.channels.items()}
    return [Spot(pk, page, channels[channel], due) for pk, page, channel, due in found if due is not None]


def first_of_days(items: Items) -> tuple[Items, dict[date, int]]:
    """Of each day the items that the month shows, and how many more there are."""
    by_day: dict[date, Items] = {}
    for item in items:
        by_day.setdefault(item[0].wall.date(), []).append(item)
    firsts: Items = []
    further: dict[date, int] = {}
    for day, found in by_day.items():
        shown = calendar.first_of(found)
        firsts += shown
        further[day] = len(found) - len(shown)
    return firsts, further
