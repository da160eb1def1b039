"""Placements as entries of the calendar: read in a few queries, however many there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from campaigns import contents, light_rows, names, waits
from campaigns.calendar import Entry
from campaigns.contents import ANYTHING, Facts, Sought, Unplaced
from campaigns.light_rows import Light
from campaigns.models import Placement
from campaigns.models.placement import PlacementQuerySet
from campaigns.names import Names
from publishing import presenting
from publishing.models import Delivery, State
from publishing.presenting import Badge

# How much a state wants a person; an item of several channels shows the one that wants most.
URGENCY = {
    State.UNCERTAIN: 9,
    State.FAILED: 8,
    "by_hand": 7,
    "absent": 7,
    "different": 7,
    State.MISSED: 6,
    State.HELD: 5,
    State.AWAITING_RETRY: 4,
    "draft": 3,
    "in_approval": 3,
    "changed": 3,
    State.SENDING: 2,
    State.QUEUED: 2,
    State.PROCESSING: 2,
    State.SCHEDULED: 1,
}
ATTENTION = frozenset({State.UNCERTAIN, State.FAILED, State.MISSED, State.HELD, "by_hand", "absent", "different"})
SENT = frozenset({State.DELIVERED, "read_back", "absent", "different"})
UNDER_WAY = frozenset({State.QUEUED, State.SENDING, State.PROCESSING, State.AWAITING_RETRY})


def of_campaign(campaign: int) -> Q:
    """What was planned for it, and where content of it goes that was not planned for any other."""
    of_it = contents.seek(Sought(campaign=campaign))
    return Q(campaign_id=campaign) | Q(campaign=None, page_id__in=of_it)


@dataclass(frozen=True)
class Wish:
    """What to show: everything when nothing is wished."""

    channel: int | None = None
    state: str = ""
    focus_area: int | None = None
    campaign: int | None = None
    mine: int | None = None  # user id
    content: Sought = ANYTHING

    def rows(self, rows: PlacementQuerySet) -> PlacementQuerySet:
        """What the database can tell by itself."""
        if self.channel:
            rows = rows.filter(channel_id=self.channel)
        if self.campaign:
            rows = rows.filter(of_campaign(self.campaign))
        if self.mine:
            rows = rows.filter(page__owner_id=self.mine)
        if not self.content.anything:
            rows = rows.filter(page_id__in=contents.seek(self.content))
        return rows

    @property
    def looks_inside(self) -> bool:
        """Whether it asks for what ``rows`` cannot tell."""
        return bool(self.state or self.focus_area)

    def wants(self, badge: Badge, focus_area_id: int | None) -> bool:
        """What is known only when state and content have been looked at."""
        if self.focus_area and focus_area_id != self.focus_area:
            return False
        match self.state:
            case "":
                return True
            case "attention":
                return badge.key in ATTENTION
            case "scheduled":
                return badge.key == State.SCHEDULED or badge.key in UNDER_WAY
            case State.DELIVERED:
                return badge.key in SENT
            case "draft":
                return badge.key in ("draft", "changed")
        return badge.key == self.state


def between(start: datetime, end: datetime, wish: Wish = Wish()) -> list[Entry]:
    """Everything planned or sent in ``[start, end)``, as wished."""
    named = names.read()
    found = light_rows.read(wish.rows(Placement.objects.active().between(start, end)), named.channels)
    return _entries(found, contents.describe(_undelivered(found)), named, wish)


def whole_campaign(campaign: int, limit: int, named: Names) -> "tuple[list[Entry], list[Waiting]]":
    """Everything that is planned for a campaign, whenever it is, and what of it has no time or no place."""
    wish, sought = Wish(campaign=campaign), Sought(campaign=campaign)
    found = light_rows.read(wish.rows(Placement.objects.active()), named.channels)
    undated = wish.rows(Placement.objects.undated()).with_states()
    lying = Lying([*undated.order_by("pk")[:limit]], contents.unplaced(limit, sought))
    facts = contents.describe(_undelivered(found) | lying.pages)
    return _entries(found, facts, named, wish), _waiting_of(lying, facts, named, wish)


def both(
    start: datetime, end: datetime, now: datetime, wish: Wish, limit: int, named: Names
) -> "tuple[list[Entry], list[Waiting]]":
    """What ``between`` and ``tray`` tell, with what is asked about content asked once."""
    rows = wish.rows(Placement.objects.active().between(start, end))
    return with_tray(rows, now, wish, limit, named)


def with_tray(
    rows: PlacementQuerySet, now: datetime, wish: Wish, limit: int, named: Names
) -> "tuple[list[Entry], list[Waiting]]":
    """The same of these very placements."""
    found = light_rows.read(rows, named.channels)
    lying = _lying(now, wish, limit)
    facts = contents.describe(_undelivered(found) | lying.pages)
    return _entries(found, facts, named, wish), _waiting_of(lying, facts, named, wish)


def _undelivered(found: list[Light]) -> set[int]:
    """Pages whose placements have no delivery to tell how far they have come."""
    return {row.page_id for row in found if row.page_id and row.delivery_id is None}


def _entries(found: list[Light], facts: Mapping[int, Facts], named: Names, wish: Wish) -> list[Entry]:
    entries = []
    for row in found:
        about = facts.get(row.page_id or 0)
        badge, area = row.badge or _without_delivery(row.page_id, about), row.focus_area_id
        area = area or (about.focus_area_id if about else None)
        if wish.wants(badge, area):
            entries.append(_entry(row, badge, named.area(area), named.campaign(row.campaign_id)))
    return entries


def _entry(row: Light, badge: Badge, focus_area: str, campaign: str) -> Entry:
    return Entry(
        pk=row.pk,
        content=row.page_id,
        title=(row.draft_title or row.title) if row.page_id else row.note or _("(empty slot)"),
        channel=row.channel,
        moment=row.due_at,
        badge=badge,
        urgency=URGENCY.get(badge.key, 0),
        focus_area=focus_area,
        out=row.out,
        version=row.version,
        campaign=campaign,
        note=row.note,
        series=row.series_id,
    )


def title_of(row: Placement) -> str:
    if row.page is None:
        return row.note or _("(empty slot)")
    return str(row.page.draft_title or row.page.title)


def badge_of(row: Placement, facts: Facts | None) -> Badge:
    """How far a placement has come: as its delivery, or before there is one, as its content."""
    delivery: Delivery | None = row.delivery
    if delivery is not None:
        return presenting.badge_of(delivery)
    return _without_delivery(row.page_id, facts)


def _without_delivery(page_id: int | None, facts: Facts | None) -> Badge:
    if page_id is None:
        return presenting.badge("empty", _("empty slot"))
    return facts.badge if facts is not None else presenting.badge("draft", _("draft"))


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

    @property
    def waits(self) -> str:
        return waits.of(self.badge.key) if self.due_at else waits.of_undated(self.badge.key)


@dataclass(frozen=True)
class Lying:
    """What lies in the tray, before anybody knows how far it has come."""

    rows: list[Placement]
    unplaced: list[Unplaced]

    @property
    def pages(self) -> set[int]:
        return {row.page_id for row in self.rows if row.page_id} | {item.page_id for item in self.unplaced}


def tray(now: datetime, wish: Wish, limit: int) -> list[Waiting]:
    """What wants a time, what has no place in the plan, and slots ahead that want a text."""
    lying = _lying(now, wish, limit)
    return _waiting_of(lying, contents.describe(lying.pages), names.read(), wish)


def _lying(now: datetime, wish: Wish, limit: int) -> Lying:
    rows = wish.rows(Placement.objects.undated()).with_states()
    slots = wish.rows(Placement.objects.active().filter(page=None, due_at__gte=now)).select_related("channel")
    unplaced = contents.unplaced(limit) if wish.channel is None else []
    return Lying([*rows.order_by("pk")[:limit], *slots.order_by("due_at")[:limit]], unplaced)


def _waiting_of(lying: Lying, facts: Mapping[int, Facts], named: Names, wish: Wish) -> list[Waiting]:
    found = []
    for row in lying.rows:
        about = facts.get(row.page_id or 0)
        badge, area = badge_of(row, about), about.focus_area_id if about else None
        if wish.wants(badge, area):
            words = title_of(row), badge, named.area(area), row.channel.name
            found.append(Waiting(*words, placement=row.pk, due_at=row.due_at, version=row.version))
    found += [_waiting(item, facts[item.page_id], named) for item in _wished(lying.unplaced, facts, wish)]
    return found


def _wished(unplaced: list[Unplaced], facts: Mapping[int, Facts], wish: Wish) -> Iterable[Unplaced]:
    sought = {row["pk"] for row in contents.seek(wish.content)} if not wish.content.anything else None
    for item in unplaced:
        if sought is not None and item.page_id not in sought:
            continue
        mine = wish.mine is None or item.owner_id == wish.mine
        about = facts.get(item.page_id)
        of_campaign = wish.campaign is None or (about is not None and about.campaign_id == wish.campaign)
        if mine and of_campaign and about is not None and wish.wants(about.badge, about.focus_area_id):
            yield item


def _waiting(item: Unplaced, about: Facts, named: Names) -> Waiting:
    return Waiting(item.title, about.badge, named.area(about.focus_area_id), page_id=item.page_id)
