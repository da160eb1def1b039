"""Wall time and UTC, pure. One stated rule for the two odd hours of the year.

* An hour that does not exist (last Sunday of March, 02.00-03.00): no time at all; the person chooses another.
* An hour that occurs twice (last Sunday of October): the first of the two, in summer time.
"""

from datetime import UTC, date, datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
YEARS = range(2000, 2100)  # outside are slips of the finger, and at the ends days that no clock can be put to


class Kind(Enum):
    ORDINARY = "ordinary"
    MISSING = "missing"
    DOUBLED = "doubled"


def can_be_meant(day: date) -> bool:
    """Whether somebody who types this day means it."""
    return day.year in YEARS


def kind_of(wall: datetime, zone: ZoneInfo = COPENHAGEN) -> Kind:
    """What sort of moment a naive wall time is in ``zone``."""
    early, late = wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)
    if early.utcoffset() == late.utcoffset():
        return Kind.ORDINARY
    back = early.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    return Kind.DOUBLED if back == wall else Kind.MISSING


def to_utc(wall: datetime, zone: ZoneInfo = COPENHAGEN) -> datetime:
    """The moment in UTC; of a doubled hour the first. ValueError when the time does not exist."""
    if kind_of(wall, zone) is Kind.MISSING:
        raise ValueError("This wall time does not exist.")
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def next_existing(wall: datetime, zone: ZoneInfo = COPENHAGEN) -> datetime:
    """The nearest later wall time that exists: a suggestion for a missing one."""
    return wall + timedelta(hours=1) if kind_of(wall, zone) is Kind.MISSING else wall


def to_wall(moment: datetime, zone: ZoneInfo = COPENHAGEN) -> datetime:
    """The naive wall time of a moment."""
    return moment.astimezone(zone).replace(tzinfo=None)


def written(moment: datetime, zone: ZoneInfo = COPENHAGEN) -> str:
    """The wall time of a moment as it is stored beside it: local ISO, to the second, no offset."""
    return to_wall(moment, zone).isoformat(timespec="seconds")
