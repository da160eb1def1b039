"""Appearances put together to stories. Pure."""

from collections.abc import Iterable

from campaigns.coverage.facts import ORDER, Appearance, Story, Topic


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
