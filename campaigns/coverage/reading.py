"""What coverage counts, read from the database in a handful of queries, however much there is.

Deliveries come first: they outlive their content, carry what they were in their labels, and know when they went out.
A placement that none was made for yet is told by the latest draft of its content.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from campaigns.coverage.facts import Appearance, Area, Fate, Topic
from campaigns.models import FocusArea, FocusMapping, Initiative, Placement, PlacementTag, Strategy, Target
from publishing.models import Delivery, State

FATES = {
    State.SCHEDULED: Fate.PLANNED,
    State.QUEUED: Fate.PLANNED,
    State.SENDING: Fate.PLANNED,
    State.PROCESSING: Fate.PLANNED,
    State.AWAITING_RETRY: Fate.PLANNED,
    State.UNCERTAIN: Fate.UNCERTAIN,
    State.HELD: Fate.HELD,
    State.MISSED: Fate.MISSED,
    State.FAILED: Fate.FAILED,
    State.DELIVERED: Fate.SENT,
    State.WITHDRAWN: Fate.WITHDRAWN,
    State.CANCELLED: Fate.CANCELLED,
}
SENT_COLUMNS = (
    "labels", "state", "sent_at", "due_at", "headline", "channel_id", "channel__dry_run", "placements__key",
    "placements__focus_area_id",
)  # fmt: skip
DRAFT_COLUMNS = (
    "key", "page_id", "page__draft_title", "page__content_type__model", "due_at", "latest_at", "cancelled_at",
    "delivery_id", "channel_id", "channel__dry_run", "page__latest_revision__content__focus_area",
    "page__latest_revision__content__owner_unit", "page__latest_revision__content__initiative_tags",
)  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """Everything that a report on one strategy is counted from."""

    areas: list[Area]
    topics: list[Topic]
    appearances: list[Appearance]


def read(strategy: Strategy | None, now: datetime) -> Facts:
    """The strategy's focus areas and initiatives, and every appearance there is, of any strategy."""
    planned = _from_deliveries()
    return Facts(_areas(strategy), _topics(strategy), [*planned.values(), *_from_drafts(planned, now)])


def _areas(strategy: Strategy | None) -> list[Area]:
    rows = FocusArea.objects.filter(goal__strategy=strategy)
    aims: dict[int, dict[tuple[int, int], int | None]] = {}
    found = Target.objects.filter(focus_area__goal__strategy=strategy).order_by("set_at", "pk")
    for area, year, quarter, stories in found.values_list("focus_area_id", "year", "quarter", "stories"):
        aims.setdefault(area, {})[year, quarter] = stories  # the newest counts
    return [
        Area(row.pk, row.name, row.target_per_quarter, row.key, tuple(aims.get(row.pk, {}).items())) for row in rows
    ]


def _topics(strategy: Strategy | None) -> list[Topic]:
    rows = Initiative.objects.filter(strategy=strategy).select_related("unit").prefetch_related("mappings")
    return [
        Topic(
            id=row.pk,
            number=row.number,
            title=row.title,
            suitable=row.suitable,
            confirmed=_mapped(row, FocusMapping.Status.CONFIRMED),
            proposed=_mapped(row, FocusMapping.Status.PROPOSED),
            likely=row.likely_number,
            unit=row.unit.name,
        )
        for row in rows
    ]


def _mapped(initiative: Initiative, status: str) -> frozenset[int]:
    return frozenset(row.focus_area_id for row in initiative.mappings.all() if row.status == status)


def _from_deliveries() -> dict[str, Appearance]:
    """One appearance a placement, by its key: what was replaced or updated meanwhile is one with what it became."""
    rows = Delivery.objects.filter(parent=None).exclude(state=State.CANCELLED).order_by("pk")
    groups: dict[str, list[tuple[Any, ...]]] = {}
    for row in rows.values_list(*SENT_COLUMNS).iterator():
        labels = _labels(row[0])
        key = row[7].hex if row[7] else labels.get("placement", "")
        if key and "page" in labels:
            groups.setdefault(key, []).append((labels, *row[1:]))
    tags: dict[str, set[int]] = {}
    for placement, initiative in PlacementTag.objects.values_list("placement__key", "initiative_id"):
        tags.setdefault(placement.hex, set()).add(initiative)
    return {key: _of_group(group, tags.get(key)) for key, group in groups.items()}


def _of_group(group: list[tuple[Any, ...]], tags: set[int] | None) -> Appearance:
    """``group`` is one placement's deliveries, oldest first: a page that is updated stays out since the first."""
    labels, state, sent_at, due_at, headline, channel, dry, placed, area = group[-1]
    out = [row[2] or row[3] for row in group if row[1] == State.DELIVERED]
    if out and state != State.WITHDRAWN:
        fate, at = Fate.SENT, min(out)
    else:
        fate, at = FATES[State(state)], sent_at or due_at
    return Appearance(
        story=f"page:{labels['page']}",
        title=headline,
        fate=fate,
        at=at,
        channel=channel,
        dry=dry,
        area=area if placed else _number(labels.get("focus")),
        initiatives=frozenset(tags if tags is not None else _numbers(labels.get("initiatives", ""))),
        unit=_number(labels.get("unit")),
        kind=labels.get("type", ""),
    )


def _from_drafts(planned: Iterable[str], now: datetime) -> list[Appearance]:
    """Placements with a time that nothing was planned from, told by the latest draft."""
    rows = Placement.objects.filter(Q(delivery=None) | Q(delivery__state=State.CANCELLED))
    rows = rows.filter(page__isnull=False, due_at__isnull=False)
    known, found = set(planned), []
    for row in rows.values_list(*DRAFT_COLUMNS):
        key, page, title, kind, due_at, latest_at, cancelled_at, delivery, channel, dry, area, unit, tags = row
        if key.hex in known:
            continue
        if cancelled_at or delivery:
            fate = Fate.CANCELLED
        else:
            fate = Fate.MISSED if (latest_at or due_at) < now else Fate.PREPARED
        initiatives = frozenset(tag["initiative"] for tag in tags or [] if tag.get("initiative"))
        found.append(Appearance(f"page:{page}", title, fate, due_at, channel, dry, area, initiatives, unit, kind))
    return found


def _labels(text: str) -> dict[str, str]:
    return dict(label.split(":", 1) for label in text.split() if ":" in label)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None


def _numbers(text: str) -> set[int]:
    return {int(part) for part in text.split(".") if part.isdigit()}
