"""Which advice may be told again on a day, and why: pure. The pool, what was told and the day are arguments."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

ONE_DAY = timedelta(days=1)
AHEAD = timedelta(days=366)  # how far the next allowed day is sought


@dataclass(frozen=True)
class Season:
    """From and until a (month, day), both counted; one that ends before it begins runs over New Year."""

    first: tuple[int, int]
    last: tuple[int, int]

    def holds(self, day: date) -> bool:
        today = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= today <= self.last
        return today >= self.first or today <= self.last


@dataclass(frozen=True)
class Piece:
    """One advice of the pool. ``gap`` is in days, on each channel by itself; ``channels`` are ids."""

    pk: int
    page: int
    title: str
    gap: int
    channels: frozenset[int]
    season: Season | None = None
    most_total: int | None = None
    most_yearly: int | None = None
    expires_on: date | None = None
    active: bool = True
    ready: bool = True  # approved, so that it needs nobody before it is sent


@dataclass(frozen=True)
class Use:
    """It was told, or is planned, on a channel on a day."""

    page: int
    channel: int
    day: date


@dataclass(frozen=True)
class Suggestion:
    """``last`` is when it was told last before the day, on whatever channel; ``reasons`` speak for it."""

    piece: Piece
    channel: int
    last: date | None
    reasons: tuple[str, ...]


def suggest(pool: Iterable[Piece], history: Sequence[Use], day: date, channel: int) -> list[Suggestion]:
    """What may be told there that day: the approved first, then what has a season, then what was told longest ago."""
    found = [
        Suggestion(piece, channel, last_used(piece, history, day), _reasons(piece, history, day))
        for piece in pool
        if against(piece, history, day, channel) is None
    ]
    return sorted(found, key=lambda one: (*rank(one), one.piece.pk))


def rank(one: Suggestion) -> tuple[bool, bool, date, str]:
    """The smallest is the best."""
    return not one.piece.ready, one.piece.season is None, one.last or date.min, one.piece.title


def against(piece: Piece, history: Sequence[Use], day: date, channel: int) -> str | None:
    """Why it may not be told there that day, in a sentence; None when it may."""
    if not piece.active:
        return _("It rests: somebody has switched it off.")
    if channel not in piece.channels:
        return _("It is not meant for this channel.")
    if piece.expires_on is not None and day > piece.expires_on:
        return _("It expired on %(day)s.") % {"day": _date(piece.expires_on)}
    if piece.season is not None and not piece.season.holds(day):
        return _("It is out of season.")
    near = [use.day for use in history if use.page == piece.page and use.channel == channel]
    if any(abs((day - other).days) < piece.gap for other in near):
        return _("It is told there within %(gap)s days of that.") % {"gap": piece.gap}
    if left(piece, history, day) == 0:
        return _("It has been told as often as it may be.")
    return None


def left(piece: Piece, history: Sequence[Use], day: date) -> int | None:
    """How many more days it may be told on, in the year of ``day``; None when nothing limits it.

    A day counts once, on however many channels; one more channel on a day that counts already costs nothing.
    """
    days = {use.day for use in history if use.page == piece.page}
    if day in days:
        return None
    limits = []
    if piece.most_total is not None:
        limits.append(piece.most_total - len(days))
    if piece.most_yearly is not None:
        limits.append(piece.most_yearly - sum(1 for other in days if other.year == day.year))
    return max(min(limits), 0) if limits else None


def last_used(piece: Piece, history: Sequence[Use], day: date) -> date | None:
    """The last day before ``day``."""
    return max((use.day for use in history if use.page == piece.page and use.day < day), default=None)


def next_allowed(piece: Piece, history: Sequence[Use], today: date) -> date | None:
    """The first day from today on which some channel may have it; None within a year."""
    day = today
    while day <= today + AHEAD:
        if any(against(piece, history, day, channel) is None for channel in piece.channels):
            return day
        day += ONE_DAY
    return None


def _reasons(piece: Piece, history: Sequence[Use], day: date) -> tuple[str, ...]:
    last = last_used(piece, history, day)
    found = [_("never used")]
    if last is not None:
        days = (day - last).days
        found = [ngettext("last used %(days)s day before", "last used %(days)s days before", days) % {"days": days}]
    if piece.season is not None:
        month, number = piece.season.last
        until = date(2000, month, number)
        found.append(_("in season until %(day)s") % {"day": date_format(until, pgettext("day and month", "j F"))})
    if not piece.ready:
        found.append(_("wants an approval first"))
    more = left(piece, history, day)
    if more is not None:
        found.append(ngettext("%(count)s time left", "%(count)s times left", more) % {"count": more})
    return tuple(found)


def _date(day: date) -> str:
    return date_format(day, pgettext("day with year", "j F Y"))
