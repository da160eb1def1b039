"""What the coverage of a strategy is counted from: the books of the months that have closed, and what has not.

Reads the months that are asked for and what is newer than the last that closed, never the whole history.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from campaigns.coverage import part_rows, reading, running, storing, structure
from campaigns.coverage.books import Book, Dimension, Kept, Key, keep, last_in
from campaigns.coverage.corrections import Change, Correction, changes, corrected, differ, in_month
from campaigns.coverage.facts import Appearance, Area, Month, Period, Story, Topic, month_after, month_of, start_of
from campaigns.coverage.stories import Selection, find, told
from campaigns.models import CoverageCorrection, CoverageSnapshot, CoverageStory, Strategy


@dataclass(frozen=True)
class Closing:
    """A closed month: when it was counted, and by which version of the definitions."""

    pk: int
    month: Month
    closed_at: datetime
    definitions: int
    compared_at: datetime | None
    parts: bool  # whether what it counts of each selection is written


@dataclass
class Standing:
    """One period of it, ready to be counted. ``corrected`` is each closed month's (was, now) of what differs."""

    kept: Kept
    areas: list[Area]
    topics: list[Topic]
    as_closed: list[Topic] | None  # the initiatives when the period had closed
    closed: list[Closing] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    corrected: Mapping[Month, tuple[Book, Book]] = field(default_factory=dict)
    counted_at: datetime | None = None  # what has not closed

    def changes(self, dimension: str, keys: Iterable[Key]) -> dict[Month, Change]:
        return changes(self.corrected, dimension, keys)

    def changes_without(self, areas: Collection[int]) -> dict[Month, Change]:
        """Of all but these focus areas; of everything when there are none."""
        books = [book for both in self.corrected.values() for book in both]
        every = {key for book in books for name, key in book.lines if name == Dimension.AREA}
        return self.changes(Dimension.AREA, every.difference(areas))


