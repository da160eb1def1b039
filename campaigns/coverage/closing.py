"""Months close: what each counted is stored once, and held against what is there now ever after.

Both read everything in one pass. Harmless to repeat, and in several processes at once.
"""

import gc
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from campaigns.coverage import part_rows, reading, storing
from campaigns.coverage.books import Book, Kept, keep
from campaigns.coverage.corrections import Correction, differ
from campaigns.coverage.definitions import VERSION
from campaigns.coverage.facts import Month, Story, month_after, month_of
from campaigns.coverage.stories import told
from campaigns.models import CoverageCorrection, CoverageSnapshot, CoverageStory, Strategy
from publishing import scheduling

BATCH = 1000


@dataclass(frozen=True)
class Done:
    closed: list[Month]
    corrected: int


def close_due(now: datetime) -> Done:
    """Close every month (Copenhagen) that has ended and is not closed, then look for what differs in those that are.

    For the strategy in force; what a strategy of the past closed is looked at too. A month that was missed closes
    late, as it is then: its ``closed_at`` says when.
    """
    gc.disable()  # hundreds of thousands of small values that all stay until the end: looking for garbage finds none
    try:
        return _of_all(now)
    finally:
        gc.enable()


def _of_all(now: datetime) -> Done:
    current = Strategy.objects.in_force()
    others = Strategy.objects.filter(snapshots__isnull=False).exclude(pk=current.pk if current else 0).distinct()
    done = [_of_strategy(strategy, now, closing=strategy == current) for strategy in (current, *others) if strategy]
    return Done([month for one in done for month in one.closed], sum(one.corrected for one in done))


def _of_strategy(strategy: Strategy, now: datetime, *, closing: bool) -> Done:
    facts = reading.read(strategy, now)
    stories = told(facts.appearances, [area.id for area in facts.areas], facts.topics)
    kept = keep(stories, now)
    by_month = _by_month(stories, before=month_of(now))
    rows = CoverageSnapshot.objects.filter(strategy=strategy)
    shut = {(day.year, day.month) for day in rows.values_list("month", flat=True)}
    closed = []
    for month in _missing(by_month, shut, month_of(now)) if closing else ():
        if _close(strategy, month, facts, by_month.get(month, []), kept, now):
            closed.append(month)
    corrected = sum(_compare(row, by_month, now) for row in rows.filter(closed_at__lt=now).defer("book", "topics"))
    if last := rows.order_by("month").last():
        ends = storing.ends_to_json(kept.ends)
        rows.filter(pk=last.pk).update(ends=ends)
    rows.update(compared_at=now)
    part_rows.write_missing(now)
    return Done(closed, corrected)


def _by_month(stories: Iterable[Story], *, before: Month) -> dict[Month, list[Story]]:
    """The stories that appear in each month that has ended."""
    found: dict[Month, list[Story]] = {}
    for story in stories:
        for month in {month_of(one.at) for one in story.appearances}:
            if month < before:
                found.setdefault(month, []).append(story)
    return found


def _missing(by_month: dict[Month, list[Story]], shut: set[Month], now: Month) -> Iterator[Month]:
    """From the first month in which anything appears, those without anything too: they are closed as nothing."""
    month = min(by_month, default=now)
    while month < now:
        if month not in shut:
            yield month
        month = month_after(month)


def _close(
    strategy: Strategy, month: Month, facts: reading.Facts, stories: Sequence[Story], kept: Kept, now: datetime
) -> bool:
    """Whether it was this call that closed it."""
    book = storing.book_to_json(kept.books.get(month, Book()))
    with transaction.atomic():
        snapshot, new = CoverageSnapshot.objects.get_or_create(
            strategy=strategy,
            month=date(*month, 1),
            defaults={
                "closed_at": now,
                "definitions": VERSION,
                "book": book,
                "topics": storing.topics_to_json(facts.topics),
                "aims": [[area.id, area.aim_of(month[0], (month[1] + 2) // 3)] for area in facts.areas],
            },
        )
        if not new:
            return False
        CoverageStory.objects.bulk_create(
            (
                CoverageStory(
                    snapshot=snapshot, page=_page(story), title=story.title[:250],
                    parts=storing.parts_to_json(story.appearances),
                )
                for story in stories
            ),
            batch_size=BATCH,
        )  # fmt: skip
        scheduling.record_evidence(
            "coverage.closed",
            subject=f"coverage:{strategy.year}:{snapshot}",
            payload={"month": str(snapshot), "definitions": VERSION, "stories": len(stories), "sha256": _seal(book)},
        )
    return True


def _compare(snapshot: CoverageSnapshot, by_month: dict[Month, list[Story]], now: datetime) -> int:
    """Note what the month would count differently than is known; how many stories that are."""
    month = (snapshot.month.year, snapshot.month.month)
    there = {_page(story): story for story in by_month.get(month, [])}
    newest = {row.page: row for row in snapshot.corrections.order_by("noticed_at", "pk")}
    found, seen = [], set()
    for page, title, parts in snapshot.stories.values_list("page", "title", "parts").iterator():
        seen.add(page)
        if row := _differing(snapshot, month, page, title, parts, there.get(page), newest.get(page), now):
            found.append(row)
    for page in {*there, *newest} - seen:
        story, last = there.get(page), newest.get(page)
        title = story.title if story else last.title if last else ""
        if row := _differing(snapshot, month, page, title, [], story, last, now):
            found.append(row)
    if found:
        with transaction.atomic():
            CoverageCorrection.objects.bulk_create(found, batch_size=BATCH)
            CoverageSnapshot.objects.filter(pk=snapshot.pk).update(parts_at=None)
    return len(found)


def _differing(
    snapshot: CoverageSnapshot,
    month: Month,
    page: int,
    title: str,
    was: list[list[object]],
    story: Story | None,
    last: CoverageCorrection | None,
    now: datetime,
) -> CoverageCorrection | None:
    """A new correction, when the story counts otherwise than was last known."""
    known = last.now if last else was
    parts = storing.parts_to_json(story.appearances) if story else []
    if parts == known:
        return None
    before = part_rows.story_of(page, title, known)
    if not differ(Correction(month, "", title, now, before, story), now):
        return None
    return CoverageCorrection(snapshot=snapshot, page=page, title=title[:250], was=was, now=parts, noticed_at=now)


def _page(story: Story) -> int:
    return int(story.key.partition(":")[2])


def _seal(book: object) -> str:
    return hashlib.sha256(json.dumps(book, sort_keys=True).encode()).hexdigest()
