"""A plan in words: what will happen, in the order in which it happens. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

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
    rank: int = 0  # in order, all of a lower one go before it
    waits: bool = False  # its time has come and it may still go: only the approval is missing


@dataclass(frozen=True)
class Order:
    """The channels go one after the other, so long apart; ``rule`` says what is done when one of them cannot."""

    gap: timedelta
    rule: str


Step = tuple[datetime, list[str]]  # a moment and the channels that go then


def plan_in_words(rows: Iterable[Row], now: datetime, order: Order | None = None) -> list[str]:
    """Sentences for people; one that teaches when nothing is planned. Without ``order`` each goes at its own time."""
    rows = list(rows)
    if not rows:
        return [_("It goes nowhere yet: choose a channel and a time.")]
    ahead = [(row.due_at, row) for row in rows if row.due_at is not None and not row.out]
    alone = len(ahead) + sum(row.out for row in rows) < 2
    going = _going(ahead, now) if order is None or alone else _in_order(ahead, order, now)
    return [*going, *_without_time(rows), *_withdrawn(rows, now), *_gone(rows)]


def _going(ahead: list[tuple[datetime, Row]], now: datetime) -> list[str]:
    moments: dict[datetime, list[str]] = {}
    for moment, row in sorted(ahead, key=lambda item: item[0]):
        if not row.waits:
            moments.setdefault(moment, []).append(row.channel)
    soon = _all_of([row.channel for _moment, row in ahead if row.waits])
    parts = _parts(list(moments.items()), now)
    return [
        *([_("Goes to %(channels)s as soon as it is approved.") % {"channels": soon}] if soon else []),
        *([_("Goes to %(parts)s.") % {"parts": _all_of(parts)}] if parts else []),
    ]


def _in_order(ahead: list[tuple[datetime, Row]], order: Order, now: datetime) -> list[str]:
    if not ahead:
        return []
    first, *others = _parts(_steps(ahead, order.gap), now)
    parts = [first, *(_("then %(part)s") % {"part": part} for part in others)]
    return [
        _("Goes in order to %(parts)s.") % {"parts": ", ".join(parts)},
        _("Each goes then at the earliest, and only when the one before it is out. If one cannot go: %(rule)s.")
        % {"rule": order.rule},
    ]


def _steps(ahead: list[tuple[datetime, Row]], gap: timedelta) -> list[Step]:
    """As ``publishing.releases`` arranges them: one after the other, only the last rank together, none too early."""
    (before, first), *others = ranked = sorted(ahead, key=lambda item: (item[1].rank, item[0]))
    steps, together = [(before, [first.channel])], dict[datetime, list[str]]()
    for due, row in others:
        moment = max(due, before + gap)
        if row.rank == ranked[-1][1].rank:
            together.setdefault(moment, []).append(row.channel)
        else:
            steps.append((moment, [row.channel]))
            before = moment
    return [*steps, *together.items()]


def _parts(steps: Iterable[Step], now: datetime) -> list[str]:
    """Channels with their moment; the day is said once."""
    parts, day = [], None
    for moment, channels in steps:
        same_day = timezone.localtime(moment).date() == day
        day = timezone.localtime(moment).date()
        words = {"channels": _all_of(channels), "when": presenting.when(moment, now)}
        if same_day:
            parts.append(_("%(channels)s at %(time)s") % {**words, "time": presenting.clock(moment)})
        else:
            parts.append(_("%(channels)s %(when)s") % words)
    return parts


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
