"""The year: when what comes every year falls, and what of it stands above the days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from campaigns import band, written_dates, year, year_file, yearly
from campaigns.band import Mark
from campaigns.models import CalendarEvent, ClosedPeriod
from campaigns.yearly import LAST, Rule, Span

months, weekdays = st.integers(1, 12), st.integers(0, 6)
nths = st.sampled_from([1, 2, 3, 4, 5, LAST])
rules = st.one_of(
    st.builds(Rule, st.just("fixed"), month=months, day=st.integers(1, 31), shift=st.integers(-40, 40)),
    st.builds(Rule, st.just("nth_weekday"), month=months, weekday=weekdays, nth=nths),
    st.builds(Rule, st.just("week"), week=st.integers(1, 53), weekday=weekdays, length=st.integers(1, 40)),
    st.builds(Rule, st.just("easter"), shift=st.integers(-60, 60), length=st.integers(1, 10)),
)
days = st.dates(date(2001, 1, 1), date(2099, 12, 31))


@given(rules, days, st.integers(0, 60))
def test_what_is_found_within_days_is_what_the_years_around_have(rule, first, length):
    shown = [first + timedelta(days=number) for number in range(length + 1)]
    every = {span for number in range(first.year - 2, first.year + 3) for span in yearly.of_year(rule, number)}
    slow = sorted(span for span in every if any(span.first <= day <= span.last for day in shown))
    assert yearly.within(rule, first, shown[-1]) == slow


@given(rules, days)
def test_what_follows_is_not_over_and_nothing_of_it_comes_before(rule, day):
    span = yearly.following(rule, day)
    if span is not None:
        assert span.last >= day
        assert yearly.within(rule, day, span.last)[0] == span


@given(st.integers(1, 12), st.integers(0, 6), st.integers(2000, 2100))
def test_a_last_weekday_is_within_the_last_seven_days_of_its_month(month, weekday, number):
    [span] = yearly.of_year(Rule("nth_weekday", month=month, weekday=weekday, nth=LAST), number)
    assert span.first.weekday() == weekday and span.first.month == month
    assert (span.first + timedelta(days=7)).month != month


@pytest.mark.parametrize(
    ("rule", "first", "last"),
    [
        (Rule("nth_weekday", month=11, weekday=3, nth=4, shift=-3, length=7), date(2026, 11, 23), date(2026, 11, 29)),
        (Rule("easter", shift=50), date(2026, 5, 25), date(2026, 5, 25)),
        (Rule("week", week=42, shift=-3), date(2026, 10, 9), date(2026, 10, 9)),
        (Rule("fixed", month=12, day=27, length=6), date(2026, 12, 27), date(2027, 1, 1)),
        (Rule("fixed", month=2, day=29), date(2026, 2, 28), date(2026, 2, 28)),
    ],
)
def test_days_known_from_the_almanac(rule, first, last):
    assert yearly.of_year(rule, 2026) == [Span(first, last)]


def test_every_fourth_year_and_no_week_53_where_there_is_none():
    election = Rule("nth_weekday", month=11, weekday=1, nth=3, every=4, since=2025)
    assert [number for number in range(2020, 2034) if yearly.of_year(election, number)] == [2025, 2029, 2033]
    assert yearly.of_year(Rule("week", week=53), 2025) == []
    assert yearly.following(Rule("week", week=53), date(2025, 1, 1)) == Span(date(2026, 12, 28), date(2026, 12, 28))


def test_what_began_last_year_is_found_in_january():
    assert yearly.within(Rule("fixed", month=12, day=27, length=6), date(2027, 1, 1), date(2027, 1, 31)) == [
        Span(date(2026, 12, 27), date(2027, 1, 1))
    ]


def test_dates_are_read_as_people_write_them():
    said = "14.2.2026 – 22.2.2026\n\n2027-02-20 til 28.2.2027\n1/3/2027"
    assert written_dates.spans(said) == [
        (date(2026, 2, 14), date(2026, 2, 22)),
        (date(2027, 2, 20), date(2027, 2, 28)),
        (date(2027, 3, 1), date(2027, 3, 1)),
    ]
    for nonsense in ("i morgen", "31.2.2026", "2.1.2026 - 1.1.2026", "1.1.2026 - 2.1.2026 - 3.1.2026"):
        with pytest.raises(ValueError, match="“"):
            written_dates.spans(nonsense)


def mark(title, first, last, kind="risk"):
    return Mark(title, kind, kind, date(2026, 11, first), date(2026, 11, last))


any_mark = st.builds(
    lambda first, length, number: mark(str(number), first, min(first + length, 30)),
    st.integers(1, 30),
    st.integers(0, 20),
    st.integers(),
)
marks = st.lists(any_mark, max_size=15)


@given(marks)
def test_a_band_holds_everything_once_and_nothing_overlaps(found):
    week = [date(2026, 11, 9) + timedelta(days=number) for number in range(7)]
    made = band.of(week, found)
    lines = [*made.shown, *made.more]
    for line in lines:
        taken = [day for piece in line for day in range(piece.start, piece.start + piece.span)]
        assert len(taken) == len(set(taken)) and all(1 <= day <= 7 for day in taken)
    told = sorted(piece.mark.title for line in lines for piece in line)
    assert told == sorted(one.title for one in found if one.first <= week[-1] and one.last >= week[0])
    assert len(made.more) != 1


def test_what_is_closed_is_read_first_and_the_long_last():
    week = [date(2026, 11, 9) + timedelta(days=number) for number in range(7)]
    made = band.of(week, [mark("Mørke", 1, 30), mark("J-dag", 13, 13), mark("Lukket", 9, 15, "blackout")])
    assert [[piece.mark.title for piece in line] for line in made.shown] == [["Lukket"], ["J-dag"], ["Mørke"]]


# --- In the admin ---------------------------------------------------------------------------------------------


@pytest.fixture
def closed(cast):
    return ClosedPeriod.objects.create(
        title="Aktion Natsværmer", reason="Ransagning på Amager.", starts_at=datetime(2026, 11, 24, 5, tzinfo=UTC),
        ends_at=datetime(2026, 11, 25, 23, tzinfo=UTC), words="hash*",
    )  # fmt: skip


def read(client, cast, key, view, **query):
    client.force_login(getattr(cast, key))
    return client.get(reverse(f"campaigns_calendar:{view}"), query).content.decode()


@pytest.mark.django_db
def test_the_year_is_loaded_once_and_holds_what_it_should(cast):
    assert CalendarEvent.objects.filter(title="Black Week").exists()
    CalendarEvent.objects.exclude(title="Black Week").delete()
    assert year_file.begin() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("view", ["month", "week", "day", "list"])
def test_the_band_stands_in_every_view_and_tells_no_author_why(client, cast, closed, view):
    html = read(client, cast, "writer", view, **({"day": "2026-11-25"} if view != "month" else {"month": "2026-11"}))
    assert "Black Week" in html and 'data-kind="blackout"' in html
    assert "Natsværmer" not in html and "Ransagning" not in html
    if view == "month":
        assert "Natsværmer" in read(client, cast, "editor", view, month="2026-11")


@pytest.mark.django_db
def test_public_holidays_come_from_the_law(client, cast):
    assert "Anden påskedag" in read(client, cast, "archive", "month", month="2026-04")
    assert [mark.title for mark in year.marks(date(2026, 6, 5), date(2026, 6, 5)) if mark.kind == "holiday"] == []


@pytest.mark.django_db
def test_events_are_edited_by_planners_and_read_by_the_rest(client, cast):
    event = CalendarEvent.objects.get(title="Black Week")
    edit = reverse("calendarevent:edit", args=[event.pk])
    values = {
        "title": "Black Week", "kind": "risk", "rule": "week", "week": "", "weekday": "0", "shift": "0", "length": "7",
        "every": "1", "active": "on", "lead_days": "21", "initiatives": "9999", "words": "svindel*",
    }  # fmt: skip
    client.force_login(cast.planner)
    answer = client.post(edit, values)
    assert answer.status_code == 200 and {"week", "initiatives"} <= set(answer.context["form"].errors)
    answer = client.post(edit, {**values, "week": "48", "initiatives": ""})
    event.refresh_from_db()
    assert (event.rule, event.week) == ("week", 48)
    client.force_login(cast.writer)
    assert client.get(reverse("calendarevent:inspect", args=[event.pk])).status_code == 200
    assert client.get(edit).status_code == 302
    client.force_login(cast.prosecutor)
    assert client.get(reverse("calendarevent:index")).status_code == 404
    client.force_login(cast.outsider)
    assert client.get(reverse("calendarevent:index")).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["writer", "planner", "archive", "legal", "outsider"])
def test_whoever_may_not_know_why_finds_no_closed_time(client, cast, closed, key):
    client.force_login(getattr(cast, key))
    for name, args in (("index", []), ("inspect", [closed.pk]), ("edit", [closed.pk])):
        assert client.get(reverse(f"closedperiod:{name}", args=args)).status_code == 302
    assert reverse("closedperiod:index") not in client.get(reverse("wagtailadmin_home"), follow=True).content.decode()


@pytest.mark.django_db
def test_an_editor_closes_a_time(client, cast):
    client.force_login(cast.editor)
    values = {
        "title": "Valg", "kind": "election", "mode": "warn", "starts_at": "2026-12-01 00:00", "reason": "Udskrevet.",
        "ends_at": "2026-11-30 00:00", "words": "minister*", "kinds": ["post"], "initiatives": "",
    }  # fmt: skip
    answer = client.post(reverse("closedperiod:add"), values)
    assert answer.status_code == 200 and "ends_at" in answer.context["form"].errors
    answer = client.post(reverse("closedperiod:add"), {**values, "ends_at": "9999-12-31 00:00"})
    assert answer.status_code == 200 and "ends_at" in answer.context["form"].errors  # no free time is sought beyond
    client.post(reverse("closedperiod:add"), {**values, "ends_at": "2026-12-20 00:00"})
    window = ClosedPeriod.objects.get().as_window
    assert window.neutral and window.name == "Valg" and window.kinds == {"post"} and not window.blocks


@pytest.mark.django_db
def test_a_subscriber_reads_the_year_and_nothing_of_what_is_closed(client, cast, closed):
    from campaigns.models import CalendarFeed

    answer = client.get(reverse("calendar_feed", args=[CalendarFeed.objects.renew(cast.editor)]))
    text = answer.content.decode().replace("\r\n ", "")
    assert "SUMMARY:Black Week" in text or "SUMMARY:Juledag" in text
    assert "Natsværmer" not in text and "Ransagning" not in text
