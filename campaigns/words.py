"""A plan in words: what will happen, in the order in which it happens. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing import presenting


@dataclass(frozen=True)
class Row:
    """One channel with its times, as somebody has planned or is typing them."""

    channel: str
    due_at: datetime | None = None
    withdraw_at: datetime | None = None
    out: bool = False  # sent, or on its way: its time is history


def plan_in_words(rows: Iterable[Row], now: datetime) -> list[str]:
    """Sentences for people; one that teaches when nothing is planned."""
    rows = list(rows)
    if not rows:
        return [_("It goes nowhere yet: choose a channel and a time.")]
    return [*_going(rows, now), *_without_time(rows), *_withdrawn(rows, now), *_gone(rows)]


def _going(rows: list[Row], now: datetime) -> list[str]:
    moments: dict[datetime, list[str]] = {}
    ahead = [row for row in rows if row.due_at is not None and not row.out]
    for row in sorted(ahead, key=lambda row: row.due_at or now):
        moments.setdefault(row.due_at or now, []).append(row.channel)
    if not moments:
        return []
    parts, day = [], None
    for moment, channels in moments.items():
        same_day = timezone.localtime(moment).date() == day
        day = timezone.localtime(moment).date()
        words = {"channels": _all_of(channels), "when": presenting.when(moment, now)}
        if same_day:
            parts.append(_("%(channels)s at %(time)s") % {**words, "time": presenting.clock(moment)})
        else:
            parts.append(_("%(channels)s %(when)s") % words)
    return [_("Goes to %(parts)s.") % {"parts": _all_of(parts)}]


def _without_time(rows: list[Row]) -> list[str]:
    channels = [row.channel for row in rows if row.due_at is None and not row.out]
    if not channels:
        return []
    sentence = ngettext("%(channels)s has no time yet.", "%(channels)s have no time yet.", len(channels))
    return [sentence % {"channels": _all_of(channels)}]


def _withdrawn(rows: list[Row], now: datetime) -> list[str]:
    moments: dict[datetime, list[str]] = {}
    for row in rows:
        if row.withdraw_at is not None:
            moments.setdefault(row.withdraw_at, []).append(row.channel)
    sentence = _("Taken down from %(channels)s %(when)s.")
    return [
        sentence % {"channels": _all_of(channels), "when": presenting.when(moment, now)}
        for moment, channels in sorted(moments.items())
    ]


def _gone(rows: list[Row]) -> list[str]:
    channels = [row.channel for row in rows if row.out]
    return [_("Sent to %(channels)s already.") % {"channels": _all_of(channels)}] if channels else []


def _all_of(parts: list[str]) -> str:
    return str(get_text_list(parts, _("and")))
