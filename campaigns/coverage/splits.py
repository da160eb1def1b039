"""The same stories by another dimension than the focus area: unit, initiative, channel, type of content. Pure.

A row counts what the page shows when only that unit, channel or type is selected, so each number leads to its stories.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from campaigns.coverage.facts import Appearance, Area, Month, Period, Story, Topic
from campaigns.coverage.figures import Tally, last_of, next_of, tallied
from campaigns.coverage.stories import published, told


class Dimension(StrEnum):
    AREA = "area"
    UNIT = "unit"
    INITIATIVE = "initiative"
    CHANNEL = "channel"
    KIND = "kind"


OF: Mapping[Dimension, Callable[[Appearance], int | str | None]] = {
    Dimension.UNIT: lambda one: one.unit,
    Dimension.CHANNEL: lambda one: one.channel,
    Dimension.KIND: lambda one: one.kind or None,
}


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


def split(
    by: Dimension,
    names: Mapping[int | str, str],
    appearances: Sequence[Appearance],
    areas: Sequence[Area],
    topics: Sequence[Topic],
    *,
    period: Period,
    now: datetime,
) -> list[SplitRow]:
    """A row for each name, those with nothing too, and a last one for what belongs to none if there is any."""
    groups = _by_initiative if by is Dimension.INITIATIVE else _by_value(OF[by])
    found = groups(appearances, [area.id for area in areas], topics)
    rows = [_row(key, name, found.get(key, []), period, now) for key, name in names.items()]
    rest = _row(None, "", [story for key, group in found.items() if key not in names for story in group], period, now)
    return [*rows, rest] if rest.total else rows


Groups = Mapping[int | str | None, list[Story]]


def _by_value(
    value: Callable[[Appearance], int | str | None],
) -> Callable[[Sequence[Appearance], Sequence[int], Sequence[Topic]], Groups]:
    def groups(appearances: Sequence[Appearance], areas: Sequence[int], topics: Sequence[Topic]) -> Groups:
        parts: dict[int | str | None, list[Appearance]] = {}
        for one in appearances:
            parts.setdefault(value(one), []).append(one)
        return {key: told(part, areas, topics) for key, part in parts.items()}

    return groups


def _by_initiative(appearances: Sequence[Appearance], areas: Sequence[int], topics: Sequence[Topic]) -> Groups:
    found: dict[int | str | None, list[Story]] = {}
    for story in told(appearances, areas, topics):
        for key in story.initiatives or (None,):
            found.setdefault(key, []).append(story)
    return found


def _row(key: int | str | None, name: str, stories: Sequence[Story], period: Period, now: datetime) -> SplitRow:
    months, total = tallied(stories, period)
    counting = [story for story in stories if not story.mark]
    out = sum(1 for story in counting for one in published(story) if period.holds(one.at))
    return SplitRow(key, name, months, total, out, last_of(counting, now), next_of(counting))
