"""What the layer above knows about content: how far it has come, and what of it has no place in the plan yet.

Registered in ``AppConfig.ready()``. A placement points at a page; what kind of page, this layer need not know.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from campaigns.topics import Topic
from publishing.models import Channel
from publishing.presenting import Badge


@dataclass(frozen=True)
class Facts:
    """One content: how far it has come as a shape and a word, and what it serves."""

    badge: Badge
    focus_area_id: int | None = None
    campaign_id: int | None = None


@dataclass(frozen=True)
class Unplaced:
    """Content that nobody has given a channel or a time. ``editable`` by who asked."""

    page_id: int
    title: str
    editable: bool = False


@dataclass(frozen=True)
class Standing:
    """For which channels (ids) the approval of a content still stands, and the last day before its review is due."""

    channels: frozenset[int] = frozenset()
    until: date | None = None

    def allows(self, channel_id: int, day: date) -> bool:
        """Whether it may be placed there on that day without a new approval."""
        return channel_id in self.channels and (self.until is None or day <= self.until)


NOTHING = Standing()


@dataclass(frozen=True)
class Sought:
    """Content of this unit, serving one of these initiatives, of this kind and campaign; None or empty: of any."""

    unit: int | None = None
    initiatives: tuple[int, ...] | None = None
    kind: str = ""
    campaign: int | None = None

    @property
    def anything(self) -> bool:
        return self == ANYTHING


ANYTHING = Sought()


@dataclass(frozen=True)
class Source:
    """``describe`` tells of these pages by id. ``unplaced`` finds of what is sought that part (all without an end), as
    this person may edit it, and of this owner only when one is given; and how many there are of it.
    ``find`` finds at most so many with these words in the title that this person may edit, what was changed last first.

    ``kinds`` names the kinds of content as (key, label), ``seek`` gives the ids of what is sought, as a subquery.
    ``obstacles`` says why a channel cannot carry a page as it is written now, at a moment (UTC).
    ``topics`` tells what pages are about as they are written now, ``topic_of`` the same of one in a form.
    ``standing`` tells of these pages for which channels their approval stands; what has none is left out.
    ``reopen`` makes a draft of an approved page whose review date has passed, so that it wants a new approval.
    ``url_of`` is where this person edits a page, empty for whoever may not; ``editable`` tells that of many.
    """

    describe: Callable[[Collection[int]], Mapping[int, Facts]]
    unplaced: Callable[[Sought, int, int | None, Any, int | None], tuple[list[Unplaced], int]]
    find: Callable[[str, Any, int, Sought], Iterable[Unplaced]]
    url_of: Callable[[int, Any], str]
    editable: Callable[[Collection[int], Any], Collection[int]]
    kinds: Callable[[], list[tuple[str, str]]]
    seek: Callable[[Sought], Any]
    obstacles: Callable[[int, Channel, datetime], list[str]]
    topics: Callable[[Collection[int]], Mapping[int, Topic]]
    topic_of: Callable[[Any], Topic]
    standing: Callable[[Collection[int]], Mapping[int, Standing]]
    reopen: Callable[[int, Any], None]


_sources: list[Source] = []


def register(source: Source) -> None:
    """The one layer that knows content; registering again replaces it."""
    _sources[:] = [source]


def describe(page_ids: Collection[int]) -> Mapping[int, Facts]:
    """Page id to its facts. Pages that nobody knows are left out."""
    return _sources[0].describe(page_ids) if _sources and page_ids else {}


def unplaced(
    sought: Sought, start: int, end: int | None, user: Any, owner: int | None = None
) -> tuple[list[Unplaced], int]:
    """Content without a place in the plan, what was changed last first; and how much there is of it."""
    return _sources[0].unplaced(sought, start, end, user, owner) if _sources else ([], 0)


def find(words: str, user: Any, limit: int, sought: Sought = ANYTHING) -> list[Unplaced]:
    """Content that this person may edit, by words of its title."""
    return list(_sources[0].find(words, user, limit, sought)) if _sources else []


def url_of(page_id: int, user: Any) -> str:
    return _sources[0].url_of(page_id, user) if _sources else ""


def editable(page_ids: Collection[int], user: Any) -> Collection[int]:
    """Which of these pages this person may edit."""
    return _sources[0].editable(page_ids, user) if _sources and page_ids else ()


def kinds() -> list[tuple[str, str]]:
    return _sources[0].kinds() if _sources else []


def seek(sought: Sought) -> Any:
    """To hang behind ``page_id__in``."""
    return _sources[0].seek(sought) if _sources else ()


def obstacles(page_id: int, channel: Channel, due_at: datetime) -> list[str]:
    """Sentences; none when the channel can carry it whole."""
    return _sources[0].obstacles(page_id, channel, due_at) if _sources else []


def topics(page_ids: Collection[int]) -> Mapping[int, Topic]:
    """Page id to what it is about, as it is written now."""
    return _sources[0].topics(page_ids) if _sources and page_ids else {}


def topic_of(page: Any) -> Topic:
    """What a page is about as it stands in a form."""
    return _sources[0].topic_of(page) if _sources else Topic()


def standing(page_ids: Collection[int]) -> Mapping[int, Standing]:
    """Page id to what its approval allows now; pages without a standing approval are left out."""
    return _sources[0].standing(page_ids) if _sources and page_ids else {}


def reopen(page_id: int, user: Any) -> None:
    """What was approved is looked at again before it is sent. PermissionDenied for whoever may not edit it."""
    if _sources:
        _sources[0].reopen(page_id, user)
