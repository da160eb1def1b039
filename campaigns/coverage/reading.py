"""What coverage counts, read from the database in a handful of queries, however much there is.

Deliveries come first: they outlive their content, carry what they were in their labels, and know when they went out.
A placement that none was made for yet is told by the latest draft of its content.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from campaigns.coverage import languages, storing, structure
from campaigns.coverage.facts import Appearance, Area, Fate, Topic
from campaigns.models import (
    CoverageStory,
    Placement,
    PlacementTag,
    Strategy,
)
from publishing.models import Channel, Delivery, State

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
PLANNED = sorted(state for state, fate in FATES.items() if fate is Fate.PLANNED)
SENT_COLUMNS = (
    "labels", "state", "sent_at", "due_at", "headline", "channel_id", "channel__dry_run", "placements__key",
    "placements__focus_area_id", "placements__due_at", "placements__first_planned_for",
)  # fmt: skip
DRAFT_COLUMNS = (
    "key", "page_id", "page__draft_title", "page__content_type__model", "due_at", "latest_at", "cancelled_at",
    "delivery_id", "channel_id", "channel__dry_run", "page__latest_revision__content__focus_area",
    "page__latest_revision__content__owner_unit", "page__latest_revision__content__initiative_tags",
    "first_planned_for",
)  # fmt: skip
AT_ONCE = 5000  # how many pages are asked for in one query


@dataclass(frozen=True)
class Facts:
    """Everything that a report on one strategy is counted from."""

    areas: list[Area]
    topics: list[Topic]
    appearances: list[Appearance]


def read(strategy: Strategy | None, now: datetime, *, since: datetime | None = None) -> Facts:
    """The strategy's focus areas and initiatives, and every appearance there is, as ``appearances`` has them."""
    return Facts(structure.areas_of(strategy), structure.topics_of(strategy), appearances(now, since=since))


def appearances(now: datetime, *, since: datetime | None = None) -> list[Appearance]:
    """Of any strategy.

    ``since`` (UTC): only contents that appear then or later or are still to come, each with all its appearances, so
    that what they count from then on is the same.
    """
    versions = languages.versions()
    if since is None:
        planned = _from_deliveries(Delivery.objects.all(), PlacementTag.objects.all())
        return languages.as_one([*planned.values(), *_from_drafts(planned, now)], versions)
    planned = _since(since)
    recent = _from_drafts(planned, now, Q(due_at__gte=since))
    told = {int(one.story.partition(":")[2]) for one in (*planned.values(), *recent)}
    pages = sorted(languages.all_of(told, versions))
    for start in range(0, len(pages), AT_ONCE):
        some = pages[start : start + AT_ONCE]
        planned = _earlier(some, since, planned)
        recent += _from_drafts(planned, now, Q(due_at__lt=since, page_id__in=some))
    return languages.as_one([*planned.values(), *recent], versions)


def are_many(since: datetime | None, most: int) -> bool:
    """Whether more than ``most`` publications went out or are due since then; counts no further than that."""
    recent = Delivery.objects.filter(Q(due_at__gte=since) | Q(sent_at__gte=since)) if since else Delivery.objects.all()
    return bool(recent.filter(parent=None).order_by()[most : most + 1].values_list("pk"))


def _since(since: datetime) -> dict[str, Appearance]:
    """What went out or is due since then, and what should have gone long ago and is about to."""
    late = list(
        Delivery.objects.filter(channel__in=Channel.objects.values("pk"), next_at__lt=since, state__in=PLANNED)
        .order_by()
        .values_list("pk", flat=True)
    )
    recent = Q(due_at__gte=since) | Q(sent_at__gte=since) | Q(pk__in=late)
    tags = PlacementTag.objects.filter(placement__delivery__due_at__gte=since)
    return _from_deliveries(Delivery.objects.filter(recent), tags)


def _earlier(pages: list[int], since: datetime, planned: dict[str, Appearance]) -> dict[str, Appearance]:
    """With what the same contents did before: as it is now or, where that is gone, as a closed month knew it."""
    rows = Delivery.objects.filter(placements__page_id__in=pages, due_at__lt=since)
    tags = PlacementTag.objects.filter(placement__page_id__in=pages, placement__delivery__due_at__lt=since)
    found = {**_from_deliveries(rows, tags), **planned}
    known = CoverageStory.objects.filter(page__in=pages).order_by("snapshot__month")
    for page, title, parts in known.values_list("page", "title", "parts"):
        for part in storing.parts_of(page, title, parts):
            mine = found.get(part.key)
            if mine is None and part.at < since and part.fate in (Fate.SENT, Fate.WITHDRAWN):
                found[part.key] = part
            elif mine is not None and part.fate is Fate.SENT and mine.fate is not Fate.WITHDRAWN and part.at < mine.at:
                # A page that is updated stays out since it first was.
                found[part.key] = replace(mine, fate=Fate.SENT, at=part.at)
    return found


