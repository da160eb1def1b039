"""Appearances put together to stories. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from campaigns.coverage.facts import ORDER, Appearance, Fate, Month, Period, Story, Topic, month_of


@dataclass(frozen=True)
class Selection:
    """A part of everything: one channel, one unit, one type of content. ``without`` names what shall be missing."""

    channel: int | None = None
    unit: int | None = None
    kind: str = ""
    without: frozenset[str] = frozenset()  # "unit", "kind"

    def __bool__(self) -> bool:
        return self != Selection()

    def of(self, appearances: Iterable[Appearance]) -> list[Appearance]:
        return [
            one
            for one in appearances
            if (self.channel is None or one.channel == self.channel)
            and (self.unit is None or one.unit == self.unit)
            and (not self.kind or one.kind == self.kind)
            and not any(getattr(one, name) for name in self.without)
        ]


def published(story: Story) -> list[Appearance]:
    """Where and when the public could see it; what was taken down again is not among them."""
    return [one for one in story.appearances if one.fate is Fate.SENT and not one.dry]


def find(
    stories: Iterable[Story],
    period: Period,
    *,
    area: int | Literal["any"] | None = "any",
    month: Month | None = None,
    fate: Fate | None = None,
    mark: str | None = None,
    topic: int | None = None,
    initiative: int | Literal["any"] | None = "any",
    moved: bool | None = None,
) -> list[Story]:
    """The stories behind a figure. Of a topic: those published within the period; else those that count in it.

    ``initiative`` is the line of the heat map: what counts in the period and is tagged with it, or with none.
    """
    found = []
    for story in stories:
        if topic is not None:
            fits = topic in story.initiatives and any(period.holds(one.at) for one in published(story))
        else:
            fits = period.holds(story.at)
        fits = fits and (area == "any" or story.area == area) and (fate is None or story.fate is fate)
        fits = fits and (month is None or month_of(story.at) == month) and (mark is None or story.mark == mark)
        fits = fits and (moved is None or story.moved is moved)
        fits = fits and (
            initiative == "any" or (initiative in story.initiatives if initiative else not story.initiatives)
        )
        if fits:
            found.append(story)
    return sorted(found, key=lambda story: story.at)


def told(appearances: Iterable[Appearance], areas: Iterable[int], topics: Iterable[Topic]) -> list[Story]:
    """Appearances put together to stories, each with one fate, one moment and at most one focus area."""
    groups: dict[str, list[Appearance]] = {}
    for appearance in settled(appearances, set(areas), topics):
        groups.setdefault(appearance.story, []).append(appearance)
    return [as_story(group) for group in groups.values()]


def as_story(group: Collection[Appearance]) -> Story:
    """``group`` is settled and of one content. What is real decides, then the fate, then who came first."""
    real = [appearance for appearance in group if not appearance.dry]
    chosen = min(real or group, key=lambda one: (ORDER[one.fate], one.at, one.key))
    mark = "dry" if not real else "proposed" if chosen.proposed else ""
    parts = tuple(sorted(group, key=lambda one: one.at))
    moved = any(one.moved for one in real)
    return Story(
        chosen.story, chosen.title, chosen.fate, chosen.at, chosen.area, mark, chosen.initiatives, parts, moved
    )


def settled(appearances: Iterable[Appearance], areas: Collection[int], topics: Iterable[Topic]) -> Iterable[Appearance]:
    """Each with the focus area it counts for: its own or, without one, what its initiatives' mappings point to."""
    by_id = {topic.id: topic for topic in topics}
    known: dict[tuple[int | None, frozenset[int]], tuple[int | None, bool]] = {}
    for one in appearances:
        place = one.area, one.initiatives
        if place not in known:
            known[place] = _area_of(one, areas, by_id)
        area, proposed = known[place]
        yield one if area == one.area else replace(one, area=area, proposed=proposed)


def _area_of(appearance: Appearance, areas: Collection[int], topics: dict[int, Topic]) -> tuple[int | None, bool]:
    if appearance.area is not None:
        return (appearance.area if appearance.area in areas else None), False
    mine = [topics[one] for one in appearance.initiatives if one in topics]
    confirmed = {area for topic in mine for area in topic.confirmed}
    proposed = {area for topic in mine for area in topic.proposed}
    for found, is_proposed in ((confirmed, False), (proposed, True)):
        if found:
            return (next(iter(found)), is_proposed) if len(found) == 1 else (None, False)
    return None, False
