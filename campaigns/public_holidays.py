"""Danish public holidays, by the library that knows Easter and that Great Prayer Day was abolished from 2024. Pure."""

from datetime import date, timedelta

import holidays

ONE_DAY = timedelta(days=1)
SATURDAY = 5


def is_holiday(day: date) -> bool:
    """Whether it is a public holiday; an ordinary Sunday is none."""
    return day in holidays.country_holidays("DK", years=day.year)


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and not is_holiday(day)


def working_day_before(day: date) -> date:
    """The last working day before ``day``."""
    day -= ONE_DAY
    while not is_working_day(day):
        day -= ONE_DAY
    return day


def working_day_after(day: date) -> date:
    """The first working day after ``day``."""
    day += ONE_DAY
    while not is_working_day(day):
        day += ONE_DAY
    return day