def _from_deliveries(found: QuerySet[Delivery], tagged: QuerySet[PlacementTag]) -> dict[str, Appearance]:
    """One appearance a placement, by its key: what was replaced or updated meanwhile is one with what it became."""
    rows = found.filter(parent=None).exclude(state=State.CANCELLED).order_by("pk")
    tags: dict[str, set[int]] = {}  # only of those that did not fit in a label
    unlabelled = tagged.exclude(placement__delivery__labels__contains=" initiatives:")
    for placement, initiative in unlabelled.values_list("placement__key", "initiative_id"):
        tags.setdefault(placement.hex, set()).add(initiative)
    appearances: dict[str, Appearance] = {}
    outs: dict[str, datetime] = {}  # when a placement that has several deliveries was first out
    same: dict[Any, Any] = {}  # the same few sets and titles, over and over: each is kept once
    for row in rows.values_list(*SENT_COLUMNS).iterator(chunk_size=10_000):
        labels = _labels(row[0])
        key = row[7].hex if row[7] else labels.get("placement", "")
        if not key or "page" not in labels:
            continue
        if (earlier := appearances.get(key)) and earlier.fate is Fate.SENT:
            outs[key] = min(earlier.at, outs.get(key, earlier.at))
        appearances[key] = _appearance(key, labels, row, tags.get(key, ()), outs.get(key), same)
    return appearances


def _appearance(
    key: str,
    labels: dict[str, str],
    row: tuple[Any, ...],
    tags: Iterable[int],
    out: datetime | None,
    same: dict[Any, Any],
) -> Appearance:
    """``row`` is the newest delivery of a placement; ``out`` when an earlier one went out: a page that is updated stays
    out since then."""
    _labels, state, sent_at, due_at, headline, channel, dry, placed, area, stands, first = row
    fate, at = FATES[state], sent_at or due_at
    if out and fate is not Fate.WITHDRAWN:
        fate, at = Fate.SENT, min(out, at) if fate is Fate.SENT else out
    story, initiatives = f"page:{labels['page']}", frozenset(tags or _numbers(labels.get("initiatives", "")))
    return Appearance(
        story=same.setdefault(story, story),
        title=same.setdefault(headline, headline),
        fate=fate,
        at=at,
        channel=channel,
        dry=dry,
        area=area if placed else _number(labels.get("focus")),
        initiatives=same.setdefault(initiatives, initiatives),
        unit=_number(labels.get("unit")),
        kind=labels.get("type", ""),
        key=key,
        moved=_moved(stands, first),
    )


def _moved(stands: datetime | None, first: datetime | None) -> bool:
    return first is not None and stands is not None and stands != first


def _from_drafts(planned: Iterable[str], now: datetime, which: Q | None = None) -> list[Appearance]:
    """Placements with a time that nothing was planned from, told by the latest draft."""
    rows = Placement.objects.filter(Q(delivery=None) | Q(delivery__state=State.CANCELLED), which or Q())
    rows = rows.filter(page__isnull=False, due_at__isnull=False)
    known, found = set(planned), []
    for row in rows.values_list(*DRAFT_COLUMNS):
        key, page, title, kind, due_at, latest_at, cancelled_at, delivery, channel, dry, area, unit, tags, first = row
        if key.hex in known:
            continue
        if cancelled_at or delivery:
            fate = Fate.CANCELLED
        else:
            fate = Fate.MISSED if (latest_at or due_at) < now else Fate.PREPARED
        initiatives = frozenset(tag["initiative"] for tag in tags or [] if tag.get("initiative"))
        fields = {"key": key.hex, "moved": _moved(due_at, first)}
        found.append(
            Appearance(f"page:{page}", title, fate, due_at, channel, dry, area, initiatives, unit, kind, **fields)
        )
    return found


def _labels(text: str) -> dict[str, str]:
    return dict(label.split(":", 1) for label in text.split() if ":" in label)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


def _numbers(text: str) -> set[int]:
    return {int(part) for part in text.split(".") if part.isdecimal()}
