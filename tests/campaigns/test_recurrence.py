"""When a series comes: compared with a slow and obvious reference, over both clock changes and holidays."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns import public_holidays, recurrence, rules, rules_in_words
from campaigns.recurrence import OnHolidays, Recurrence

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
DAY = timedelta(days=1)
WINDOW = (date(2026, 10, 1), date(2027, 5, 31))

days = st.dates(date(2026, 3, 1), date(2027, 4, 1))
texts = st.one_of(
    st.builds("FREQ=WEEKLY;INTERVAL={};BYDAY={}".format, st.integers(1, 3), st.sampled_from(["MO", "TU,TH", "FR,SU"])),
    st.builds("FREQ=MONTHLY;BYDAY={}{}".format, st.sampled_from([1, 2, 4, -1]), st.sampled_from(rules.DAYS)),
    st.builds("FREQ=MONTHLY;BYMONTHDAY={}".format, st.sampled_from([1, 15, 29, 31, -1])),
    st.builds("FREQ=DAILY;INTERVAL={}".format, st.integers(1, 9)),
    st.builds("FREQ=YEARLY;BYMONTH={};BYMONTHDAY={}".format, st.integers(1, 12), st.integers(1, 28)),
)
recurrences = st.builds(
    Recurrence,
    texts,
    days,
    st.times(),
    until=st.none() | days,
    on_holidays=st.sampled_from(OnHolidays),
    excluded=st.frozensets(days, max_size=30),
)


def naive(one, first, last):
    """Day by day from the start: what the rule gives, where holidays push it, what belongs there by itself wins."""
    end = min(last + 30 * DAY, one.until or date.max)
    rule = rrulestr(one.rule, dtstart=datetime.combine(one.starts_on, time()))
    given = [m.date() for m in rule.between(datetime(2026, 1, 1), datetime.combine(end, time()), inc=True)]
    lands = {}
    for on in given:
        if on in one.excluded:
            continue
        day = on
        if public_holidays.is_holiday(on) and one.on_holidays != OnHolidays.KEEP:
            if one.on_holidays == OnHolidays.SKIP:
                continue
            step = -DAY if one.on_holidays == OnHolidays.BEFORE else DAY
            day += step
            while day.weekday() > 4 or public_holidays.is_holiday(day):
                day += step
        if day not in one.excluded and (day not in lands or on == day):
            lands[day] = on
    return {day: on for day, on in lands.items() if first <= day <= last}


@given(recurrences)
@settings(max_examples=70)
def test_it_comes_on_the_days_of_the_reference_and_always_at_the_same_time_on_the_clock(one):
    found = recurrence.occurrences(one, *WINDOW)
    assert {o.day: o.on for o in found} == naive(one, *WINDOW)
    for occurrence in found:
        if occurrence.moment is None:
            assert (occurrence.day.month, one.at.hour) == (3, 2)  # the hour that the night in March leaves out
        else:
            assert occurrence.moment.astimezone(COPENHAGEN).replace(tzinfo=None) == datetime.combine(
                occurrence.day, one.at
            )


@given(recurrences, st.integers(0, 200))
@settings(max_examples=60)
def test_whatever_window_is_asked_about_the_answer_is_the_same(one, shift):
    middle = WINDOW[0] + shift * DAY
    halves = recurrence.occurrences(one, WINDOW[0], middle - DAY) + recurrence.occurrences(one, middle, WINDOW[1])
    assert halves == recurrence.occurrences(one, *WINDOW)
    ahead = recurrence.following(one, WINDOW[0], 10)
    assert [o for o in ahead if o.day <= WINDOW[1]] == recurrence.occurrences(one, *WINDOW)[:10]


def test_nine_oclock_stays_nine_oclock_and_the_two_odd_hours_follow_the_stated_rule():
    daily = Recurrence("FREQ=DAILY", date(2026, 10, 24), time(9))
    october = recurrence.occurrences(daily, date(2026, 10, 24), date(2026, 10, 25))
    assert [o.moment.astimezone(UTC).hour for o in october] == [7, 8]
    night = Recurrence("FREQ=DAILY", date(2026, 10, 1), time(2, 30))
    doubled = recurrence.occurrences(night, date(2026, 10, 25), date(2026, 10, 25))[0]
    assert doubled.moment == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # the first of the two, in summer time
    assert recurrence.occurrences(night, date(2027, 3, 28), date(2027, 3, 28))[0].moment is None


def test_a_number_of_times_is_counted_from_the_start_and_a_rule_that_never_comes_ends():
    ten = Recurrence("FREQ=WEEKLY;BYDAY=TU", date(2026, 11, 3), time(9), count=10)
    assert len(recurrence.following(ten, date(2026, 11, 20), 20)) == 7
    never = Recurrence("FREQ=DAILY;BYMONTH=2;BYDAY=MO", date(2026, 3, 1), time(9), until=date(2026, 12, 1))
    assert recurrence.following(never, date(2026, 3, 1), 10) == []
    thirtieth = Recurrence("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", date(2026, 3, 1), time(9))
    assert recurrence.following(thirtieth, date(2026, 3, 1), 10) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=TU,TH", "every Tuesday and Thursday"),
        ("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "every second week on Monday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday (Monday to Friday)"),
        ("FREQ=MONTHLY;BYDAY=1TU,-1FR", "the first Tuesday and the last Friday of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,-1", "day 1 and the last day of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", "day 13 of every month, when it is Friday"),
        ("FREQ=YEARLY", "every year on 1 December"),
    ],
)
def test_a_rule_is_said_in_words(text, words):
    with translation.override("en"):
        rule = rules.grounded(rules.read(text), date(2026, 12, 1))
        assert rules_in_words.of_rule(rule) == words
    assert rules.read(rule.written()) == rule


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=HOURLY", "FREQ=MINUTELY;INTERVAL=5", "FREQ=SECONDLY", "FREQ=DAILY;BYHOUR=9,17", "FREQ=WEEKLY;COUNT=401",
        "FREQ=YEARLY;BYWEEKNO=20", "FREQ=WEEKLY;BYDAY=1MO", "FREQ=DAILY;INTERVAL=0", "FREQ=WEEKLY;BYDAY=XX", "", "hej",
        "FREQ=WEEKLY;FREQ=DAILY", "FREQ=DAILY;COUNT=3;UNTIL=20261220", "FREQ=MONTHLY;BYDAY=9MO", "FREQ=DAILY;UNTIL=x",
    ],
)  # fmt: skip
def test_what_cannot_be_followed_is_refused_with_a_sentence(text):
    with translation.override("en"), pytest.raises(rules.Refused, match=r"\w.*\."):
        rules.read(text)


@given(texts, st.integers(2026, 2030), st.integers(1, 12))
@settings(max_examples=100)
def test_the_days_of_a_month_are_those_of_the_library(text, year, month):
    rule = rules.read(text)
    if rule.freq != "MONTHLY":
        return
    first = datetime(year, month, 1)
    days = rrulestr(text, dtstart=first).between(first, first + timedelta(days=30), inc=True)
    assert rules.days_of(rule, year, month) == [day.day for day in days if day.month == month]


@given(st.text(max_size=40) | st.from_regex(r"FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;[A-Z]{2,10}=[-0-9A-Z,]{1,6}){0,3}"))
@settings(max_examples=70)
def test_whatever_somebody_types_it_is_read_or_refused(text):
    try:
        rule = rules.grounded(rules.read(text), date(2026, 12, 1))
    except rules.Refused:
        return
    assert rules_in_words.of_rule(rule)
    recurrence.following(Recurrence(rule.written(), date(2026, 12, 1), time(9)), date(2026, 12, 1), 2)


def test_the_sentence_says_end_holidays_and_exceptions():
    rule = rules.read("FREQ=WEEKLY;BYDAY=TU,TH")
    one = Recurrence(
        rule.written(),
        date(2026, 11, 1),
        time(16),
        until=date(2026, 12, 20),
        on_holidays=OnHolidays.SKIP,
        excluded=frozenset({date(2026, 12, 8)}),
    )
    with translation.override("en"):
        said = rules_in_words.sentence(one, rule, date(2026, 11, 30))
    assert said == (
        "every Tuesday and Thursday at 16:00 until 20 December, not on public holidays, except on 8 December"
    )
