"""Drafts that the plan asks the layer above to write: of a slot, of an idea, of a plan that is brought in.

Registered in ``AppConfig.ready()``, as ``campaigns.contents`` is.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Wanted:
    """A draft as far as a plan knows it; ids of what it serves.

    ``kind`` is one of ``kinds``, empty for the most usual one. ``hint`` is for whoever writes, and is never sent.
    """

    title: str
    text: str = ""
    focus_area: int | None = None
    campaign: int | None = None
    initiatives: Sequence[int] = ()
    kind: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Writer:
    """``may`` tells whether this person may write any, ``write`` makes one theirs and gives its page.

    ``kinds`` names what a draft can be, as (key, label), the most usual first; ``kinds_of`` what this person may write.
    ``copyable`` tells which pages this person may copy, ``copy`` makes a new draft of one for a campaign.
    """

    may: Callable[[Any], bool]
    write: Callable[[Wanted, Any], int]
    kinds: Callable[[], list[tuple[str, str]]]
    kinds_of: Callable[[Any], list[tuple[str, str]]]
    copyable: Callable[[Collection[int], Any], Collection[int]]
    copy: Callable[[int, int | None, Any], int]


_writers: list[Writer] = []


def register(writer: Writer) -> None:
    """The one layer that knows content; registering again replaces it."""
    _writers[:] = [writer]


def may_write(user: Any) -> bool:
    return bool(_writers) and _writers[0].may(user)


def write(wanted: Wanted, user: Any) -> int:
    """The id of the page of a new draft. PermissionDenied for whoever may not write one."""
    return _writers[0].write(wanted, user)


def choices() -> list[tuple[str, str]]:
    """Every kind that a draft can be, for the choices of a field."""
    return _writers[0].kinds() if _writers else []


def kinds_of(user: Any) -> list[tuple[str, str]]:
    """The kinds this person may write, the most usual first."""
    return _writers[0].kinds_of(user) if _writers else []


def copyable(page_ids: Collection[int], user: Any) -> Collection[int]:
    """Which of these pages this person may make a new draft of."""
    return _writers[0].copyable(page_ids, user) if _writers and page_ids else ()


def copy(page_id: int, campaign: int | None, user: Any) -> int:
    """The page of a new draft with the same words, nowhere placed and approved by nobody."""
    return _writers[0].copy(page_id, campaign, user)
