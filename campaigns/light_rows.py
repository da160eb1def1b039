"""Placements as plain values: a month of thousands is read without making an object of each row."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, Subquery, Value
from django.db.models.functions import Coalesce

from campaigns.models import Placement
from campaigns.models.placement import OUT, PlacementQuerySet
from publishing import presenting
from publishing.models import Channel, Delivery, Receipt
from publishing.presenting import Badge

COLUMNS = (
    "pk",
    "page_id",
    "page__title",
    "page__draft_title",
    "channel__name",
    "due_at",
    "note",
    "version",
    "focus_area_id",
    "campaign_id",
    "delivery_id",
    "occurrence__series_id",
    "delivery__state",
    "delivery__channel_id",
    "delivery__receipt__read_back",
)


@dataclass(frozen=True, slots=True)
class Light:
    """``badge`` is the one of its delivery; None when nothing of it was handed to the outbox."""

    badge: Badge | None
    out: bool
    pk: int  # from here on as in COLUMNS
    page_id: int | None
    title: str
    draft_title: str
    channel: str
    due_at: datetime | None
    note: str
    version: int
    focus_area_id: int | None
    campaign_id: int | None
    delivery_id: int | None
    series_id: int | None


def read(rows: PlacementQuerySet, channels: Mapping[int, Channel]) -> list[Light]:
    """In one query."""
    return list(_light(rows.values_list(*COLUMNS), channels))


def read_beside(
    rows: PlacementQuerySet, others: PlacementQuerySet, start: int, end: int | None, channels: Mapping[int, Channel]
) -> tuple[list[Light], list[Light], int]:
    """These, and of the others those from ``start`` to ``end`` in their order; and how many others there are.

    One query for all of it. Without an other from ``start`` on it cannot tell how many there are before: 0.
    """
    part = Placement.objects.filter(pk__in=others.values("pk")[start:end])
    number = others.order_by().values(one=Value(1)).annotate(number=Count("pk")).values("number")
    mine = rows.order_by().values_list(Value(0, output_field=IntegerField()), *COLUMNS)
    theirs = part.order_by().values_list(Coalesce(Subquery(number), 0), *COLUMNS)
    found = list(mine.union(theirs, all=True))
    shown = list(_light((row[1:] for row in found if not row[0]), channels))
    beside = list(_light((row[1:] for row in found if row[0]), channels))
    return shown, beside, max((row[0] for row in found), default=0)


def _light(found: Iterable[Any], channels: Mapping[int, Channel]) -> Iterator[Light]:
    badges: dict[tuple[str, int, str | None], Badge] = {}
    for row in found:
        state, channel, read_back = row[12:]
        badge = None
        if state is not None:
            key = (state, channel, read_back)
            badge = badges.get(key)
            if badge is None:
                badge = badges[key] = _badge(state, channels[channel], read_back)
        yield Light(badge, state in OUT, *row[:12])


def _badge(state: str, channel: Channel, read_back: str | None) -> Badge:
    """Told by the one place that knows how deliveries are shown."""
    delivery = Delivery(state=state, channel=channel)
    if read_back is not None:
        delivery.receipt = Receipt(read_back=read_back)  # type: ignore[attr-defined]
    return presenting.badge_of(delivery)