class Ledger:
    """Of one strategy, as of ``now``. Everything is read once, and only when it is needed."""

    def __init__(self, strategy: Strategy | None, now: datetime) -> None:
        self.strategy, self.now = strategy, now

    @cached_property
    def closings(self) -> list[Closing]:
        """Every closed month, oldest first."""
        rows = CoverageSnapshot.objects.filter(strategy=self.strategy).order_by("month")
        columns = rows.values_list("pk", "month", "closed_at", "definitions", "compared_at", "parts_at")
        return [
            Closing(pk, (day.year, day.month), at, version, seen, parts is not None)
            for pk, day, at, version, seen, parts in columns
        ]

    @cached_property
    def since(self) -> datetime | None:
        """The end of the last closed month; None: none has closed."""
        return start_of(month_after(self.closings[-1].month)) if self.closings else None

    def begins(self, period: Period) -> Month | None:
        """The first month that is counted, where the period begins before it: what was told earlier nobody knows."""
        first = self.closings[0].month if self.closings else None
        return first if first and first > period.months()[0] else None

    @cached_property
    def appearances(self) -> list[Appearance]:
        """Of what has not closed; of the contents that only closed months know, nothing."""
        return reading.appearances(self.now, since=self.since)

    @cached_property
    def topics(self) -> list[Topic]:
        """The initiatives as they are now."""
        return structure.topics_of(self.strategy)

    @cached_property
    def counted(self) -> running.Counted | None:
        """What has not closed, as it was counted a moment ago; None where it is counted when somebody asks."""
        return running.latest(self.strategy, self.since, self.now)

    def counted_of(self, selection: Selection) -> running.Counted | None:
        return running.latest(self.strategy, self.since, self.now, selection) if selection else self.counted

    @cached_property
    def areas_now(self) -> list[Area]:
        """The focus areas and their targets as they are now."""
        return structure.areas_of(self.strategy)

    @cached_property
    def areas(self) -> list[Area]:
        """With the targets of closed quarters as they were when they closed."""
        ends_quarter = [date(*one.month, 1) for one in self.closings if one.month[1] % 3 == 0]
        rows = CoverageSnapshot.objects.filter(strategy=self.strategy, month__in=ends_quarter)
        aims: dict[int, list[tuple[tuple[int, int], int | None]]] = {}
        for day, stored in rows.values_list("month", "aims"):
            for area, stories in stored:
                aims.setdefault(area, []).append(((day.year, day.month // 3), stories))
        return [replace(area, targets=(*area.targets, *aims.get(area.id, ()))) for area in self.areas_now]

    @cached_property
    def _last(self) -> "CoverageSnapshot | None":
        return CoverageSnapshot.objects.filter(pk=self.closings[-1].pk).defer("book").get() if self.closings else None

    def years(self) -> set[int]:
        """Every year that anything stands in."""
        seen = self.counted.years if self.counted else {month_of(one.at)[0] for one in self.appearances}
        return {*(one.month[0] for one in self.closings), *seen}

    def kinds(self) -> set[str]:
        """Every type of content that there is."""
        out = storing.last_of(self._last.ends) if self._last else {}
        known = {str(key) for name, key in out if name == Dimension.KIND and key}
        return {*known, *(self.counted.kinds if self.counted else {one.kind for one in self.appearances if one.kind})}

    def stand(self, period: Period, selection: Selection = Selection()) -> Standing:  # noqa: B008 (frozen)
        """Everything that counts in the period, and when each line last went out."""
        months, whole = set(period.months()), period.whole_months()
        closed = [one for one in self.closings if one.month in months]
        counted = self.counted_of(selection) if whole else None
        kept = counted.kept(period) if counted else keep(self.live(selection), self.now, period=period)
        shut = {one.month for one in self.closings}
        kept.books = {month: book for month, book in kept.books.items() if month not in shut}
        if whole and not selection:
            self._enter_books(kept, closed)
        elif whole and all(one.parts for one in self.closings):
            self._enter_parts(kept, closed, selection)
        else:
            self._enter_stories(kept, period, selection)
        corrections = self.corrections(closed, selection)
        both = corrected(corrections, period, self.now)
        as_closed, counted_at = self.as_closed(period), counted.at if counted else self.now
        return Standing(kept, self.areas, self.topics, as_closed, closed, corrections, both, counted_at)

    def _enter_books(self, kept: Kept, closed: Sequence[Closing]) -> None:
        rows = CoverageSnapshot.objects.filter(pk__in=[one.pk for one in closed])
        for day, book in rows.values_list("month", "book"):
            kept.books[day.year, day.month] = storing.book_of(book)
        for place, at in storing.last_of(self._last.ends if self._last else ()).items():
            kept.ends.out(place, at)

    def _enter_parts(self, kept: Kept, closed: Sequence[Closing], selection: Selection) -> None:
        kept.books.update(part_rows.books([one.pk for one in closed], selection))
        for place, at in part_rows.last([one.pk for one in self.closings], selection):
            kept.ends.out(place, at)

    def _enter_stories(self, kept: Kept, period: Period, selection: Selection) -> None:
        """Of less than a month, and where nothing is written: kept again from the stories as the months knew them."""
        newest, months = self._newest(self.closings), period.months()
        for one, stories in self._stories(self.closings, selection):
            if one.month in months:
                kept.books[one.month] = in_month(stories, one.month, self.now, period)
            known = {story.key: story for story in stories}
            for page, row in newest.get(one.pk, {}).items():
                known.pop(f"page:{page}", None)
                if story := self._told(selection, page, row.title, row.now):
                    known[story.key] = story
            for place, at in last_in(known.values(), one.month, self.now).items():
                kept.ends.out(place, at)

    def live(self, selection: Selection) -> list[Story]:
        """The stories of what has not closed, with what they did before."""
        return told(selection.of(self.appearances), self._known(), self.topics)

    def stories(self, period: Period, selection: Selection) -> list[tuple[Period, list[Story]]]:
        """What is behind the figures of a period: each closed month with its stories, and all of the rest."""
        months = set(period.months())
        closed = [one for one in self.closings if one.month in months]
        found = [
            (within(Period.of_month(one.month), period), stories) for one, stories in self._stories(closed, selection)
        ]
        shut, start = {one.month for one in self.closings}, None
        for month in [*period.months(), None]:
            if month is not None and month not in shut:
                start = start or month
                last = month
            elif start is not None:
                open_ = Period(Period.of_month(start).first, Period.of_month(last).last)
                found.append((within(open_, period), self.live(selection)))
                start = None
        return found

    def behind(self, period: Period, selection: Selection, **what: Any) -> list[Story]:
        """The stories behind one figure of a period, as ``find`` has it; each once."""
        found: dict[tuple[str, object], Story] = {}
        once = "topic" in what  # counted once in the whole period, however many months it came out in
        if "month" in what and not once:  # of a month that has closed nothing else is read
            period = within(Period.of_month(what["month"]), period)
        for part, stories in self.stories(period, selection):
            found |= {(story.key, None if once else part): story for story in find(stories, part, **what)}
        return sorted(found.values(), key=lambda story: story.at)

    def corrections(self, closed: Sequence[Closing], selection: Selection) -> list[Correction]:
        """What is known to differ, oldest first; what differs no more is none."""
        by_pk, found = {one.pk: one for one in closed}, []
        for snapshot, rows in self._newest(closed).items():
            for page, row in rows.items():
                was, now = (self._told(selection, page, row.title, parts) for parts in (row.was, row.now))
                one = Correction(by_pk[snapshot].month, f"page:{page}", row.title, row.noticed_at, was, now)
                if differ(one, self.now):
                    found.append(one)
        return sorted(found, key=lambda one: (one.month, one.noticed_at))

    def _newest(self, closed: Sequence[Closing]) -> dict[int, dict[int, CoverageCorrection]]:
        return part_rows.newest(CoverageCorrection.objects.filter(snapshot__in=[one.pk for one in closed]))

    def _stories(self, closed: Sequence[Closing], selection: Selection) -> Iterator[tuple[Closing, list[Story]]]:
        """Month by month, the stories that appeared in it as it knew them."""
        for one in closed:
            rows = CoverageStory.objects.filter(snapshot=one.pk).values_list("page", "title", "parts")
            yield one, [story for row in rows.iterator() if (story := self._told(selection, *row))]

    def _told(self, selection: Selection, page: int, title: str, parts: list[list[object]]) -> Story | None:
        stories = told(selection.of(storing.parts_of(page, title, parts)), self._known(), ())
        return stories[0] if stories else None

    def _known(self) -> list[int]:
        return [area.id for area in self.areas]

    def as_closed(self, period: Period) -> list[Topic] | None:
        """The initiatives as they were when the last month of the period closed; None when it has not."""
        last = (period.last.year, period.last.month)
        mine = next((one for one in self.closings if one.month == last), None)
        if mine is None or not period.whole_months():
            return None
        return storing.topics_of(CoverageSnapshot.objects.values_list("topics", flat=True).get(pk=mine.pk))


def within(one: Period, other: Period) -> Period:
    return Period(max(one.first, other.first), min(one.last, other.last))
