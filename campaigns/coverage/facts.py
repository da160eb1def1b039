"""What coverage is counted from: appearances, stories, focus areas, initiatives, a period. Pure values."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from campaigns.clock import COPENHAGEN


class Fate(StrEnum):
    """What became of an appearance. Of a story's several, the first in this order is the story's."""

    SENT = "sent"
    PLANNED = "planned"
    UNCERTAIN = "uncertain"
    HELD = "held"
    FAILED = "failed"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"
    PREPARED = "prepared"  # has a time, is not approved
    CANCELLED = "cancelled"


ORDER = {fate: place for place, fate in enumerate(Fate)}
Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Appearance:
    """One content on one channel. ``at`` is when it went out, or else when it is due (UTC).

    ``key`` is its placement's. ``proposed`` says that its focus area comes from a mapping nobody has confirmed;
    ``moved`` that it stands at another time than the one it was first planned for.
    """

    story: str
    title: str
    fate: Fate
    at: datetime
    channel: int
    dry: bool = False
    area: int | None = None
    initiatives: frozenset[int] = frozenset()
    unit: int | None = None
    kind: str = ""
    key: str = ""
    proposed: bool = False
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """All appearances of one content, as one. ``mark`` is empty when it counts, or says why it does not."""

    key: str
    title: str
    fate: Fate
    at: datetime
    area: int | None
    mark: str  # "", "dry" or "proposed"
    initiatives: frozenset[int]
    appearances: tuple[Appearance, ...]
    moved: bool = False


@dataclass(frozen=True)
class Area:
    """A focus area; ``target`` is the stories aimed at a quarter, ``targets`` what was set for one instead."""

    id: int
    name: str
    target: int | None = None
    key: str = ""
    targets: tuple[tuple[tuple[int, int], int | None], ...] = ()  # ((year, quarter), stories)

    def aim(self, period: "Period") -> int | None:
        """Stories aimed at in whole quarters; None when one of them has no target, or it is anything else."""
        if not period.quarters():
            return None
        aims = [self.aim_of(year, (month + 2) // 3) for year, month in period.months()[::3]]
        known = [aim for aim in aims if aim is not None]
        return sum(known) if len(known) == len(aims) else None

    def aim_of(self, year: int, quarter: int) -> int | None:
        return dict(self.targets).get((year, quarter), self.target)


@dataclass(frozen=True)
class Topic:
    """An initiative with the focus areas it serves. ``number`` is as printed."""

    id: int
    number: str
    title: str
    suitable: str
    confirmed: frozenset[int] = frozenset()
    proposed: frozenset[int] = frozenset()
    likely: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Period:
    """Whole days in Copenhagen, both ends included."""

    first: date
    last: date

    @classmethod
    def of_month(cls, month: Month) -> "Period":
        return cls(date(*month, 1), date(*month_after(month), 1) - timedelta(days=1))

    def holds(self, moment: datetime) -> bool:
        return self.first <= moment.astimezone(COPENHAGEN).date() <= self.last

    def months(self) -> list[Month]:
        """Every month that the period touches."""
        start, end = (day.year * 12 + day.month - 1 for day in (self.first, self.last))
        return [(number // 12, number % 12 + 1) for number in range(start, end + 1)]

    def whole_months(self) -> bool:
        return self.first.day == 1 and (self.last + timedelta(days=1)).day == 1

    def quarters(self) -> int | None:
        """How many whole quarters it is; None when it is anything else."""
        months, after = len(self.months()), self.last + timedelta(days=1)
        whole = self.first.day == 1 and after.day == 1 and self.first.month % 3 == 1 and months % 3 == 0
        return months // 3 if whole else None


@dataclass(frozen=True)
class Rules:
    """A gap is no story for more than ``silent`` days and none planned in the next ``ahead``."""

    silent: int = 90
    ahead: int = 30


def month_of(moment: datetime) -> Month:
    if 1 < moment.day < 28 and moment.tzinfo is UTC:  # the same there, without asking the clock
        return moment.year, moment.month
    local = moment.astimezone(COPENHAGEN)
    return local.year, local.month


def month_after(month: Month) -> Month:
    year, number = month
    return (year + 1, 1) if number == 12 else (year, number + 1)


def start_of(month: Month) -> datetime:
    """Its first midnight in Copenhagen, as UTC."""
    return datetime(*month, 1, tzinfo=COPENHAGEN).astimezone(UTC)
