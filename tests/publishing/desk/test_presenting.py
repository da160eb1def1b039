"""A state is a word and a shape; a time is said as people say it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from publishing import presenting
from publishing.models import Channel, State
from publishing.templatetags import publishing_tags

NOW = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 11, 23, 13, 30, tzinfo=UTC), "today at 14:30"),
        (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), "tomorrow at 00:30"),
        (datetime(2026, 11, 22, 8, 0, tzinfo=UTC), "yesterday at 09:00"),
        (datetime(2026, 11, 26, 8, 0, tzinfo=UTC), "Thursday 26 November at 09:00 (in 3 days)"),
        (datetime(2026, 10, 1, 7, 0, tzinfo=UTC), "Thursday 1 October at 09:00"),
        (datetime(2027, 3, 1, 8, 0, tzinfo=UTC), "1 March 2027 at 09:00"),
    ],
)
def test_times_are_said_in_district_time(moment, said):
    assert presenting.when(moment, NOW) == said


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=119), "1 hour"),
        (timedelta(days=2, hours=5), "2 days"),
        (timedelta(seconds=-5), "less than a minute"),
    ],
)
def test_a_length_is_said_in_its_largest_unit(length, said):
    assert presenting.span(length) == said


def test_every_state_has_a_shape_and_a_word():
    for state in State:
        badge = presenting.badge(state, str(state.label))
        assert badge.shape
        assert badge.label


def test_the_exact_moment_and_utc_stand_in_the_tooltip():
    html = publishing_tags.when(datetime(2026, 11, 23, 13, 30, tzinfo=UTC))
    assert 'title="2026-11-23 14:30:00 CET (13:30:00 UTC)"' in html


@pytest.mark.django_db
def test_a_post_to_be_made_by_hand_says_so(schedule):
    by_hand = Channel.objects.create(kind="scripted_by_hand", name="By hand", slug="by-hand")
    delivery = schedule(on=by_hand)
    delivery.state = State.PROCESSING
    assert presenting.badge_of(delivery).key == "by_hand"
