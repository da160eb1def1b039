"""Where slots would stand before anybody makes them: each with its time, and with what speaks against the one wished.

Pure: what is taken and the time now are arguments. What cannot be where it is wished goes to the nearest free time, or
has no time until somebody gives it one; nothing is left out, and nothing is moved without a word.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from campaigns import clock, conflicts, free_time, windows
from campaigns.topics import Topic
from campaigns.windows import Item, Window
from publishing.models import Channel

ABOUT_NOTHING = Topic()


@dataclass(frozen=True)
class Wished:
    """One slot. ``wall`` is naive, on the clock in Copenhagen; None for one without a time.

    ``key`` tells it from the others for as long as somebody looks at them, ``about`` is the caller's.
    """

    title: str
    channel: Channel
    wall: datetime | None
    key: str = ""
    kind: str = ""
    hint: str = ""
    topic: Topic = ABOUT_NOTHING
    about: Any = None


@dataclass(frozen=True)
class Proposed:
    """``due_at`` (UTC) is where it would stand; ``clashes`` say why not where it was wished, ``notes`` the rest."""

    wished: Wished
    due_at: datetime | None
    clashes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def wall(self) -> datetime | None:
        return clock.to_wall(self.due_at) if self.due_at else None

    @property
    def moved(self) -> bool:
        return self.wall != self.wished.wall


def settle(
    wishes: Sequence[Wished],
    taken: Mapping[int, Iterable[datetime]],
    now: datetime,
    holiday: Callable[[date], str],
    shut: Sequence[Window] = (),
) -> list[Proposed]:
    """In the order of the clock; each takes its place before the next one looks. ``taken`` is by id of channel.

    ``holiday`` names the public holiday that a day is; empty for any other. ``shut`` are the closed windows ahead.
    """
    busy = {pk: list(moments) for pk, moments in taken.items()}
    found = []
    for wish in sorted(wishes, key=_order):
        closed = [window for window in shut if windows.concerns(window, Item(wish.topic, wish.channel.slug))]
        one = _place(wish, busy.setdefault(wish.channel.pk, []), now, holiday, closed)
        if one.due_at is not None:
            busy[wish.channel.pk].append(one.due_at)
        found.append(one)
    return found


def _order(wish: Wished) -> tuple[bool, str, str, str]:
    return wish.wall is None, wish.wall.isoformat() if wish.wall else "", wish.channel.name, wish.key


def _place(
    wish: Wished, busy: list[datetime], now: datetime, holiday: Callable[[date], str], closed: Sequence[Window]
) -> Proposed:
    if wish.wall is None:
        return Proposed(wish, None)
    clashes, notes, channel = [], [], wish.channel
    wall = clock.next_existing(wish.wall)
    if wall != wish.wall:
        clashes.append(_("There is no %(time)s that night: the clocks go forward.") % {"time": _time(wish.wall)})
    elif clock.kind_of(wall) is clock.Kind.DOUBLED:
        notes.append(_("That hour comes twice that night. The first one is meant, in summer time."))
    due_at = clock.to_utc(wall)
    if due_at < now - timedelta(minutes=1):
        return Proposed(wish, None, [*clashes, _("This time has passed, so it has no time yet.")], notes)
    against = conflicts.of_time(channel, due_at, now, closed) or conflicts.of_gap(channel, due_at, busy)
    found: datetime | None = due_at
    if against:
        clashes += against
        found = free_time.nearest(channel, due_at, busy, now, closed)
    if found is None:
        return Proposed(wish, None, [*clashes, _("Nothing is free within a week, so it has no time yet.")], notes)
    name = holiday(clock.to_wall(found).date())
    if name:
        notes.append(_("The day is a public holiday: %(name)s.") % {"name": name})
    notes += [windows.sentence(one) for one in closed if not one.blocks and one.start <= found < one.end]
    return Proposed(wish, found, clashes, notes)


def span(wishes: Iterable[Wished]) -> tuple[datetime, datetime] | None:
    """From when to when (UTC) what is taken must be known."""
    moments = [clock.to_utc(clock.next_existing(wish.wall)) for wish in wishes if wish.wall is not None]
    margin = timedelta(days=1)
    return (min(moments) - margin, max(moments) + free_time.AHEAD + margin) if moments else None


def _time(wall: datetime) -> str:
    return date_format(wall, pgettext("time of day", "H:i"))
