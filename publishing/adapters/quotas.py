"""What is left of a platform's quota, heard from the answer to a post: for people to see, never to decide by.

An adapter says nothing about it: ``answers.check`` tells whoever is listening.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from publishing.adapters import waits

_heard: ContextVar[dict[str, Any] | None] = ContextVar("quota", default=None)


def told(headers: Mapping[str, str], rate: str, now: datetime) -> dict[str, Any]:
    """``left``, ``of`` and ``until`` (ISO, UTC), as far as they are told; empty when nobody says what is left."""
    left, size = (str(headers.get(f"{rate}-{name}") or "").strip() for name in ("remaining", "limit"))
    if not left.isdecimal():
        return {}
    found: dict[str, Any] = {"left": int(left)}
    if size.isdecimal():
        found["of"] = int(size)
    if headers.get(f"{rate}-reset"):
        found["until"] = waits.until(headers, rate, now).isoformat(timespec="seconds")
    return found


def hear(headers: Mapping[str, str], rate: str, now: datetime) -> None:
    heard = _heard.get()
    if heard is not None:
        heard.update(told(headers, rate, now))


@contextmanager
def listening() -> Iterator[dict[str, Any]]:
    """What was told of the quota inside; filled while it goes on."""
    heard: dict[str, Any] = {}
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)
