"""What a closed month would count now, where that differs from what it counted: never added in silently. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from campaigns.coverage.books import Book, Key, Line, keep
from campaigns.coverage.facts import Fate, Month, Period, Story
from campaigns.coverage.parts import Part, parts_of


@dataclass(frozen=True)
class Correction:
    """One story of a closed month: what it was there, and what it is now; None: it does not count there."""

    month: Month
    key: str  # the story's
    title: str
    noticed_at: datetime
    was: Story | None
    now: Story | None


@dataclass(frozen=True)
class Change:
    """What corrections add up to in one cell: stories by (mark, fate), and publications."""

    stories: Mapping[tuple[str, Fate], int]
    publications: int

    def of(self, mark: str) -> int:
        return sum(count for (own, _fate), count in self.stories.items() if own == mark)

    def __bool__(self) -> bool:
        return bool(self.stories or self.publications)


def in_month(stories: Iterable[Story], month: Month, now: datetime, period: Period | None = None) -> Book:
    """What they count in that month; with a ``period``, in the part of it that lies in there."""
    return keep(stories, now, period=period).books.get(month, Book())


def differ(one: Correction, now: datetime) -> bool:
    """Whether its month would count it differently, as a whole or in any part that can be asked for."""
    was, found = parts_of(one.was), parts_of(one.now)
    return any(_counts(was, part, one, now) != _counts(found, part, one, now) for part in {*was, *found})


def _counts(parts: Mapping[Part, Story], part: Part, one: Correction, now: datetime) -> Book:
    return in_month([parts[part]] if part in parts else [], one.month, now)


def corrected(found: Sequence[Correction], period: Period, now: datetime) -> dict[Month, tuple[Book, Book]]:
    """By month, what it counted of the stories that differ, and what it would count now."""
    return {
        month: (
            in_month([one.was for one in found if one.month == month and one.was], month, now, period),
            in_month([one.now for one in found if one.month == month and one.now], month, now, period),
        )
        for month in {one.month for one in found}
    }


def changes(books: Mapping[Month, tuple[Book, Book]], dimension: str, keys: Iterable[Key]) -> dict[Month, Change]:
    """By month, from each month's (was, now) of what was corrected, for these lines together."""
    wanted, found = list(keys), {}
    for month, (was, now) in books.items():
        line = Line()
        for key in wanted:
            for book, sign in ((was, -1), (now, 1)):
                if mine := book.lines.get((dimension, key)):
                    line.take(mine, sign)
        stories = {
            (mark, fate): count
            for mark in ("", "proposed", "dry")
            for fate, count in line.tally.of(mark).items()
            if count
        }
        if change := Change(dict(sorted(stories.items())), line.publications):
            found[month] = change
    return found
