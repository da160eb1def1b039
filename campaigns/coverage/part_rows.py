"""Parts of closed months, written when the month's stories are and read by whoever selects one."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from campaigns.coverage import parts, storing
from campaigns.coverage.books import Book, Place
from campaigns.coverage.facts import Month, Story
from campaigns.coverage.stories import Selection, told
from campaigns.models import CoverageCorrection, CoveragePart, CoverageSnapshot

BATCH = 500


def write_missing(now: datetime) -> int:
    """For every closed month whose parts are not written, or whose stories have changed since; how many that were."""
    rows = CoverageSnapshot.objects.filter(parts_at=None).order_by("-month")
    for snapshot in rows.only("month"):
        _write(snapshot, now)
    return len(rows)


def _write(snapshot: CoverageSnapshot, now: datetime) -> None:
    month = (snapshot.month.year, snapshot.month.month)
    stories = {
        page: story
        for page, title, rows in snapshot.stories.values_list("page", "title", "parts").iterator()
        if (story := story_of(page, title, rows))
    }
    counted = {part: kept.books.get(month, Book()) for part, kept in parts.keep_parts(stories.values(), now).items()}
    for page, row in newest(CoverageCorrection.objects.filter(snapshot=snapshot)).get(snapshot.pk, {}).items():
        stories.pop(page, None)
        if story := story_of(page, row.title, row.now):
            stories[page] = story
    ends = parts.last_of_parts(stories.values(), month, now)
    made = (
        CoveragePart(
            snapshot=snapshot,
            part=parts.named(part),
            book=storing.book_to_json(counted.get(part, Book())),
            last=storing.moments_to_json(ends[part].last) if part in ends else [],
        )
        for part in {**counted, **ends}
    )
    with transaction.atomic():
        snapshot.parts.all().delete()
        CoveragePart.objects.bulk_create(made, batch_size=BATCH)
        CoverageSnapshot.objects.filter(pk=snapshot.pk).update(parts_at=now)


def story_of(page: int, title: str, rows: Sequence[list[Any]]) -> Story | None:
    """With the focus areas that it counted for."""
    areas = {row[5] for row in rows if isinstance(row[5], int)}
    return next(iter(told(storing.parts_of(page, title, rows), areas, ())), None)


def newest(rows: Any) -> dict[int, dict[int, CoverageCorrection]]:
    """By closed month and page; the newest correction holds."""
    found: dict[int, dict[int, CoverageCorrection]] = {}
    for row in rows.order_by("noticed_at", "pk"):
        found.setdefault(row.snapshot_id, {})[row.page] = row
    return found


def books(snapshots: Sequence[int], selection: Selection) -> Iterator[tuple[Month, Book]]:
    """What these months count of a part, where they know it."""
    for day, book in _of(snapshots, selection).values_list("snapshot__month", "book"):
        yield (day.year, day.month), storing.book_of(book)


def last(snapshots: Sequence[int], selection: Selection) -> Iterator[tuple[Place, datetime]]:
    """When each of its lines last went out, in each of these months."""
    for rows in _of(snapshots, selection).values_list("last", flat=True):
        yield from storing.last_of(rows).items()


def _of(snapshots: Sequence[int], selection: Selection) -> QuerySet[CoveragePart]:
    part = parts.named(parts.of_selection(selection))
    return CoveragePart.objects.filter(snapshot__in=snapshots, part=part)
