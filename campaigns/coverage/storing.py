"""Books, stories and initiatives as JSON and back, as closed months keep them. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from campaigns.coverage.books import Book, Ends, Line, Place, Tally
from campaigns.coverage.facts import Appearance, Fate, Topic


def parts_to_json(parts: Iterable[Appearance]) -> list[list[Any]]:
    """In a fixed order, so that the same appearances give the same."""
    rows = [
        [
            one.key, one.channel, str(one.fate), one.at.isoformat(), int(one.dry), one.area, int(one.proposed),
            sorted(one.initiatives), one.unit, one.kind, int(one.moved),
        ]
        for one in parts
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row[3], row[0]))


def parts_of(page: int, title: str, rows: Iterable[list[Any]]) -> list[Appearance]:
    """Settled: they have the focus area that they counted for when the month closed."""
    return [
        Appearance(
            f"page:{page}", title, FATES[fate], datetime.fromisoformat(at), channel, bool(dry), area,
            frozenset(initiatives), unit, kind, key, bool(proposed), bool(moved),
        )
        for key, channel, fate, at, dry, area, proposed, initiatives, unit, kind, moved in rows
    ]  # fmt: skip


MARKS = ("", "dry", "proposed")
FATES = {str(fate): fate for fate in Fate}


def book_to_json(book: Book) -> dict[str, Any]:
    return {
        "lines": [
            [*place, *(dict(line.tally.of(mark)) for mark in MARKS), line.tally.moved, line.publications]
            for place, line in sorted(book.lines.items(), key=lambda item: (item[0][0], str(item[0][1])))
        ],
        "told": {str(topic): sorted(int(key.partition(":")[2]) for key in told) for topic, told in book.told.items()},
    }  # fmt: skip


def book_of(data: Mapping[str, Any]) -> Book:
    book = Book()
    for dimension, key, counted, dry, proposed, moved, publications in data["lines"]:
        tally = Tally(moved=moved)
        for mark, counts in zip(MARKS, (counted, dry, proposed), strict=True):
            tally.of(mark).update({FATES[fate]: count for fate, count in counts.items()})
        book.lines[dimension, key] = Line(tally, publications)
    book.told = {int(topic): {f"page:{page}" for page in told} for topic, told in data["told"].items()}
    return book


def ends_to_json(ends: Ends) -> list[list[Any]]:
    """Only what is past: what comes next is never history."""
    return moments_to_json(ends.last)


def moments_to_json(moments: Mapping[Place, datetime]) -> list[list[Any]]:
    return [[*place, at.isoformat()] for place, at in moments.items()]


def last_of(rows: Iterable[list[Any]]) -> dict[Place, datetime]:
    return {(dimension, key): datetime.fromisoformat(at) for dimension, key, at in rows}


def topics_to_json(topics: Iterable[Topic]) -> list[list[Any]]:
    return [[topic.id, topic.suitable, sorted(topic.confirmed), sorted(topic.proposed)] for topic in topics]


def topics_of(rows: Iterable[list[Any]]) -> list[Topic]:
    """Enough of them for denominators."""
    return [Topic(pk, "", "", suitable, frozenset(yes), frozenset(maybe)) for pk, suitable, yes, maybe in rows]
