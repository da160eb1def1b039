"""Closed windows: when something may not be told, or only with a second person's yes. Pure.

A window names topics (focus areas, initiatives, words: one is enough) and may be narrowed to kinds of content, units
and channels (each that is named must fit). One that names no topic concerns them all. What is operational is exempt,
as it is from STOP.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from campaigns.topics import Topic, names_any

WARN, BLOCK = "warn", "block"


@dataclass(frozen=True)
class Window:
    """From ``start`` until before ``end``, UTC. ``name`` is empty where nobody is told what it is about.

    Why it is closed is not here at all, so that it cannot slip out.
    """

    pk: int
    start: datetime
    end: datetime
    mode: str
    name: str = ""
    neutral: bool = False  # an election is on
    focus_areas: frozenset[str] = frozenset()
    initiatives: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()

    @property
    def blocks(self) -> bool:
        return self.mode == BLOCK

    @property
    def terms(self) -> str:
        """Another text when anything of it changes: who let something pass did so under these terms."""
        named = (self.focus_areas, self.initiatives, self.words, self.kinds, self.units, self.channels)
        times = (self.start.timestamp(), self.end.timestamp())
        return repr((self.pk, *times, self.mode, self.name, *(sorted(keys) for keys in named)))


@dataclass(frozen=True)
class Item:
    """A topic on a channel, told by its slug."""

    topic: Topic
    channel: str


def against(item: Item, moment: datetime, windows: Iterable[Window]) -> list[Window]:
    """What speaks against this item at this moment, those that block first."""
    found = [window for window in windows if window.start <= moment < window.end and concerns(window, item)]
    return sorted(found, key=lambda window: (not window.blocks, window.start, window.pk))


def concerns(window: Window, item: Item) -> bool:
    topic = item.topic
    if topic.operational:
        return False
    fits = (
        (not window.kinds or not topic.kind or topic.kind in window.kinds)  # of a plan nobody has written yet
        and (not window.units or topic.unit in window.units)
        and (not window.channels or item.channel in window.channels)
    )
    return fits and _names(window, topic)


def _names(window: Window, topic: Topic) -> bool:
    if not (window.focus_areas or window.initiatives or window.words):
        return True
    return (
        topic.focus_area in window.focus_areas
        or bool(topic.initiatives & window.initiatives)
        or names_any(topic.text, window.words)
    )


def sentence(window: Window) -> str:
    """What is said to whoever chooses the time, and stands in the log. Never why."""
    if window.blocks:
        if window.name:
            return _("This time is closed for this topic: %(name)s.") % {"name": window.name}
        return _("This time is closed for this topic. Ask the communications desk.")
    if window.name:
        return _("At this time it needs a second look: %(name)s.") % {"name": window.name}
    return _("At this time this topic needs a second look. Ask the communications desk.")
