"""What the kinds with video share: pieces and patience."""

import io
from datetime import UTC, datetime, timedelta

import pytest

from publishing.adapters import video_steps
from publishing.message import Video

CONTENT = bytes(range(256)) * 40
NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)


@pytest.fixture
def video(settings, tmp_path):
    outbox = {**settings.STORAGES["outbox"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "outbox": outbox}
    facts = {"mime": "video/mp4", "width": 4, "height": 3, "milliseconds": 1000, "filename": "a.mp4"}
    return Video.freeze(io.BytesIO(CONTENT), description="En cyklist", **facts)


def test_an_attempt_carries_so_many_pieces_and_the_next_goes_on_from_there(video, monkeypatch):
    monkeypatch.setattr(video_steps, "AT_ONCE", 5000)
    first = list(video_steps.pieces(video, 0, 2000))
    assert [(at, len(piece)) for at, piece in first] == [(0, 2000), (2000, 2000), (4000, 2000)]
    whole, at = b"", 0
    while found := list(video_steps.pieces(video, at, 2000)):
        whole += b"".join(piece for _at, piece in found)
        at = len(whole)
    assert whole == CONTENT


def test_a_slow_line_carries_one_piece_an_attempt(video, monkeypatch):
    monkeypatch.setattr(video_steps, "NO_LONGER", -1.0)
    assert [at for at, _piece in video_steps.pieces(video, 2000, 2000)] == [2000]
    assert list(video_steps.pieces(video, len(CONTENT), 2000)) == []


def test_it_looks_seldomer_the_longer_it_takes_and_not_for_ever():
    waits = [
        video_steps.look_again(NOW, NOW + timedelta(seconds=age)) - NOW - timedelta(seconds=age)
        for age in (0, 30, 3600)
    ]
    assert [wait.total_seconds() for wait in waits] == [2, 15, 60]
    assert video_steps.look_again(NOW, NOW + timedelta(hours=2)) is None
    assert video_steps.since({"since": NOW.isoformat()}, datetime.now(UTC)) == NOW
