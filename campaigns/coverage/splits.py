"""The same stories by another dimension than the focus area: unit, initiative, channel, type of content. Pure.

A row counts what the page shows when only that unit, channel or type is selected, so each number leads to its stories.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from campaigns.coverage.books import Dimension, Kept, Key, Tally, added, keys_of
from campaigns.coverage.facts import Month, Period
from campaigns.coverage.figures import ends


@dataclass
class SplitRow:
    """One line of the heat map. ``key`` is None for what has no unit, initiative or type."""

    key: int | str | None
    name: str
    months: dict[Month, Tally]
    total: Tally
    publications: int
    last: datetime | None
    next: datetime | None


def split(by: Dimension, names: Mapping[int | str, str], kept: Kept, period: Period) -> list[SplitRow]:
    """A row for each name, those with nothing too, and a last one for what belongs to none if there is any."""
    rows = [_row(key, name, [key], by, kept, period) for key, name in names.items()]
    rest = _row(None, "", keys_of(kept, by).difference(names), by, kept, period)
    return [*rows, rest] if rest.total else rows


def _row(key: int | str | None, name: str, keys: Iterable[Key], by: Dimension, kept: Kept, period: Period) -> SplitRow:
    wanted = list(keys)
    lines, total = added(kept.books, period, by, wanted), Tally()
    for line in lines.values():
        total.take(line.tally)
    months = {month: line.tally for month, line in lines.items()}
    publications = sum(line.publications for line in lines.values())
    return SplitRow(key, name, months, total, publications, *ends(kept.ends, by, wanted))
