"""A series as its form shows it: the pattern that its rule is, where it is a plain one."""

from datetime import date
from typing import Any

from campaigns import recurrence
from campaigns.models import Series
from campaigns.series_when import DATE, NTH, RAW, WEEKLY, YEARLY


def initial(series: Series, start: date | None = None) -> dict[str, Any]:
    """What the form shows of a series; from a day on, with the times that are left."""
    found = {name: getattr(series, name) for name in ("title", "campaign", "focus_area", "page", "at", "on_holidays")}
    count = series.count
    if count is not None and start is not None:
        count = max(count - recurrence.counted_before(series.recurrence, start), 1)
    ends = "until" if series.until else "count" if series.count else "never"
    return {
        **found,
        **_pattern(series),
        "channels": list(series.channels.all()),
        "starts_on": max(series.starts_on, start or date.min),
        "ends": ends,
        "until": series.until,
        "count": count,
        "excluded": sorted(series.recurrence.excluded),
    }


def _pattern(series: Series) -> dict[str, Any]:
    rule = series.read_rule
    found: dict[str, Any] = {"every": rule.interval, "raw": series.rule}
    plain = not rule.positions and not rule.week_start and rule.interval <= 52
    match rule.freq:
        case "DAILY" if series.rule == "FREQ=DAILY":
            return {**found, "pattern": WEEKLY, "weekdays": list(range(7))}
        case "WEEKLY" if plain and not rule.months:
            return {**found, "pattern": WEEKLY, "weekdays": [day for day, _nth in rule.weekdays]}
        case "MONTHLY" if plain and not rule.months and not rule.month_days and len(rule.weekdays) == 1:
            day, nth = rule.weekdays[0]
            if nth in (1, 2, 3, 4, -1):
                return {**found, "pattern": NTH, "nth": nth, "nth_day": day}
        case "MONTHLY" if plain and not rule.months and not rule.weekdays and rule.month_days[1:] == ():
            if rule.month_days[0] >= -1:
                return {**found, "pattern": DATE, "month_day": rule.month_days[0]}
        case "YEARLY" if plain and not rule.weekdays and len(rule.months) == len(rule.month_days) == 1:
            if rule.month_days[0] >= -1:
                return {**found, "pattern": YEARLY, "month_day": rule.month_days[0], "month": rule.months[0]}
    return {**found, "pattern": RAW}
