"""The tray: what wants a time, what has no place in the plan, and slots ahead that want a text."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from campaigns import agenda, contents, light_rows, waits
from campaigns.agenda import Wish
from campaigns.calendar import Entry
from campaigns.contents import Facts, Sought, Unplaced
from campaigns.light_rows import Light
from campaigns.models import Placement
from campaigns.models.placement import PlacementQuerySet
from campaigns.names import Names
from publishing.presenting import Badge


@dataclass(frozen=True)
class Waiting:
    """One thing in the tray: content that wants a time (``placement``), or a place at all (``page_id``)."""

    title: str
    badge: Badge
    focus_area: str = ""
    channel: str = ""
    placement: int | None = None
    page_id: int | None = None
    due_at: datetime | None = None
    version: int = 0
    editable: bool = False  # by whoever looks; of content without a place only

    @property
    def waits(self) -> str:
        return waits.of(self.badge.key) if self.due_at else waits.of_undated(self.badge.key)


@dataclass(frozen=True)
class Tray:
    """The things that were asked for, and how many there are as wished."""

    items: tuple[Waiting, ...]
    total: int


@dataclass(frozen=True)
class Part:
    """Which things of the tray are asked for, and by whom: so many of them, from ``start`` on."""

    now: datetime
    wish: Wish
    limit: int
    start: int = 0
    user: Any = None
    slots: bool = True  # those with a time that want a text, too

    @property
    def end(self) -> int:
        return self.start + self.limit

    def placements(self) -> PlacementQuerySet:
        """They lie first: those without a time, then slots by their time."""
        lying = Q(due_at=None) | Q(page=None, due_at__gte=self.now) if self.slots else Q(due_at=None)
        rows = self.wish.rows(Placement.objects.active().filter(lying))
        return rows.order_by(F("due_at").asc(nulls_first=True), "pk")

    def sought(self) -> Sought:
        return replace(self.wish.content, campaign=self.wish.campaign)


def whole_campaign(campaign: int, limit: int, named: Names, user: Any) -> tuple[list[Entry], Tray]:
    """Everything that is planned for a campaign, whenever it is, and what of it has no time or no place."""
    wish = Wish(campaign=campaign)
    rows = wish.rows(Placement.objects.active().filter(due_at__isnull=False))
    return beside(rows, Part(timezone.now(), wish, limit, user=user, slots=False), named)


def read(part: Part, named: Names) -> Tray:
    return beside(Placement.objects.none(), part, named)[1]


def beside(rows: PlacementQuerySet, part: Part, named: Names) -> tuple[list[Entry], Tray]:
    """These placements as wished, and the tray; what both ask is asked once.

    A wish for what must be looked into takes the whole tray, for nobody knows before how much of it is wished.
    """
    wish, inside = part.wish, part.wish.looks_inside
    placements = part.placements()
    start, end = (0, None) if inside else (part.start, part.end)
    shown, lying, before = light_rows.read_beside(rows, placements, start, end, named.channels)
    if start and not lying:
        before = placements.count()
    loose, loose_number = _unplaced(part, start, end, before)
    facts = contents.describe(_pages(shown, lying, loose))
    entries = agenda.entries_of(shown, facts, named, wish)
    items = tuple(_waiting_of(lying, loose, facts, named, wish))
    if inside:
        return entries, Tray(items[part.start : part.end], len(items))
    return entries, Tray(items, before + loose_number)


def _unplaced(part: Part, start: int, end: int | None, before: int) -> tuple[list[Unplaced], int]:
    """What lies behind so many placements. Without a place means: on no channel either."""
    if part.wish.channel is not None:
        return [], 0
    last = None if end is None else max(0, end - before)
    return contents.unplaced(part.sought(), max(0, start - before), last, part.user, part.wish.mine)


def _pages(shown: list[Light], lying: list[Light], loose: list[Unplaced]) -> set[int]:
    placed = agenda.undelivered(shown) | {row.page_id for row in lying if row.page_id}
    return placed | {item.page_id for item in loose}


def _waiting_of(
    lying: list[Light], loose: list[Unplaced], facts: Mapping[int, Facts], named: Names, wish: Wish
) -> list[Waiting]:
    found = []
    for row in sorted(lying, key=lambda row: (row.due_at is not None, row.due_at or 0, row.pk)):
        badge, area = agenda.told_of(row, facts)
        if wish.wants(badge, area):
            said = agenda.title_of_light(row), badge, named.area(area), row.channel
            found.append(Waiting(*said, placement=row.pk, due_at=row.due_at, version=row.version))
    for item in loose:
        about = facts.get(item.page_id)
        if about is not None and wish.wants(about.badge, about.focus_area_id):
            words = item.title, about.badge, named.area(about.focus_area_id)
            found.append(Waiting(*words, page_id=item.page_id, editable=item.editable))
    return found
