"""What each month counts, by every dimension: kept from stories, added up to periods, stored when a month closes. Pure.

All figures come from here, whether the month is open or closed long ago: a closed month's book is the one that ``keep``
made when it closed.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from campaigns.coverage.facts import Appearance, Fate, Month, Period, Story, month_of
from campaigns.coverage.stories import as_story, published


class Dimension(StrEnum):
    AREA = "area"
    UNIT = "unit"
    INITIATIVE = "initiative"
    CHANNEL = "channel"
    KIND = "kind"


TOPIC = "topic"  # beside the dimensions: an initiative with what is only proposed of it
Key = int | str | None
Place = tuple[str, Key]  # a line of the report
VALUES: tuple[tuple[Dimension, Callable[[Appearance], Key]], ...] = (
    (Dimension.UNIT, lambda one: one.unit),
    (Dimension.CHANNEL, lambda one: one.channel),
    (Dimension.KIND, lambda one: one.kind or None),
)


@dataclass
class Tally:
    """Stories by fate: those that count, and those that are told apart. ``moved`` are among those that count."""

    counted: Counter[Fate] = field(default_factory=Counter)
    dry: Counter[Fate] = field(default_factory=Counter)
    proposed: Counter[Fate] = field(default_factory=Counter)
    moved: int = 0

    def of(self, mark: str) -> Counter[Fate]:
        return {"": self.counted, "dry": self.dry, "proposed": self.proposed}[mark]

    def add(self, story: Story) -> None:
        self.of(story.mark)[story.fate] += 1
        self.moved += story.moved and not story.mark

    def take(self, other: "Tally", sign: int = 1) -> None:
        """Add what another counted, or with ``sign`` -1 take it off."""
        for mark in ("", "dry", "proposed"):
            mine = self.of(mark)
            for fate, count in other.of(mark).items():
                mine[fate] += sign * count
        self.moved += sign * other.moved

    def __bool__(self) -> bool:
        return bool(self.counted or self.dry or self.proposed)


@dataclass
class Line:
    tally: Tally = field(default_factory=Tally)
    publications: int = 0  # that came out in the month, of stories that count

    def take(self, other: "Line", sign: int = 1) -> None:
        self.tally.take(other.tally, sign)
        self.publications += sign * other.publications


@dataclass
class Book:
    """One month. ``told`` are the stories published in it, by initiative, so that none counts twice in a period."""

    lines: dict[Place, Line] = field(default_factory=dict)
    told: dict[int, set[str]] = field(default_factory=dict)

    def line(self, place: Place) -> Line:
        if (found := self.lines.get(place)) is None:  # asked for very often: nothing is made in vain
            found = self.lines[place] = Line()
        return found


@dataclass
class Ends:
    """When each line last went out and goes out next, whenever that is."""

    last: dict[Place, datetime] = field(default_factory=dict)
    next: dict[Place, datetime] = field(default_factory=dict)

    def see(self, place: Place, last: datetime | None, coming: datetime | None) -> None:
        if last:
            self.out(place, last)
        if coming and ((known := self.next.get(place)) is None or coming < known):
            self.next[place] = coming

    def out(self, place: Place, at: datetime) -> None:
        if (known := self.last.get(place)) is None or at > known:
            self.last[place] = at


@dataclass
class Kept:
    books: dict[Month, Book] = field(default_factory=dict)
    ends: Ends = field(default_factory=Ends)

    def book(self, month: Month) -> Book:
        if (found := self.books.get(month)) is None:
            found = self.books[month] = Book()
        return found


def keep(stories: Iterable[Story], now: datetime, *, period: Period | None = None) -> Kept:
    """Every story entered where it belongs; with a ``period``, the books hold only what counts in it."""
    kept = Kept()
    for story in stories:
        enter(story, [kept], now, period=period)
    return kept


def enter(story: Story, into: Sequence[Kept], now: datetime, *, period: Period | None = None) -> None:
    """The same story in several: what is said of it is found once."""
    whole = _Entry(story, now, period)
    for place, part in places(story):
        entry = whole if part is story else _Entry(part, now, period)
        for kept in into:
            if entry.month:
                kept.book(entry.month).line(place).tally.add(part)
            if part.mark:
                continue
            for month, count in entry.out.items():
                kept.book(month).line(place).publications += count
            kept.ends.see(place, entry.last, entry.next)
    if story.mark != "dry":
        for kept in into:
            for initiative in story.initiatives:
                for month in whole.out:
                    kept.book(month).told.setdefault(initiative, set()).add(story.key)
                kept.ends.see((TOPIC, initiative), whole.last, whole.next)


class _Entry:
    """What is written of a story on each line that it stands in."""

    def __init__(self, story: Story, now: datetime, period: Period | None) -> None:
        def month(moment: datetime) -> Month | None:
            return month_of(moment) if period is None or period.holds(moment) else None

        self.month = month(story.at)
        self.out: dict[Month, int] = {}  # publications
        self.last: datetime | None = None
        self.next: datetime | None = None  # overdue ones too: they are about to
        for one in story.appearances:  # oldest first
            if one.dry:
                continue
            if one.fate is Fate.SENT:
                if when := month(one.at):
                    self.out[when] = self.out.get(when, 0) + 1
                if one.at <= now:
                    self.last = one.at
            elif one.fate is Fate.PLANNED and self.next is None:
                self.next = one.at


def last_in(stories: Iterable[Story], month: Month, now: datetime) -> dict[Place, datetime]:
    """When each line last went out in that month."""
    ends = Ends()
    for story in stories:
        see_last(story, [ends], Period.of_month(month), now)
    return ends.last


def see_last(story: Story, into: Sequence[Ends], period: Period, now: datetime) -> None:
    def last(seen: Story) -> datetime | None:
        return max((one.at for one in published(seen) if one.at <= now and period.holds(one.at)), default=None)

    whole = last(story)
    lines = [(place, whole if part is story else last(part)) for place, part in places(story) if not part.mark]
    if story.mark != "dry":
        lines += [((TOPIC, initiative), whole) for initiative in story.initiatives]
    for place, at in lines:
        for ends in into if at else ():
            ends.out(place, at)  # type: ignore[arg-type]


def places(story: Story) -> Iterator[tuple[Place, Story]]:
    """Each line that a story stands in, with the story as it is there: on a channel, only what is on that channel."""
    yield (Dimension.AREA, story.area), story
    for initiative in story.initiatives or (None,):
        yield (Dimension.INITIATIVE, initiative), story
    for dimension, value in VALUES:
        parts: dict[Key, list[Appearance]] = {}
        for one in story.appearances:
            parts.setdefault(value(one), []).append(one)
        for key, group in parts.items():
            yield (dimension, key), story if len(parts) == 1 else as_story(group)


def added(books: Mapping[Month, Book], period: Period, dimension: str, keys: Iterable[Key]) -> dict[Month, Line]:
    """By month of the period, what these lines of a dimension count together."""
    wanted, found = list(keys), {month: Line() for month in period.months()}
    for month, line in found.items():
        book = books.get(month)
        for key in wanted if book else ():
            if mine := book.lines.get((dimension, key)):  # type: ignore[union-attr]
                line.take(mine)
    return found


def keys_of(kept: Kept, dimension: str) -> set[Key]:
    """Every line of a dimension that anything was ever entered in."""
    everywhere = [place for book in kept.books.values() for place in book.lines]
    return {key for name, key in (*everywhere, *kept.ends.last, *kept.ends.next) if name == dimension}
