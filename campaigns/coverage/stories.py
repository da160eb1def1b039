"""Appearances put together to stories. Pure."""

from collections.abc import Iterable
from typing import Literal

from campaigns.coverage.facts import ORDER, Appearance, Fate, Month, Period, Story, Topic, month_of


def selected(
    appearances: Iterable[Appearance], *, channel: int | None = None, unit: int | None = None, kind: str = ""
) -> list[Appearance]:
    """Only what was asked for: one channel, one unit, one type of content."""
    return [
        one
        for one in appearances
        if (channel is None or one.channel == channel)
        and (unit is None or one.unit == unit)
        and (not kind or one.kind == kind)
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
        fits = fits and (
            initiative == "any" or (initiative in story.initiatives if initiative else not story.initiatives)
        )
        if fits:
            found.append(story)
    return sorted(found, key=lambda story: story.at)


def told(appearances: Iterable[Appearance], areas: Iterable[int], topics: Iterable[Topic]) -> list[Story]:
    """Appearances put together to stories, each with one fate, one moment and at most one focus area."""
    known, by_id = set(areas), {topic.id: topic for topic in topics}
    groups: dict[str, list[Appearance]] = {}
    for appearance in appearances:
        groups.setdefault(appearance.story, []).append(appearance)
    return [_story(key, group, known, by_id) for key, group in groups.items()]


def _story(key: str, group: list[Appearance], areas: set[int], topics: dict[int, Topic]) -> Story:
    real = [appearance for appearance in group if not appearance.dry]
    chosen = min(real or group, key=lambda one: (ORDER[one.fate], one.at))
    area, proposed = _area_of(chosen, areas, topics)
    mark = "" if real and not proposed else "proposed" if real else "dry"
    parts = tuple(sorted(group, key=lambda one: one.at))
    return Story(key, chosen.title, chosen.fate, chosen.at, area, mark, chosen.initiatives, parts)


def _area_of(appearance: Appearance, areas: set[int], topics: dict[int, Topic]) -> tuple[int | None, bool]:
    if appearance.area is not None:
        return (appearance.area if appearance.area in areas else None), False
    mine = [topics[one] for one in appearance.initiatives if one in topics]
    confirmed = {area for topic in mine for area in topic.confirmed}
    proposed = {area for topic in mine for area in topic.proposed}
    for found, is_proposed in ((confirmed, False), (proposed, True)):
        if found:
            return (next(iter(found)), is_proposed) if len(found) == 1 else (None, False)
    return None, False
