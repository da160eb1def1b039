"""The last day of appeal, against days counted by hand in a calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.court.deadlines import appeal_deadline, counts_in_denmark


@pytest.mark.parametrize(
    ("start", "last", "why"),
    [
        (date(2026, 5, 12), date(2026, 5, 26), "a Tuesday to a Tuesday"),
        (date(2026, 5, 11), date(2026, 5, 26), "Whit Monday 25 May is moved to Tuesday"),
        (date(2026, 4, 30), date(2026, 5, 15), "Ascension Day 14 May is moved to the Friday after"),
        (date(2026, 3, 19), date(2026, 4, 7), "Maundy Thursday 2 April is moved past all of Easter"),
        (date(2026, 3, 23), date(2026, 4, 7), "Easter Monday 6 April is moved to Tuesday"),
        (date(2026, 5, 22), date(2026, 6, 8), "Constitution Day, a Friday, is moved past the weekend"),
        (date(2026, 12, 9), date(2026, 12, 23), "the day before Christmas Eve counts"),
        (date(2026, 12, 10), date(2026, 12, 28), "Christmas Eve, Christmas and a weekend"),
        (date(2026, 12, 17), date(2027, 1, 4), "New Year's Eve, New Year's Day and a weekend"),
        (date(2026, 12, 18), date(2027, 1, 4), "New Year's Day of the next year"),
        (date(2023, 4, 21), date(2023, 5, 8), "Great Prayer Day on Friday 5 May 2023, then a weekend"),
        (date(2024, 4, 12), date(2024, 4, 26), "Great Prayer Day would have been Friday 26 April 2024"),
        (date(2024, 2, 15), date(2024, 2, 29), "a leap day"),
    ],
)
def test_it_ends_on_the_day_that_a_calendar_says(start, last, why):
    assert appeal_deadline(start) == last, why


@given(st.dates(date(2015, 1, 1), date(2040, 12, 31)))
def test_it_is_never_less_than_fourteen_days_nor_on_a_day_that_does_not_count(start):
    last = appeal_deadline(start)
    assert timedelta(days=14) <= last - start <= timedelta(days=20)
    assert counts_in_denmark(last)


def test_other_rules_can_be_given():
    assert appeal_deadline(date(2026, 5, 9), counts=lambda day: True) == date(2026, 5, 23)
