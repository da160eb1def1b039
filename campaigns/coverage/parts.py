"""Parts of everything: one channel, one unit, one type, and what they have in common. Pure.

What is counted of each is kept beside what is counted of all, from the same stories: whoever selects one then reads it.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import product

from campaigns.coverage.books import VALUES, Dimension, Ends, Kept, Key, enter, see_last
from campaigns.coverage.facts import Month, Period, Story
from campaigns.coverage.stories import Selection, as_story

Is = tuple[Key]  # of None: what has no unit or type
Part = tuple[Is | None, ...]  # in the order of VALUES; None: any of them
ALL: Part = (None,) * len(VALUES)


def of_selection(selection: Selection) -> Part:
    asked: dict[Dimension, Key] = {
        Dimension.UNIT: selection.unit,
        Dimension.CHANNEL: selection.channel,
        Dimension.KIND: selection.kind or None,
    }
    return tuple(
        (asked[dimension],) if asked[dimension] is not None else (None,) if dimension in selection.without else None
        for dimension, _value in VALUES
    )


def named(part: Part) -> str:
    """As it is stored: "unit:3 kind:post", nothing where it is any."""
    return " ".join(
        f"{dimension}:{'' if one[0] is None else one[0]}"
        for (dimension, _value), one in zip(VALUES, part, strict=True)
        if one
    )


def parts_of(story: Story | None) -> dict[Part, Story]:
    """The story as each selection sees it; the very same one where they see the same of it."""
    if story is None:
        return {}
    groups: dict[Part, list[int]] = {}
    for place, appearance in enumerate(story.appearances):
        for part in product(*((None, (value(appearance),)) for _dimension, value in VALUES)):
            groups.setdefault(part, []).append(place)
    seen: dict[tuple[int, ...], Story] = {tuple(range(len(story.appearances))): story}
    found: dict[Part, Story] = {}
    for part, group in groups.items():
        same = tuple(group)
        if same not in seen:
            seen[same] = as_story([story.appearances[place] for place in group])
        found[part] = seen[same]
    return found


def keep_parts(stories: Iterable[Story], now: datetime) -> dict[Part, Kept]:
    """What ``keep`` would keep of the stories that each part sees."""
    found: dict[Part, Kept] = {}
    for story in stories:
        for seen, parts in _alike(story):
            enter(seen, [found.setdefault(part, Kept()) for part in parts], now)
    return found


def last_of_parts(stories: Iterable[Story], month: Month, now: datetime) -> dict[Part, Ends]:
    """What ``last_in`` would find of the stories that each part sees."""
    found: dict[Part, Ends] = {}
    for story in stories:
        for seen, parts in _alike(story):
            see_last(seen, [found.setdefault(part, Ends()) for part in parts], Period.of_month(month), now)
    return found


def _alike(story: Story) -> list[tuple[Story, list[Part]]]:
    """Each story that is seen, with the parts that see it so. All of everything is no part."""
    found: dict[int, tuple[Story, list[Part]]] = {}
    for part, seen in parts_of(story).items():
        if part != ALL:
            found.setdefault(id(seen), (seen, []))[1].append(part)
    return list(found.values())
