"""One worker at a time: a named lease, so that a slow platform holds one thread of ours and no more."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.utils import timezone

from publishing.claiming import worker_name
from publishing.models import Turn


@contextmanager
def turn(name: str, length: timedelta) -> Iterator[bool]:
    """Whether it is ours now. A worker that is lost gives it up when ``length`` is over."""
    now = timezone.now()
    taken = Turn.objects.filter(name=name, until__lte=now).update(holder=worker_name(), until=now + length)
    if not taken:
        _row, taken = Turn.objects.get_or_create(name=name, defaults={"holder": worker_name(), "until": now + length})
    try:
        yield bool(taken)
    finally:
        if taken:
            Turn.objects.filter(name=name, holder=worker_name(), until=now + length).update(until=timezone.now())
