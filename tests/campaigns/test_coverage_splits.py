"""The same stories by unit, channel, initiative or type; what is neglected; how figures are said. No database."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from campaigns.coverage import Appearance, Area, Fate, Selection, Topic, cover, find, keep, told
from campaigns.coverage.digest import first_working_morning, month_before
from campaigns.coverage.measures import Definition, Figure, Source, Unit, ninth_tenth, register
from campaigns.coverage.neglect import distribution, neglected
from campaigns.coverage.periods import quarter, whole_year
from campaigns.coverage.splits import Dimension, split

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PERIOD = quarter(2026, 4)
AREAS = [Area(1, "Borgere", 6), Area(2, "Inddragelse", 6), Area(3, "Uden mål")]


def appearance(story, *, days=1, channel=1, **fields):
    values = {"fate": Fate.SENT, "at": NOW - timedelta(days=days), "area": 1, "unit": 7, "kind": "post", **fields}
    return Appearance(f"page:{story}", f"Story {story}", values.pop("fate"), values.pop("at"), channel, **values)


def rows_by(by, names, appearances, topics=()):
    stories = told(appearances, [area.id for area in AREAS], topics)
    return split(by, names, keep(stories, NOW, period=PERIOD), PERIOD)


def test_a_story_on_two_channels_counts_on_each_and_a_silent_channel_is_a_line_of_nothing():
    rows = rows_by(Dimension.CHANNEL, {1: "X", 2: "Web", 3: "Stille"}, [appearance(1), appearance(1, channel=2)])

    assert [(row.name, row.total.counted[Fate.SENT], row.publications) for row in rows] == [
        ("X", 1, 1), ("Web", 1, 1), ("Stille", 0, 0),
    ]  # fmt: skip
    assert rows[2].last is None


def test_what_has_no_unit_stands_in_a_line_of_its_own():
    rows = rows_by(Dimension.UNIT, {7: "Station"}, [appearance(1), appearance(2, unit=None)])

    assert [(row.key, row.total.counted[Fate.SENT]) for row in rows] == [(7, 1), (None, 1)]


@pytest.mark.parametrize(("by", "key", "filters"), [("unit", 8, {"unit": 8}), ("kind", "story", {"kind": "story"})])
def test_a_number_of_a_line_is_what_its_stories_page_finds(by, key, filters):
    everything = [appearance(1), appearance(2, unit=8, kind="story"), appearance(3, unit=8, kind="story", area=2)]

    line = next(row for row in rows_by(Dimension(by), {key: ""}, everything) if row.key == key)
    behind = find(told(Selection(**filters).of(everything), [1, 2, 3], []), PERIOD, fate=Fate.SENT, mark="")

    assert line.total.counted[Fate.SENT] == len(behind) == 2


def test_a_line_of_an_initiative_leads_to_the_stories_that_are_tagged_with_it():
    topic = Topic(5, "1132", "Lys", "yes")
    everything = [appearance(1, initiatives=frozenset({5})), appearance(2)]

    rows = rows_by(Dimension.INITIATIVE, {5: "1132 Lys"}, everything, [topic])
    stories = told(everything, [1, 2, 3], [topic])

    assert [(row.key, row.total.counted[Fate.SENT]) for row in rows] == [(5, 1), (None, 1)]
    assert [story.key for story in find(stories, PERIOD, initiative=5)] == ["page:1"]
    assert [story.key for story in find(stories, PERIOD, initiative=None)] == ["page:2"]


def test_the_most_neglected_comes_first_and_what_was_never_told_before_what_is_old():
    found = cover([appearance(1, days=200, area=2), appearance(2)], AREAS, [], period=PERIOD, now=NOW)

    assert [row.area.name for row in neglected(found)] == ["Uden mål", "Inddragelse", "Borgere"]


def test_the_distribution_warns_above_fifteen_points_and_never_where_no_target_was_set():
    told_about = [appearance(number) for number in range(5)]

    weights = distribution(cover(told_about, AREAS, [], period=PERIOD, now=NOW))

    assert [(weight.share, weight.aimed, weight.off) for weight in weights] == [
        (100, 50, True), (0, 50, True), (0, None, False),
    ]  # fmt: skip


def test_fewer_than_five_stories_have_no_share():
    weights = distribution(cover([appearance(1)], AREAS, [], period=PERIOD, now=NOW))

    assert [(weight.sent, weight.share, weight.off) for weight in weights] == [
        (1, None, False), (0, None, False), (0, None, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (Figure("x", None), "data missing"),
        (Figure("x", 0), "0"),
        (Figure("x", 0, Unit.SHARE, 0), "data missing"),
        (Figure("x", 3, Unit.SHARE, 4), "3 of 4"),
        (Figure("x", 4, Unit.SHARE, 5), "80 % (4 of 5)"),
        (Figure("x", 3.25, Unit.HOURS, 2), "3.2 hours"),
    ],
)
def test_a_figure_is_said_as_counts_when_they_are_few_and_never_as_nothing_when_it_is_unknown(figure, said):
    with translation.override("en"):
        assert figure.said() == said


def test_a_source_registered_again_replaces_itself(monkeypatch):
    monkeypatch.setattr("campaigns.coverage.measures._sources", {})
    for value in (1, 2):
        source = Source(
            lambda: "S", lambda period, now, value=value: [Figure("x", value)], {"x": Definition("X", "x.")}
        )
        register("s", source)
    from campaigns.coverage.measures import sections

    assert [[one.value for one in section.figures] for section in sections(PERIOD, NOW)] == [[2]]


def test_nine_of_ten_were_faster_than_the_last_tenth():
    assert ninth_tenth([]) is None
    assert ninth_tenth([4]) == 4
    assert ninth_tenth(list(range(1, 12))) == 10


def test_the_letter_leaves_on_the_first_working_morning():
    # New year's day 2027 is a Friday: the first working day is Monday the 4th.
    assert f"{first_working_morning(datetime(2027, 1, 20).date()):%Y-%m-%d %H:%M}" == "2027-01-04 07:00"
    assert str(month_before(datetime(2027, 1, 4).date()).first) == "2026-12-01"


def test_a_quarter_has_its_own_target_and_a_year_needs_one_in_each():
    own = Area(1, "Borgere", 6, targets=(((2026, 4), 9), ((2026, 3), None)))

    assert own.aim(quarter(2026, 4)) == 9
    assert own.aim(quarter(2026, 1)) == 6
    assert own.aim(quarter(2026, 3)) is None
    assert own.aim(whole_year(2026)) is None
    assert own.aim(whole_year(2025)) == 24
