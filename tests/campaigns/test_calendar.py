"""The plan as weeks and days: pure, as people in Denmark read it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from campaigns import calendar
from campaigns.calendar import Entry
from publishing.presenting import Badge

TODAY = date(2026, 11, 24)


def at(*parts):
    return datetime(*parts, tzinfo=UTC)


def entry(pk, moment, *, content=None, channel="X", key="scheduled", urgency=1):
    return Entry(pk, content, f"Title {content}", channel, moment, Badge(key, "◆", key), urgency)


@pytest.mark.parametrize(
    ("year", "month", "numbers"),
    [
        (2026, 11, [44, 45, 46, 47, 48, 49]),
        (2027, 1, [53, 1, 2, 3, 4]),  # the first of January 2027 lies in week 53 of the year before
        (2024, 12, [48, 49, 50, 51, 52, 1]),
    ],
)
def test_weeks_are_numbered_as_in_denmark(year, month, numbers):
    assert [week.number for week in calendar.weeks(year, month, [], today=TODAY)] == numbers


def test_weeks_begin_on_monday_and_hold_whole_weeks():
    weeks = calendar.weeks(2026, 11, [], today=TODAY)
    assert all(week.days[0].date.weekday() == 0 and len(week.days) == 7 for week in weeks)
    assert weeks[0].days[0].date == date(2026, 10, 26)
    assert not weeks[0].days[0].in_month
    assert [day.date for week in weeks for day in week.days if day.today] == [TODAY]


def test_a_post_stands_on_the_day_that_the_clock_in_copenhagen_shows():
    late = entry(1, at(2026, 11, 23, 23, 30))  # half past midnight on the 24th in Copenhagen
    [day] = [day for week in calendar.weeks(2026, 11, [late], today=TODAY) for day in week.days if day.items]
    assert day.date == date(2026, 11, 24)
    assert day.items[0].first.wall == datetime(2026, 11, 24, 0, 30)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)])
def test_the_days_on_which_the_clocks_change_are_as_long_as_they_are(day, hours):
    start, end = calendar.bounds(day, day)
    assert end - start == timedelta(hours=hours)
    assert calendar.days([day], [], today=TODAY)[0].hours == hours


def test_everything_within_the_bounds_of_a_long_day_falls_on_it():
    day = date(2026, 10, 25)
    start, end = calendar.bounds(day, day)
    inside = [entry(1, start), entry(2, end - timedelta(seconds=1))]
    assert {item.wall.date() for item in inside} == {day}
    assert entry(3, end).wall.date() == day + timedelta(days=1)


def test_channels_of_one_content_at_nearly_the_same_time_are_one_item():
    entries = [
        entry(1, at(2026, 11, 24, 8), content=7, channel="Web"),
        entry(2, at(2026, 11, 24, 8, 10), content=7, channel="X"),
        entry(3, at(2026, 11, 24, 8, 5), content=8, channel="X"),
        entry(4, at(2026, 11, 24, 8, 31), content=7, channel="Mastodon"),
    ]
    items = calendar.together(entries)
    assert [[item.pk for item in found.entries] for found in items] == [[1, 2], [3], [4]]
    assert items[0].channels == "Web, X"


def test_empty_slots_are_never_thrown_together():
    entries = [entry(1, at(2026, 11, 24, 8)), entry(2, at(2026, 11, 24, 8))]
    assert len(calendar.together(entries)) == 2


def test_an_item_does_not_reach_over_midnight():
    entries = [
        entry(1, at(2026, 11, 24, 22, 50), content=7),
        entry(2, at(2026, 11, 24, 23, 5), content=7),
    ]
    assert len(calendar.together(entries)) == 2


def test_an_item_shows_the_state_that_wants_a_person_most_and_says_when_they_differ():
    entries = [
        entry(1, at(2026, 11, 24, 8), content=7, key="delivered", urgency=0),
        entry(2, at(2026, 11, 24, 8, 5), content=7, key="uncertain", urgency=9),
    ]
    [item] = calendar.together(entries)
    assert item.badge.key == "uncertain"
    assert item.mixed
    [alike] = calendar.together(entries[:1])
    assert not alike.mixed


@pytest.mark.parametrize(("number", "shown", "more"), [(0, 0, 0), (4, 4, 0), (5, 5, 0), (6, 4, 2), (16, 4, 12)])
def test_a_full_day_shows_the_first_and_how_many_more_there_are(number, shown, more):
    entries = [entry(pk, at(2026, 11, 24, 8), content=pk) for pk in range(1, number + 1)]
    [day] = calendar.days([TODAY], entries, today=TODAY)
    assert (len(day.shown), day.more) == (shown, more)


def test_the_months_beside_a_month():
    assert calendar.neighbours(2026, 1) == (date(2025, 12, 1), date(2026, 2, 1))
    assert calendar.neighbours(2026, 12) == (date(2026, 11, 1), date(2027, 1, 1))
