"""Drafts that the plan asks the layer above to write, so that a plan can be brought in with its texts.

Registered in ``AppConfig.ready()``, as ``campaigns.contents`` is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Wanted:
    """A draft as far as a plan knows it; ids of what it serves."""

    title: str
    text: str = ""
    focus_area: int | None = None
    campaign: int | None = None
    initiatives: Sequence[int] = ()


@dataclass(frozen=True)
class Writer:
    """``may`` tells whether this person may write one, ``write`` makes it theirs and gives its page."""

    may: Callable[[Any], bool]
    write: Callable[[Wanted, Any], int]


_writers: list[Writer] = []


def register(writer: Writer) -> None:
    """The one layer that knows content; registering again replaces it."""
    _writers[:] = [writer]


def may_write(user: Any) -> bool:
    return bool(_writers) and _writers[0].may(user)


def write(wanted: Wanted, user: Any) -> int:
    """The id of the page of a new draft. PermissionDenied for whoever may not write one."""
    return _writers[0].write(wanted, user)
