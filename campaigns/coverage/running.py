"""What has not closed, counted anew every minute where there is much of it: whoever asks then reads a book.

Where there is little nothing is kept, and everything is counted at the moment it is asked for. Both come from
``books.keep``. What is kept is never history: a month that closes is counted by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.fields.json import KeyTransform

from campaigns.coverage import parts, reading, storing
from campaigns.coverage.books import Book, Ends, Kept, Place, keep
from campaigns.coverage.facts import Month, Period, month_after, month_of, start_of
from campaigns.coverage.stories import Selection, told
from campaigns.models import CoverageRunning, CoverageSnapshot, Strategy

MANY = 4000  # publications; fewer are counted before anybody notices
EMPTY: dict[str, Any] = {"books": {}, "last": [], "next": []}  # what is kept of all, and of each part
PARTS_EVERY, PARTS_FRESH = timedelta(minutes=10), timedelta(minutes=15)  # of each selection: many, and seldom asked for
FRESH = timedelta(minutes=3)  # older than that nobody is counting: better slow than wrong


@dataclass(frozen=True)
class Counted:
    """As of ``at`` (UTC), every month that had not closed."""

    at: datetime
    books: dict[Month, Book]
    last: dict[Place, datetime]
    next: dict[Place, datetime]
    years: set[int]
    kinds: set[str]

    def kept(self, period: Period) -> Kept:
        """What counts in whole months."""
        months = set(period.months())
        books = {month: book for month, book in self.books.items() if month in months}
        return Kept(books, Ends(dict(self.last), dict(self.next)))


def latest(
    strategy: Strategy | None,
    since: datetime | None,
    now: datetime,
    selection: Selection = Selection(),  # noqa: B008 (frozen)
) -> Counted | None:
    """None when nothing is kept, it is too old, or a month has closed meanwhile (``since`` is the end of the last)."""
    rows = CoverageRunning.objects.filter(strategy=strategy, since=since)
    row: Mapping[str, Any] | None
    if selection:
        part = KeyTransform(parts.named(parts.of_selection(selection)), "parts")
        rows = rows.filter(parts_at__gt=now - PARTS_FRESH)
        row = rows.values("years", "kinds", at=F("parts_at"), told=part).first()
        found = {**EMPTY, **((row and row["told"]) or {})}
    else:
        rows = rows.filter(counted_at__gt=now - FRESH)
        row = rows.values("years", "kinds", *EMPTY, at=F("counted_at")).first()
        found = {name: row[name] for name in EMPTY} if row else {}
    if row is None:
        return None
    books = {(int(month[:4]), int(month[5:])): storing.book_of(book) for month, book in found["books"].items()}
    last, coming = storing.last_of(found["last"]), storing.last_of(found["next"])
    return Counted(row["at"], books, last, coming, set(row["years"]), set(row["kinds"]))


def count(now: datetime, *, many: int = MANY) -> bool:
    """Count what has not closed of the strategy in force and keep it; or forget what was kept, where it is little.

    Whether it was kept. Harmless to repeat, and in several processes at once: the newest count holds.
    """
    strategy = Strategy.objects.in_force()
    since = _end_of_closed(strategy)
    if strategy is None or not reading.are_many(since, many):
        CoverageRunning.objects.all().delete()
        return False
    found = reading.read(strategy, now, since=since)
    stories = told(found.appearances, [area.id for area in found.areas], found.topics)
    values: dict[str, Any] = {
        "since": since,
        "counted_at": now,
        **_to_json(keep(stories, now)),
        "years": sorted({month_of(one.at)[0] for one in found.appearances}),
        "kinds": sorted({one.kind for one in found.appearances if one.kind}),
    }
    last = _rows().filter(strategy=strategy).first()
    if last is None or last.since != since or last.parts_at is None or now - last.parts_at >= PARTS_EVERY:
        seen = parts.keep_parts(stories, now)
        values |= {"parts": {parts.named(one): _to_json(kept) for one, kept in seen.items()}, "parts_at": now}
    with transaction.atomic():
        CoverageRunning.objects.exclude(strategy=strategy).delete()
        row, new = _rows().select_for_update().get_or_create(strategy=strategy, defaults=values)
        if not new and row.counted_at < now:
            CoverageRunning.objects.filter(pk=row.pk).update(**values)
    return True


def _to_json(kept: Kept) -> dict[str, Any]:
    """With the names of ``EMPTY``."""
    return {
        "books": {f"{year}-{month:02}": storing.book_to_json(book) for (year, month), book in kept.books.items()},
        "last": storing.moments_to_json(kept.ends.last),
        "next": storing.moments_to_json(kept.ends.next),
    }


def _rows() -> QuerySet[CoverageRunning]:
    return CoverageRunning.objects.defer("books", "parts", "figures")


def _end_of_closed(strategy: Strategy | None) -> datetime | None:
    last = CoverageSnapshot.objects.filter(strategy=strategy).order_by("month").values_list("month", flat=True).last()
    return start_of(month_after((last.year, last.month))) if last else None
