"""Quarters and years as periods. Pure."""

from datetime import date, timedelta

from campaigns.coverage.facts import Period


def quarter(year: int, number: int) -> Period:
    """The first quarter is 1; ValueError for any other than 1 to 4."""
    if not 1 <= number <= 4:
        raise ValueError(f"There is no quarter {number}.")
    after = date(year + 1, 1, 1) if number == 4 else date(year, 3 * number + 1, 1)
    return Period(date(year, 3 * number - 2, 1), after - timedelta(days=1))


def quarter_of(day: date) -> Period:
    return quarter(day.year, (day.month + 2) // 3)


def whole_year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))
