"""The plan of a campaign as weeks by channel, with what is missing in one sentence. Pure: no database and no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.calendar import Entry
from publishing import presenting

DRAFTED = frozenset({"draft", "in_approval", "changed"})
LOST = frozenset({"cancelled", "withdrawn", "failed", "missed"})
SENT = frozenset({"delivered", "read_back", "absent", "different"})


@dataclass(frozen=True)
class Week:
    """``cells`` are the entries of each channel; ``weeks`` is more than one for a pause in which nothing stands."""

    monday: date
    cells: tuple[tuple[Entry, ...], ...] = ()
    weeks: int = 1
    current: bool = False

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week

    @property
    def last(self) -> date:
        """The Sunday with which it ends."""
        return self.monday + timedelta(days=7 * self.weeks - 1)

    @property
    def last_number(self) -> int:
        return self.last.isocalendar().week

    @property
    def empty(self) -> bool:
        return not any(self.cells)


@dataclass(frozen=True)
class Aim:
    """How far a channel has come: posts with a text, of them sent, slots without one, and what is aimed at."""

    channel: str
    written: int
    sent: int
    empty: int
    target: int | None

    @property
    def short(self) -> int:
        """How many slots must still be made."""
        return max(0, (self.target or 0) - self.written - self.empty)

    @property
    def reached(self) -> bool:
        return self.target is not None and self.written >= self.target


def channels_of(entries: Iterable[Entry], aimed_at: Iterable[str]) -> list[str]:
    """Those with a target or with something planned, by name."""
    return sorted({*aimed_at, *(entry.channel for entry in entries)}, key=str.casefold)


def weeks(entries: Iterable[Entry], channels: Sequence[str], first: date, last: date, *, today: date) -> list[Week]:
    """From the first to the last day of the campaign, or of what stands outside it. Weeks of nothing are one."""
    placed: dict[date, dict[str, list[Entry]]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.moment, entry.channel, entry.pk)):
        placed.setdefault(_monday(entry.wall.date()), {}).setdefault(entry.channel, []).append(entry)
    monday, end = min([_monday(first), *placed]), max([_monday(last), *placed])
    found: list[Week] = []
    while monday <= end:
        cells = tuple(tuple(placed.get(monday, {}).get(channel, ())) for channel in channels)
        week = Week(monday, cells, current=monday == _monday(today))
        before = found[-1] if found else None
        if before is not None and before.empty and week.empty and not (before.current or week.current):
            found[-1] = Week(before.monday, before.cells, before.weeks + 1)
        else:
            found.append(week)
        monday += timedelta(days=7)
    return found


def aims(entries: Iterable[Entry], channels: Sequence[str], targets: Mapping[str, int]) -> list[Aim]:
    """Of each channel; what was cancelled, taken down, or never got out counts for nothing."""
    kept: dict[str, list[str]] = {channel: [] for channel in channels}
    for entry in entries:
        if entry.badge.key not in LOST:
            kept[entry.channel].append(entry.badge.key)
    return [
        Aim(
            channel,
            written=sum(key != "empty" for key in keys),
            sent=sum(key in SENT for key in keys),
            empty=keys.count("empty"),
            target=targets.get(channel),
        )
        for channel, keys in kept.items()
    ]


def missing(entries: Sequence[Entry], now: datetime) -> str:
    """What the plan lacks, in one sentence."""
    if not entries:
        return _("Nothing is planned yet: add the first slot, or begin with a template.")
    empty = [entry.moment for entry in entries if entry.badge.key == "empty"]
    drafted = [entry.moment for entry in entries if entry.badge.key in DRAFTED]
    words = {"total": len(entries), "empty": len(empty), "drafted": len(drafted)}
    if empty:
        sentence = ngettext(
            "%(empty)s of %(total)s posts lacks a text; %(due)s.", "%(empty)s of %(total)s posts lack a text; %(due)s.",
            len(empty),
        )  # fmt: skip
        return sentence % {**words, "due": _due(min(empty), now)}
    if drafted:
        sentence = ngettext(
            "All posts have a text; %(drafted)s of %(total)s is not approved yet, and %(due)s.",
            "All posts have a text; %(drafted)s of %(total)s are not approved yet, and %(due)s.",
            len(drafted),
        )
        return sentence % {**words, "due": _due(min(drafted), now)}
    return ngettext(
        "The post has a text and is approved.", "All %(total)s posts have a text and are approved.", len(entries)
    ) % {"total": len(entries)}


def _due(first: datetime, now: datetime) -> str:
    if first < now:
        return _("the first should have gone %(ago)s") % {"ago": presenting.ago(first, now)}
    return _("the first is due %(ago)s") % {"ago": presenting.ago(first, now)}


def counts(entries: Iterable[Entry]) -> dict[str, int]:
    """How many are filled, drafted and empty."""
    found = {"filled": 0, "drafted": 0, "empty": 0}
    for entry in entries:
        key = entry.badge.key
        found["empty" if key == "empty" else "drafted" if key in DRAFTED else "filled"] += 1
    return found


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
