"""No platform keeps another waiting: how many threads of a worker may hang on platforms that do not answer.

A worker has THREADS threads. At most ASKING of them ask (look up, read back, take down, verify), and at most SLOW send
on channels whose last send was slow; what finds no place is rung for again a second later. The rest is for channels
that answer, whatever the others do. A channel that falls silent takes one thread until its first time-out, and is slow
from then on.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

THREADS = 32  # of a worker: ``celery worker --pool=threads --concurrency=32``
ASKING = 10
SLOW = 10
SLOW_AFTER = 2.0  # seconds for one send

_asking, _slow = threading.BoundedSemaphore(ASKING), threading.BoundedSemaphore(SLOW)
_last: dict[int, float] = {}  # channel -> seconds that its last send took, in this process


@contextmanager
def asking() -> Iterator[bool]:
    """Whether there is a place among those who ask."""
    with _place(_asking) as free:
        yield free


@contextmanager
def sending(channel_id: int) -> Iterator[bool]:
    """Whether there is a place to send on this channel; there always is, unless it is slow."""
    if _last.get(channel_id, 0.0) < SLOW_AFTER:
        yield True
        return
    with _place(_slow) as free:
        yield free


@contextmanager
def timed(channel_id: int) -> Iterator[None]:
    """Around each send: remembers how long it took."""
    begun = time.monotonic()
    try:
        yield
    finally:
        _last[channel_id] = time.monotonic() - begun


@contextmanager
def _place(places: threading.BoundedSemaphore) -> Iterator[bool]:
    free = places.acquire(blocking=False)
    try:
        yield free
    finally:
        if free:
            places.release()
