"""The point of no return: noted durably right before the one step that can make something appear.

A worker that is lost before its note has sent nothing, and the missing note is the proof: the delivery goes again
without asking anybody. The note is fenced, so a worker that slept through its lease cannot send any more. A kind whose
platform knows no idempotency key calls ``depart`` and says so in its limits (``departs``).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_note: ContextVar[Callable[[], None] | None] = ContextVar("note", default=None)


def depart() -> None:
    """What follows can be seen by others. Raises TemporaryError when this attempt may not go on: nothing was sent.

    Outside of a delivery (a test of an adapter alone) there is nothing to note.
    """
    note = _note.get()
    if note is not None:
        note()


@contextmanager
def noting(note: Callable[[], None]) -> Iterator[None]:
    """What the adapter does inside belongs to one attempt, which ``note`` writes down."""
    token = _note.set(note)
    try:
        yield
    finally:
        _note.reset(token)
