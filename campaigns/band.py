"""The band above the days: what of the year falls on them, in as few lines as it takes. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

LINES = 2  # that stand open; the rest is behind a step
# What is read first: what forbids something, then days off, then what is short.
ORDER = {"blackout": 0, "election": 0, "holiday": 1}


@dataclass(frozen=True)
class Mark:
    """Something that lasts for whole days. ``kind`` is for style sheets, ``word`` says it aloud.

    ``title`` is what this very person may read; ``url`` leads to it, for whoever may open it.
    """

    title: str
    kind: str
    word: str
    first: date
    last: date
    url: str = ""
    sombre: bool = False
    key: str = ""

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Piece:
    """A mark as far as it lies on the days shown: from which of them (counted from 1), and over how many."""

    mark: Mark
    start: int
    span: int
    begins: bool  # not a continuation of the row above
    ends: bool


@dataclass(frozen=True)
class Band:
    """Lines of pieces that do not overlap."""

    shown: tuple[tuple[Piece, ...], ...]
    more: tuple[tuple[Piece, ...], ...]

    @property
    def more_count(self) -> int:
        return len({piece.mark for line in self.more for piece in line})

    def __bool__(self) -> bool:
        return bool(self.shown)


def of(days: Sequence[date], marks: Iterable[Mark], lines: int = LINES) -> Band:
    """The band of these days, which follow each other. One line alone never hides: a step takes the same room."""
    pieces = [piece for mark in sorted(marks, key=_rank) if (piece := _piece(days, mark)) is not None]
    found: list[list[Piece]] = []
    for piece in pieces:
        line = next((line for line in found if not any(_overlap(piece, other) for other in line)), None)
        if line is None:
            found.append([piece])
        else:
            line.append(piece)
    packed = [tuple(sorted(line, key=lambda piece: piece.start)) for line in found]
    shown = packed if len(packed) <= lines + 1 else packed[:lines]
    return Band(tuple(shown), tuple(packed[len(shown) :]))


def on(day: date, marks: Iterable[Mark]) -> list[Mark]:
    """What falls on one day."""
    return [mark for mark in sorted(marks, key=_rank) if mark.first <= day <= mark.last]


def _rank(mark: Mark) -> tuple[int, int, date, str]:
    return ORDER.get(mark.kind, 2), mark.days, mark.first, mark.title


def _piece(days: Sequence[date], mark: Mark) -> Piece | None:
    if not days or mark.first > days[-1] or mark.last < days[0]:
        return None
    start = max((mark.first - days[0]).days, 0)
    end = min((mark.last - days[0]).days, len(days) - 1)
    return Piece(mark, start + 1, end - start + 1, mark.first >= days[0], mark.last <= days[-1])


def _overlap(one: Piece, other: Piece) -> bool:
    return one.start < other.start + other.span and other.start < one.start + one.span
