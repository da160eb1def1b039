"""What has not closed, counted anew every minute where there is much of it: whoever asks then reads a book.

Where there is little nothing is kept, and everything is counted at the moment it is asked for. Both come from
``books.keep``. What is kept is never history: a month that closes is counted by itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from campaigns.coverage import reading, storing
from campaigns.coverage.books import Book, Ends, Kept, Place, keep
from campaigns.coverage.facts import Month, Period, month_after, month_of, start_of
from campaigns.coverage.stories import told
from campaigns.models import CoverageRunning, CoverageSnapshot, Strategy

MANY = 4000  # publications; fewer are counted before anybody notices
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


def latest(strategy: Strategy | None, since: datetime | None, now: datetime) -> Counted | None:
    """None when nothing is kept, it is too old, or a month has closed meanwhile (``since`` is the end of the last)."""
    row = CoverageRunning.objects.filter(strategy=strategy, since=since, counted_at__gt=now - FRESH).first()
    if row is None:
        return None
    books = {(int(month[:4]), int(month[5:])): storing.book_of(book) for month, book in row.books.items()}
    last, coming = storing.last_of(row.last), storing.last_of(row.next)
    return Counted(row.counted_at, books, last, coming, set(row.years), set(row.kinds))


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
    kept = keep(told(found.appearances, [area.id for area in found.areas], found.topics), now)
    values = {
        "since": since,
        "counted_at": now,
        "books": {f"{year}-{month:02}": storing.book_to_json(book) for (year, month), book in kept.books.items()},
        "last": storing.moments_to_json(kept.ends.last),
        "next": storing.moments_to_json(kept.ends.next),
        "years": sorted({month_of(one.at)[0] for one in found.appearances}),
        "kinds": sorted({one.kind for one in found.appearances if one.kind}),
    }
    with transaction.atomic():
        CoverageRunning.objects.exclude(strategy=strategy).delete()
        row, new = CoverageRunning.objects.select_for_update().get_or_create(strategy=strategy, defaults=values)
        if not new and row.counted_at < now:
            CoverageRunning.objects.filter(pk=row.pk).update(**values)
    return True


def _end_of_closed(strategy: Strategy | None) -> datetime | None:
    last = CoverageSnapshot.objects.filter(strategy=strategy).order_by("month").values_list("month", flat=True).last()
    return start_of(month_after((last.year, last.month))) if last else None
