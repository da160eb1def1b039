"""Figures beside the heat map: how fast, how well, by the rules. Layers register theirs in ``AppConfig.ready()``.

A figure is a number and its definition, never a person or a case. The page, the exports, the digest and the API all say
it by ``Figure.said``; what is not known is None and said so, never 0.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from statistics import median, quantiles
from typing import Any, TypeVar

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.coverage.facts import Period
from campaigns.coverage.neglect import SMALL
from campaigns.coverage.shares import percent

T = TypeVar("T")


class Unit(StrEnum):
    COUNT = "count"
    SHARE = "share"  # ``value`` out of ``of``
    HOURS = "hours"
    NUMBER = "number"  # one decimal


@dataclass(frozen=True)
class Definition:
    label: Any
    text: Any
    internal: bool = False  # stays in the house: other systems are not told
    momentary: bool = False  # as things are at a moment, whatever the period: nothing later corrects it


@dataclass(frozen=True)
class Figure:
    """``of`` is what a share is of, or how many a median was taken of. ``parts`` tell a count apart."""

    key: str
    value: float | None
    unit: Unit = Unit.COUNT
    of: int | None = None
    parts: tuple[tuple[str, str], ...] = ()
    name: str = ""  # of a channel, where a definition holds for several
    since: str = ""  # what would be said now, where the figure stands as it was counted

    @property
    def label(self) -> str:
        return self.name or str(definitions()[self.key].label)

    @property
    def definition(self) -> str:
        return str(definitions()[self.key].text)

    @property
    def internal(self) -> bool:
        return definitions()[self.key].internal

    @property
    def known(self) -> bool:
        return self.value is not None and (self.unit is not Unit.SHARE or bool(self.of))

    def said(self) -> str:
        if self.value is None or not self.known:
            return _("data missing")
        if self.unit is Unit.SHARE:
            counts = _("%(count)s of %(all)s") % {"count": round(self.value), "all": self.of}
            few = self.of is None or self.of < SMALL
            return counts if few else f"{percent(self.value, self.of or 1)} % ({counts})"
        if self.unit is Unit.HOURS:
            return _hours(self.value)
        return (
            number_format(round(self.value, 1), 1)
            if self.unit is Unit.NUMBER
            else number_format(round(self.value), force_grouping=True)
        )


@dataclass(frozen=True)
class Source:
    heading: Callable[[], str]
    figures: Callable[[Period, datetime], Sequence[Figure]]
    definitions: Mapping[str, Definition]
    order: int = 100
    rows: str = ""  # the listing of what people enter for it, as the name of an address
    grows: bool = False  # it is collected for long afterwards, so no end of a period is the time to count it


@dataclass(frozen=True)
class Section:
    """``stands`` is when it was counted, where a period that has ended keeps it as it was then; ``counted_at`` where
    it was counted a moment ago and not for whoever asks."""

    key: str
    heading: str
    figures: Sequence[Figure]
    rows: str = ""
    stands: datetime | None = None
    noticed_at: datetime | None = None  # when what differs now was first seen
    counted_at: datetime | None = None


_sources: dict[str, Source] = {}


def register(key: str, source: Source) -> None:
    """Add a source; the same key again replaces it."""
    _sources[key] = source


def sources() -> list[tuple[str, Source]]:
    """Those that are registered, in the order in which they are read."""
    return sorted(_sources.items(), key=lambda item: item[1].order)


_read: ContextVar[dict[str, dict[Any, Any]] | None] = ContextVar("read by the figures that are counted", default=None)


@contextmanager
def together() -> Iterator[None]:
    """What is counted in here is counted at one moment: what several sources read is read once."""
    token = _read.set({} if (seen := _read.get()) is None else seen)
    try:
        yield
    finally:
        _read.reset(token)


def memory(name: str) -> dict[Any, Any]:
    """What was read under that name since ``together`` began; outside of it nothing is remembered."""
    seen = _read.get()
    return {} if seen is None else seen.setdefault(name, {})


def once(name: str, asked: object, read: Callable[[], T]) -> T:
    """What ``read`` gives, read once for all that is counted together: in every language, too."""
    known = memory(name)
    if asked not in known:
        known[asked] = read()
    found: T = known[asked]
    return found


def section(key: str, source: Source, period: Period, now: datetime) -> Section:
    """Counted from what is there now."""
    return Section(key, source.heading(), source.figures(period, now), source.rows)


def sections(period: Period, now: datetime) -> list[Section]:
    """Everything, counted from what is there now; what stands of a period that has ended, ``ended`` knows."""
    with together():
        return [section(key, source, period, now) for key, source in sources()]


def definitions() -> dict[str, Definition]:
    """Of every figure there is, by its key."""
    return {key: one for source in _sources.values() for key, one in source.definitions.items()}


def _hours(value: float) -> str:
    """Under an hour in minutes: "0.0 hours" is no answer."""
    if 0 < value < 1:
        minutes = max(1, round(60 * value))
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    return _("%(hours)s hours") % {"hours": number_format(round(value, 1), 1)}


def middle(values: Sequence[float]) -> float | None:
    return median(values) if values else None


def ninth_tenth(values: Sequence[float]) -> float | None:
    """What nine of ten do not exceed; of one value, itself."""
    if len(values) < 2:
        return values[0] if values else None
    return quantiles(values, n=10, method="inclusive")[8]


def hours_between(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds() / 3600
