"""What the kinds with video share: pieces and patience."""

from datetime import UTC, datetime, timedelta

import pytest

from publishing.adapters import video_steps
from publishing.errors import TemporaryError

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)


def carried(*pieces):
    """How many of these went in one attempt; an error is a lost answer."""
    left, gone = list(pieces), []

    def step():
        piece = left.pop(0) if left else 0
        if isinstance(piece, Exception):
            raise piece
        gone.extend([piece] if piece else [])
        return piece

    video_steps.carry(step)
    return gone


def test_an_attempt_carries_its_share_and_leaves_the_rest_to_the_next(monkeypatch):
    monkeypatch.setattr(video_steps, "AT_ONCE", 5000)
    assert carried(2000, 2000, 2000, 2000) == [2000, 2000, 2000]
    assert carried(2000, 100) == [2000, 100]


def test_a_slow_line_carries_one_piece_an_attempt(monkeypatch):
    monkeypatch.setattr(video_steps, "NO_LONGER", -1.0)
    assert carried(2000, 2000) == [2000]


def test_what_has_arrived_counts_though_the_next_one_be_lost():
    assert carried(2000, 1000, TemporaryError("lost")) == [2000, 1000]
    with pytest.raises(TemporaryError):
        carried(TemporaryError("lost"), 2000)
    with pytest.raises(TemporaryError):
        carried(2000, TemporaryError("forgotten", afresh=True))


def test_it_looks_seldomer_the_longer_it_takes_and_not_for_ever():
    waits = [
        video_steps.look_again(NOW, NOW + timedelta(seconds=age)) - NOW - timedelta(seconds=age)
        for age in (0, 30, 3600)
    ]
    assert [wait.total_seconds() for wait in waits] == [2, 15, 60]
    assert video_steps.look_again(NOW, NOW + timedelta(hours=2)) is None
    assert video_steps.since({"since": NOW.isoformat()}, datetime.now(UTC)) == NOW
