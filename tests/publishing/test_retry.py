"""When to try again: soon, then later, never after the latest moment, and not for ever."""

from datetime import UTC, datetime, timedelta

import pytest

from publishing import retry

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.mark.parametrize("luck", [0.0, 0.5, 0.999])
def test_waits_grow_and_stay_within_a_quarter_of_an_hour(luck):
    waits = [
        (retry.next_try(tries, NOW, latest_at=None, luck=luck) - NOW).total_seconds()
        for tries in range(1, retry.MAXIMUM_TRIES)
    ]
    assert waits == sorted(waits)
    assert 2.5 <= waits[0] <= 5
    assert waits[-1] <= 900


def test_two_minutes_of_outage_leave_tries_to_spare():
    moment, tries = NOW, 0
    while moment < NOW + timedelta(minutes=2):
        tries += 1
        moment = retry.next_try(tries, moment, latest_at=None, luck=0.0)
    assert tries < retry.MAXIMUM_TRIES


def test_the_last_try_is_just_before_the_latest_moment():
    latest = NOW + timedelta(seconds=60)
    assert retry.next_try(8, NOW, latest_at=latest, luck=0.5) == latest - retry.BEFORE_THE_END
    assert retry.next_try(8, latest - timedelta(seconds=1), latest_at=latest, luck=0.5) is None


def test_it_ends():
    assert retry.next_try(retry.MAXIMUM_TRIES, NOW, latest_at=None, luck=0.5) is None
