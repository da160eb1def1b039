"""A month at a glance: what stands first on each day is read whole, of all the rest only how much there is.

A wish for a state or a focus area is about what must be looked into: then everything is read first, as for a list.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from campaigns import agenda, calendar, clock
from campaigns.agenda import Waiting, Wish
from campaigns.calendar import Entry, P
from campaigns.models import Placement
from campaigns.models.placement import PlacementQuerySet
from campaigns.names import Names


@dataclass(frozen=True)
class Glance:
    """``entries`` are those of the items that stand first; ``further`` is how many more items each day has."""

    entries: list[Entry]
    further: dict[date, int]
    waiting: list[Waiting]


class Spot:
    """Where a placement stands in time: all that it takes to count."""

    __slots__ = ("channel", "content", "moment", "pk")

    def __init__(self, pk: int, content: int | None, channel: str, moment: datetime) -> None:
        self.pk, self.content, self.channel, self.moment = pk, content, channel, moment

    @property
    def wall(self) -> datetime:
        return clock.to_wall(self.moment)


def glance(start: datetime, end: datetime, now: datetime, wish: Wish, limit: int, named: Names) -> Glance:
    """What begins each day in ``[start, end)``, as wished, and what lies in the tray."""
    if wish.looks_inside:
        entries, waiting = agenda.both(start, end, now, wish, limit, named)
        shown, further = first_of_days(calendar.gather(entries))
        return Glance([entry for item in shown for entry in item], further, waiting)
    rows = Placement.objects.active().between(start, end)
    firsts, further = first_of_days(calendar.gather(_spots(wish.rows(rows), named)))
    wanted = Placement.objects.filter(pk__in=[spot.pk for item in firsts for spot in item])
    entries, waiting = agenda.with_tray(wanted, now, wish, limit, named)
    return Glance(entries, further, waiting)


def _spots(rows: PlacementQuerySet, named: Names) -> Iterable[Spot]:
    found = rows.order_by().values_list("pk", "page_id", "channel_id", "due_at")
    channels = {pk: channel.name for pk, channel in named.channels.items()}
    return [Spot(pk, page, channels[channel], due) for pk, page, channel, due in found if due is not None]


def first_of_days(items: Iterable[list[P]]) -> tuple[list[list[P]], dict[date, int]]:
    """Of each day the items that the month shows, and how many more there are."""
    by_day: dict[date, list[list[P]]] = {}
    for item in items:
        by_day.setdefault(item[0].wall.date(), []).append(item)
    firsts: list[list[P]] = []
    further: dict[date, int] = {}
    for day, found in by_day.items():
        shown = calendar.first_of(found)
        firsts += shown
        further[day] = len(found) - len(shown)
    return firsts, further
