"""What waits for people, told so that each can act. Layers register their sources in ``AppConfig.ready()``.

A row says four things: what happened, what was sent and what was not, what the system does by itself, and the button
that opens it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Expression, F, QuerySet, Value

from publishing.presenting import Badge

AT_MOST = 20  # rows shown of one source; the rest is behind its own list


@dataclass(frozen=True)
class Need:
    """One thing that waits. ``action`` is the word on the button that opens ``url``."""

    badge: Badge
    title: str
    url: str
    action: str
    happened: str
    sent: str = ""
    by_itself: str = ""
    where: str = ""
    since: datetime | None = None


@dataclass(frozen=True)
class Source:
    """One kind of need, told to whoever may act on it. What there is, is asked of all kinds at once.

    ``there`` are the rows that wait for this person, and ``each`` tells one thing from another among them. ``count`` is
    for a kind of which the database cannot tell: ``there`` are then rows without which there is nothing to count.
    """

    heading: Callable[[], str]
    there: Callable[[Any], "QuerySet[Any]"]
    rows: Callable[[Any, int], Iterable[Need]]
    badge: Callable[[], Badge]
    each: str | Expression = "pk"
    count: Callable[[Any], int] | None = None
    order: int = 100
    all_url: Callable[[], str] = str  # the list that holds them all, where there is one
    urgent: bool = False  # whoever wants to be told at once is told of these


@dataclass(frozen=True)
class Group:
    """A source as one person sees it."""

    key: str
    heading: str
    badge: Badge
    count: int
    rows: list[Need]
    all_url: str

    @property
    def more(self) -> int:
        """How many are not shown."""
        return max(0, self.count - len(self.rows))


_sources: dict[str, Source] = {}


def register(key: str, source: Source) -> None:
    """Add a source; the same key again replaces it."""
    _sources[key] = source


def _ordered() -> list[tuple[str, Source]]:
    return sorted(_sources.items(), key=lambda item: item[1].order)


def count(user: Any) -> int:
    """How many things wait for this person."""
    return sum(_numbers(user).values())


def _numbers(user: Any, only: Collection[str] | None = None) -> dict[str, int]:
    """How many there are of each kind of which there is something."""
    asked = {key: source for key, source in _sources.items() if only is None or key in only}
    rows = [_rows(key, source, user) for key, source in asked.items()]
    there = Counter(key for key, _one in set(rows[0].union(*rows[1:]))) if rows else {}
    counts = {key: asked[key].count for key in there}
    return {key: count(user) if (count := counts[key]) is not None else there[key] for key in there}


def _rows(key: str, source: Source, user: Any) -> "QuerySet[Any, tuple[str, int]]":
    each = F(source.each) if isinstance(source.each, str) else source.each
    return source.there(user).order_by().values_list(Value(key), each)


def kinds() -> list[tuple[str, str]]:
    """Every kind of need as (key, heading), the most urgent first."""
    return [(key, source.heading()) for key, source in _ordered()]


def urgent_kinds() -> set[str]:
    return {key for key, source in _sources.items() if source.urgent}


def groups(user: Any, limit: int = AT_MOST, only: Collection[str] | None = None) -> list[Group]:
    """Everything that waits for this person, the most urgent kind first; empty kinds are left out.

    ``only``: of these kinds, the others are not asked.
    """
    found = []
    numbers = _numbers(user, only)
    for key, source in _ordered():
        number = numbers.get(key, 0)
        if number:
            rows = list(source.rows(user, limit)) if limit else []
            found.append(Group(key, source.heading(), source.badge(), number, rows, source.all_url()))
    return found
