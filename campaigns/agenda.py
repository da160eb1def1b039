"""Placements as entries of the calendar: read in a few queries, however many there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from campaigns import contents, light_rows, names
from campaigns.calendar import Entry
from campaigns.contents import ANYTHING, Facts, Sought
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
    return entries_of(found, contents.describe(undelivered(found)), named, wish)


def undelivered(found: Iterable[Light]) -> set[int]:
    """Pages whose placements have no delivery to tell how far they have come."""
    return {row.page_id for row in found if row.page_id and row.delivery_id is None}


def entries_of(found: Iterable[Light], facts: Mapping[int, Facts], named: Names, wish: Wish) -> list[Entry]:
    """Dated placements as wished."""
    told = ((row, *told_of(row, facts)) for row in found)
    return [
        _entry(row, row.due_at, badge, area, named)
        for row, badge, area in told
        if row.due_at is not None and wish.wants(badge, area)
    ]


def told_of(row: Light, facts: Mapping[int, Facts]) -> tuple[Badge, int | None]:
    """How far it has come, and its focus area."""
    about = facts.get(row.page_id or 0)
    area = row.focus_area_id or (about.focus_area_id if about else None)
    return row.badge or _without_delivery(row.page_id, about), area


def title_of_light(row: Light) -> str:
    return (row.draft_title or row.title) if row.page_id else row.note or _("(empty slot)")


def _entry(row: Light, moment: datetime, badge: Badge, area: int | None, named: Names) -> Entry:
    return Entry(
        pk=row.pk,
        content=row.page_id,
        title=title_of_light(row),
        channel=row.channel,
        moment=moment,
        badge=badge,
        urgency=URGENCY.get(badge.key, 0),
        focus_area=named.area(area),
        out=row.out,
        version=row.version,
        campaign=named.campaign(row.campaign_id),
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
