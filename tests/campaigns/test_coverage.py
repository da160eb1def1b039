"""Coverage counts as its definitions say; over random histories it agrees with a slow and obvious count."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns import coverage
from campaigns.clock import COPENHAGEN
from campaigns.coverage import Appearance, Area, Fate, Period, Rules, Selection, Topic, cover
from campaigns.coverage.findings import main_finding
from campaigns.coverage.shares import percent

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
Q4 = Period(date(2026, 10, 1), date(2026, 12, 31))
AREAS = [Area(1, "Inddragelse", 6), Area(2, "Kommunikation"), Area(3, "Trivsel", 2)]
TOPICS = [
    Topic(11, "1132", "Åben", "yes", confirmed=frozenset({2})),
    Topic(12, "1118", "Narko", "yes", proposed=frozenset({2})),
    Topic(13, "1189", "Borgerråd", "yes", confirmed=frozenset({1})),
    Topic(14, "1147", "Stress", "no", confirmed=frozenset({3})),
    Topic(15, "1124", "Fod", "undecided", confirmed=frozenset({1})),
]


def one(story="page:1", fate=Fate.SENT, at=NOW, channel=1, **values):
    return Appearance(story, "Titel", fate, at, channel, **values)


def report(*appearances, period=Q4, now=NOW, **options):
    return cover(appearances, AREAS, TOPICS, period=period, now=now, **options)


def row(found, area):
    return next(row for row in found.areas if row.area.id == area)


def test_one_story_on_five_channels_is_one_story_and_five_publications():
    found = row(report(*(one(channel=number, area=2) for number in range(5))), 2)
    assert found.total.counted[Fate.SENT] == 1
    assert found.publications == 5


def test_a_story_counts_in_the_month_it_first_went_out():
    first, again = datetime(2026, 10, 30, tzinfo=UTC), datetime(2026, 11, 5, tzinfo=UTC)
    found = row(report(one(at=again, area=2), one(at=first, channel=2, area=2)), 2)
    assert found.months[2026, 10].counted[Fate.SENT] == 1
    assert not found.months[2026, 11]


def test_one_that_first_went_out_before_the_period_is_a_publication_but_no_new_story():
    found = report(one(at=datetime(2026, 9, 1, tzinfo=UTC), area=2), one(at=NOW, channel=2, area=2))
    assert found.total.total.counted[Fate.SENT] == 0
    assert row(found, 2).publications == 1


@pytest.mark.parametrize(
    ("moment", "month"),
    [
        (datetime(2026, 10, 31, 22, 59, tzinfo=UTC), (2026, 10)),
        (datetime(2026, 10, 31, 23, 0, tzinfo=UTC), (2026, 11)),
        (datetime(2026, 11, 30, 22, 59, tzinfo=UTC), (2026, 11)),
        (datetime(2026, 11, 30, 23, 0, tzinfo=UTC), (2026, 12)),
        (datetime(2026, 7, 31, 22, 0, tzinfo=UTC), (2026, 8)),
    ],
)
def test_months_are_those_of_copenhagen_on_both_sides_of_the_clock_change(moment, month):
    assert coverage.month_of(moment) == month


def test_the_ends_of_a_period_are_midnights_in_copenhagen():
    period = Period(date(2026, 3, 29), date(2026, 3, 29))  # the day with 23 hours
    start = datetime(2026, 3, 29, tzinfo=COPENHAGEN).astimezone(UTC)
    assert [period.holds(start + timedelta(minutes=after)) for after in (-1, 0, 23 * 60 - 1, 23 * 60)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_what_is_out_decides_over_what_is_planned_and_that_over_what_went_wrong():
    later = NOW + timedelta(days=3)
    for fates, expected in (
        ((Fate.PLANNED, Fate.SENT), Fate.SENT),
        ((Fate.MISSED, Fate.PLANNED), Fate.PLANNED),
        ((Fate.CANCELLED, Fate.FAILED), Fate.FAILED),
        ((Fate.WITHDRAWN, Fate.SENT), Fate.SENT),
        ((Fate.WITHDRAWN, Fate.CANCELLED), Fate.WITHDRAWN),
        ((Fate.PREPARED, Fate.HELD), Fate.HELD),
    ):
        story = [one(fate=fate, at=later, channel=number, area=2) for number, fate in enumerate(fates)]
        assert report(*story).stories[0].fate is expected


def test_withdrawn_missed_held_and_failed_are_told_apart_and_are_not_sent():
    fates = (Fate.WITHDRAWN, Fate.MISSED, Fate.HELD, Fate.FAILED, Fate.UNCERTAIN, Fate.CANCELLED, Fate.PREPARED)
    found = row(report(*(one(f"page:{fate}", fate, area=2) for fate in fates)), 2)
    assert found.total.counted == dict.fromkeys(fates, 1)
    assert (found.publications, found.last) == (0, None)


def test_dry_runs_reach_nobody_and_are_told_apart():
    found = row(report(one(dry=True, area=1), one("page:2", Fate.PLANNED, dry=True, area=1)), 1)
    assert found.total.dry == {Fate.SENT: 1, Fate.PLANNED: 1}
    assert not found.total.counted
    assert (found.last, found.next, found.gap, found.publications) == (None, None, True, 0)


def test_of_a_story_on_real_and_dry_channels_only_the_real_ones_decide():
    found = row(report(one(dry=True, area=1), one(fate=Fate.PLANNED, channel=2, area=1)), 1)
    assert found.total.counted == {Fate.PLANNED: 1}
    assert not found.total.dry


def test_without_a_primary_focus_area_a_confirmed_mapping_counts_and_a_proposed_one_is_told_apart():
    found = row(report(one(initiatives=frozenset({11})), one("page:2", initiatives=frozenset({12}))), 2)
    assert found.total.counted == {Fate.SENT: 1}
    assert found.total.proposed == {Fate.SENT: 1}
    assert found.publications == 1


def test_the_primary_focus_area_wins_over_what_the_initiatives_say():
    found = report(one(area=3, initiatives=frozenset({11})))
    assert row(found, 3).total.counted == {Fate.SENT: 1}
    assert not row(found, 2).total


def test_initiatives_that_point_to_several_areas_leave_the_story_without_one():
    found = report(one(initiatives=frozenset({11, 13})))
    assert found.without.total.counted == {Fate.SENT: 1}
    assert found.total.total.counted == {Fate.SENT: 1}


def test_a_focus_area_of_another_strategy_is_not_lost():
    assert report(one(area=99)).without.total.counted == {Fate.SENT: 1}


def test_the_denominator_is_suitable_initiatives_with_a_confirmed_mapping():
    found = report(one(area=2, initiatives=frozenset({11, 12})))
    assert (row(found, 1).relevant, row(found, 1).covered, row(found, 1).unconfirmed) == (1, 0, 0)
    assert (row(found, 2).relevant, row(found, 2).covered, row(found, 2).unconfirmed) == (1, 1, 1)
    assert (row(found, 3).relevant, row(found, 3).covered) == (0, 0)


def test_what_belongs_to_no_focus_area_is_measured_against_no_initiatives():
    found = report(one(area=None))
    assert (found.total.relevant, found.total.covered) == (2, 0)
    assert (found.without.relevant, found.without.covered, found.without.unconfirmed) == (None, None, None)


def test_a_period_that_has_not_begun_is_not_told_as_one_in_which_nothing_was_sent():
    ahead = Period(date(2027, 1, 1), date(2027, 3, 31))
    planned = one(fate=Fate.PLANNED, at=datetime(2027, 1, 12, 9, tzinfo=UTC), area=2)
    with override("en"):
        assert main_finding(report(period=ahead)).startswith("The period has not begun, and nothing")
        assert main_finding(report(planned, period=ahead)) == "The period has not begun; 1 story is planned in it."
        assert "not begun" not in main_finding(report(planned))


def test_half_a_per_cent_goes_up_as_in_a_spreadsheet():
    assert [percent(5, 8), percent(1, 8), percent(255, 408), percent(0, 7), percent(7, 7)] == [63, 13, 63, 0, 100]


def test_targets_are_a_quarters_and_stand_only_for_whole_quarters_of_everything():
    year, month = Period(date(2026, 1, 1), date(2026, 12, 31)), Period(date(2026, 11, 1), date(2026, 11, 30))
    shifted = Period(date(2026, 2, 1), date(2026, 4, 30))
    assert [row(report(period=period), 1).target for period in (Q4, year, month, shifted)] == [6, 24, None, None]
    assert report().total.target == 8
    assert row(report(), 2).target is None
    assert report(targets=False).total.target is None


@pytest.mark.parametrize(
    ("days_ago", "days_ahead", "gap"),
    [(90, None, False), (91, None, True), (91, 30, False), (91, 31, True), (None, None, True), (None, 5, False)],
)
def test_a_gap_is_long_silence_and_nothing_planned_soon(days_ago, days_ahead, gap):
    appearances = []
    if days_ago is not None:
        appearances.append(one(at=NOW - timedelta(days=days_ago), area=1, initiatives=frozenset({13})))
    if days_ahead is not None:
        later = NOW + timedelta(days=days_ahead)
        appearances.append(one("page:2", Fate.PLANNED, later, area=1, initiatives=frozenset({13})))
    found = report(*appearances)
    assert row(found, 1).gap is gap
    assert (13 in [one.topic.id for one in found.gaps()]) is gap


def test_only_suitable_initiatives_can_be_gaps():
    assert [one.topic.id for one in report().gaps()] == [11, 12, 13]


def test_what_is_prepared_but_not_approved_closes_no_gap():
    later = NOW + timedelta(days=5)
    assert row(report(one(fate=Fate.PREPARED, at=later, area=1)), 1).gap


def test_a_selection_takes_one_channel_unit_or_type():
    rows = [one(channel=1, unit=5, kind="story"), one("page:2", channel=2, unit=6, kind="post")]
    for selection in (Selection(channel=2), Selection(unit=6), Selection(kind="post")):
        assert selection and selection.of(rows) == rows[1:]
    assert Selection(without=frozenset({"kind"})).of([*rows, one(unit=7)]) == [one(unit=7)]
    assert not Selection() and Selection().of(rows) == rows


moments = st.datetimes(datetime(2026, 6, 1), datetime(2027, 3, 1)).map(lambda moment: moment.replace(tzinfo=UTC))
histories = st.lists(
    st.builds(
        Appearance,
        story=st.sampled_from([f"page:{number}" for number in range(6)]),
        title=st.just("T"),
        fate=st.sampled_from(list(Fate)),
        at=moments,
        channel=st.integers(1, 3),
        dry=st.booleans(),
        area=st.sampled_from([None, 1, 2, 3, 99]),
        initiatives=st.frozensets(st.integers(11, 15), max_size=2),
    ),
    max_size=25,
)


def slowly(appearances, period, now):
    """The same figures by going through everything again for each of them."""
    figures = {}
    for key in {one.story for one in appearances}:
        mine = [one for one in appearances if one.story == key]
        deciding = [one for one in mine if not one.dry] or mine
        for fate in Fate:
            chosen = sorted((one for one in deciding if one.fate == fate), key=lambda one: one.at)
            if chosen:
                break
        chosen = chosen[0]
        confirmed, proposed = set(), set()
        for topic in TOPICS:
            if topic.id in chosen.initiatives:
                confirmed |= topic.confirmed
                proposed |= topic.proposed
        mark = "dry" if all(one.dry for one in mine) else ""
        if chosen.area is not None:
            area = chosen.area if chosen.area in (1, 2, 3) else None
        elif confirmed:
            area = min(confirmed) if len(confirmed) == 1 else None
        elif len(proposed) == 1:
            area, mark = min(proposed), mark or "proposed"
        else:
            area = None
        local = chosen.at.astimezone(COPENHAGEN)
        if period.first <= local.date() <= period.last:
            place = (area, (local.year, local.month), mark, chosen.fate)
            figures[place] = figures.get(place, 0) + 1
    return figures


def figures_of(found):
    figures = {}
    for area_row in (*found.areas, found.without):
        for month, tally in area_row.months.items():
            for mark, counter in (("", tally.counted), ("dry", tally.dry), ("proposed", tally.proposed)):
                for fate, count in counter.items():
                    figures[(area_row.area.id if area_row.area else None, month, mark, fate)] = count
    return figures


@settings(max_examples=300, deadline=None)
@given(
    appearances=histories, start=st.dates(date(2026, 6, 1), date(2026, 12, 1)), days=st.integers(0, 200), now=moments
)
def test_over_random_histories_it_agrees_with_a_slow_and_obvious_count(appearances, start, days, now):
    period = Period(start, start + timedelta(days=days))
    found = cover(appearances, AREAS, TOPICS, period=period, now=now, rules=Rules(silent=60, ahead=20))
    assert figures_of(found) == slowly(appearances, period, now)
    for mark in ("counted", "dry", "proposed"):
        everywhere = sum((getattr(one.total, mark) for one in (*found.areas, found.without)), Counter())
        assert everywhere == getattr(found.total.total, mark)
    published = [one for one in appearances if one.fate is Fate.SENT and not one.dry and period.holds(one.at)]
    assert found.total.publications <= len(published)
    for topic_row in found.topics:
        sent = [
            one.at for one in appearances
            if one.fate is Fate.SENT and not one.dry and one.at <= now and _serves(appearances, one, topic_row.topic.id)
        ]  # fmt: skip
        assert topic_row.last == max(sent, default=None)


def _serves(appearances, appearance, topic):
    """Whether the story of an appearance serves an initiative: as its deciding appearance says."""
    story = coverage.told([one for one in appearances if one.story == appearance.story], [1, 2, 3], TOPICS)[0]
    return topic in story.initiatives
