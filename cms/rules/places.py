"""Stretches of a text, as (start, end)."""

from collections.abc import Iterable, Iterator


def apart(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """In order, without those that begin within another."""
    last = -1
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if start >= last:
            yield start, end
            last = end
