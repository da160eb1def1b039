"""A rule by RFC 5545, read: what it says, or a clear sentence why a series cannot follow it. Pure."""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from dateutil.rrule import rrulestr
from django.utils.translation import gettext as _

from campaigns import clock

MOST = 400  # occurrences that a series may be limited to
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PARTS = ("FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST")
TIMES = ("BYHOUR", "BYMINUTE", "BYSECOND")
CYCLE = 40  # years after which the days of a month have fallen on every weekday
NTHS = (1, 2, 3, 4, 5, -1, -2)


class Refused(ValueError):
    """Why not, as a sentence for whoever wrote the rule."""


class Weekday(NamedTuple):
    """Monday is 0; ``nth`` of the month (or year), 0 for every one."""

    day: int
    nth: int = 0


@dataclass(frozen=True)
class Rule:
    freq: str
    interval: int = 1
    weekdays: tuple[Weekday, ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: str = ""
    until: date | None = None
    count: int | None = None

    def written(self) -> str:
        """The RRULE, without UNTIL and COUNT, which a series keeps beside it."""
        parts = [f"FREQ={self.freq}"]
        if self.interval != 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.weekdays:
            parts.append("BYDAY=" + ",".join(f"{nth or ''}{DAYS[day]}" for day, nth in self.weekdays))
        for name, numbers in (("BYMONTHDAY", self.month_days), ("BYMONTH", self.months), ("BYSETPOS", self.positions)):
            if numbers:
                parts.append(f"{name}={','.join(map(str, numbers))}")
        if self.week_start:
            parts.append(f"WKST={self.week_start}")
        return ";".join(parts)


def grounded(rule: Rule, start: date) -> Rule:
    """The same days, said outright: what a rule leaves to the day it starts on."""
    if rule.freq == "DAILY" or rule.weekdays or rule.month_days:
        return rule
    if rule.freq == "WEEKLY":
        return replace(rule, weekdays=(Weekday(start.weekday()),))
    months = rule.months or ((start.month,) if rule.freq == "YEARLY" else ())
    return replace(rule, month_days=(start.day,), months=months)


def never(rule: Rule, start: date) -> bool:
    """Whether it comes on no day at all, as the 30th of February: nobody may go looking for its days."""
    if rule.freq in ("DAILY", "WEEKLY"):
        return False
    step = rule.interval * (12 if rule.freq == "YEARLY" else 1)
    first = start.year * 12 + (0 if rule.freq == "YEARLY" else start.month - 1)
    months = (divmod(month, 12) for month in range(first, first + CYCLE * 12, step))
    if rule.freq == "YEARLY":
        months = ((year, month - 1) for year, _january in months for month in rule.months)
    return not any(
        days_of(rule, year, month + 1) for year, month in months if not rule.months or month + 1 in rule.months
    )


def days_of(rule: Rule, year: int, month: int) -> list[int]:
    """Which days of a month a monthly rule gives."""
    length = calendar.monthrange(year, month)[1]
    days = [day for day in range(1, length + 1) if not rule.month_days or {day, day - length - 1} & {*rule.month_days}]
    if rule.weekdays:
        days = [day for day in days if _is_one(rule, date(year, month, day), length)]
    counted = len(days)
    return [day for at, day in enumerate(days) if not rule.positions or {at + 1, at - counted} & {*rule.positions}]


def _is_one(rule: Rule, day: date, length: int) -> bool:
    nths = {0, (day.day + 6) // 7, -((length - day.day) // 7 + 1)}
    return any(weekday == day.weekday() and nth in nths for weekday, nth in rule.weekdays)


def read(text: str) -> Rule:
    """Refused for what is no rule, for what comes more often than once a day, and for what cannot be said in words."""
    parts = _parts(text)
    freq = parts.get("FREQ", "")
    if freq in ("HOURLY", "MINUTELY", "SECONDLY") or any(name in parts for name in TIMES):
        raise Refused(_("A series comes at most once a day. Its time has a field of its own."))
    if freq not in FREQUENCIES:
        raise Refused(_("The rule must begin with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY."))
    for name in parts:
        if name not in (*PARTS, "UNTIL", "COUNT"):
            raise Refused(_("%(part)s is not used here: it cannot be said in plain words.") % {"part": name})
    if "UNTIL" in parts and "COUNT" in parts:
        raise Refused(_("A rule ends on a day or after a number of times, not both."))
    rule = Rule(
        freq=freq,
        interval=_numbers(parts, "INTERVAL", 1, 400)[0] if "INTERVAL" in parts else 1,
        weekdays=_weekdays(parts.get("BYDAY", ""), freq),
        month_days=_numbers(parts, "BYMONTHDAY", -31, 31),
        months=_numbers(parts, "BYMONTH", 1, 12),
        positions=_numbers(parts, "BYSETPOS", -2, 5),
        week_start=_week_start(parts.get("WKST", "")),
        until=_until(parts["UNTIL"]) if "UNTIL" in parts else None,
        count=_numbers(parts, "COUNT", 1, MOST)[0] if "COUNT" in parts else None,
    )
    _refuse_what_cannot_be_said(rule)
    try:
        rrulestr(rule.written(), dtstart=datetime(2026, 1, 1))  # noqa: DTZ001 (wall time)
    except ValueError as error:
        raise Refused(_("This is no rule by RFC 5545.")) from error
    return rule


def _parts(text: str) -> dict[str, str]:
    body = re.sub(r"\s", "", text).upper().removeprefix("RRULE:").rstrip(";")
    found: dict[str, str] = {}
    for part in body.split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value or not name or name in found:
            raise Refused(_("Write it like this: FREQ=WEEKLY;BYDAY=TU,TH."))
        found[name] = value
    return found


def _numbers(parts: dict[str, str], name: str, least: int, most: int) -> tuple[int, ...]:
    try:
        numbers = tuple(dict.fromkeys(int(value) for value in parts.get(name, "").split(",") if value))
    except ValueError:
        numbers = (most + 1,)
    if (name in parts and not numbers) or any(number == 0 or not least <= number <= most for number in numbers):
        values = {"part": name, "least": least, "most": most}
        raise Refused(_("%(part)s must be a number from %(least)s to %(most)s, and not 0.") % values)
    return numbers


def _weekdays(text: str, freq: str) -> tuple[Weekday, ...]:
    found = []
    for value in text.split(",") if text else ():
        match = re.fullmatch(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", value)
        if match is None:
            raise Refused(_("The days of BYDAY are MO, TU, WE, TH, FR, SA and SU."))
        nth = int(match[1] or 0)
        if nth and (freq not in ("MONTHLY", "YEARLY") or nth not in NTHS):
            raise Refused(_("“%(day)s” cannot be used here: say 1 to 5, -1 or -2, by the month.") % {"day": value})
        found.append(Weekday(DAYS.index(match[2]), nth))
    return tuple(dict.fromkeys(found))


def _week_start(value: str) -> str:
    if value and value not in DAYS:
        raise Refused(_("WKST must be one of MO, TU, WE, TH, FR, SA and SU."))
    return value


def _until(value: str) -> date:
    try:
        day = datetime.strptime(value[:8], "%Y%m%d").date()  # noqa: DTZ007 (a day)
    except ValueError:
        day = date.min
    if not clock.can_be_meant(day):
        raise Refused(_("UNTIL is written as a day: 20261220."))
    return day


def _refuse_what_cannot_be_said(rule: Rule) -> None:
    if rule.freq == "WEEKLY" and (rule.month_days or rule.positions):
        raise Refused(_("A weekly rule has weekdays only."))
    if rule.freq == "DAILY" and (rule.month_days or rule.positions):
        raise Refused(_("A daily rule has no dates: write FREQ=MONTHLY with BYMONTHDAY."))
    if rule.freq == "DAILY" and rule.interval > 1 and rule.weekdays:
        raise Refused(_("For certain weekdays, write FREQ=WEEKLY with BYDAY."))
    if rule.positions and (not rule.weekdays or rule.month_days):
        raise Refused(_("BYSETPOS goes with BYDAY alone: the first of which weekdays?"))
    numbered = any(nth for _day, nth in rule.weekdays)
    if numbered and (rule.positions or rule.month_days):
        raise Refused(_("Number the days in BYDAY, by BYSETPOS or by BYMONTHDAY, not in two ways."))
    if rule.freq == "YEARLY" and rule.positions and len(rule.months) > 1:
        raise Refused(_("For the same day of several months, write FREQ=MONTHLY with BYMONTH."))
    if rule.freq == "YEARLY" and not rule.months and (rule.weekdays or rule.month_days):
        raise Refused(_("Say in which months of the year: add BYMONTH."))
