"""The folder that serves as broker: no reader ever meets half a message or half a table."""

import multiprocessing
from pathlib import Path
from typing import Any

import pytest
from kombu import Connection, Exchange, Queue

ROUNDS = 60


def _options(folder: Path) -> dict[str, Any]:
    names = {
        "data_folder_in": "in",
        "data_folder_out": "in",
        "processed_folder": "processed",
        "control_folder": "control",
    }
    return {"polling_interval": 0.0001} | {option: str(folder / name) for option, name in names.items()}


def _connect(folder: Path) -> Connection:
    return Connection("filesystem://", transport="cms.broker:Transport", transport_options=_options(folder))


def _write(folder: Path, name: str) -> None:
    with _connect(folder) as connection:
        queue = connection.SimpleQueue("celery")
        for number in range(ROUNDS):
            while any((folder / "in").iterdir()):
                pass  # the reader is at the door when the next one is written
            queue.put({"from": name, "number": number, "weight": "x" * 4_000_000})


def _bind(folder: Path, name: str) -> None:
    with _connect(folder) as connection:
        for number in range(ROUNDS):
            Queue(f"{name}-{number}", Exchange("many"), "many")(connection.default_channel).declare()
            connection.default_channel.get_table("many")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("in", "processed", "control"):
        (tmp_path / name).mkdir()
    return tmp_path


def _at_once(work: Any, folder: Path) -> list[multiprocessing.Process]:
    made = [
        multiprocessing.get_context("fork").Process(target=work, args=(folder, name), daemon=True)
        for name in ("one", "two")
    ]
    for process in made:
        process.start()
    return made


def test_a_reader_meets_whole_messages_only_and_all_of_them(folder):
    writers = _at_once(_write, folder)
    seen = set()
    with _connect(folder) as connection:
        queue = connection.SimpleQueue("celery")
        while len(seen) < 2 * ROUNDS:
            message = queue.get(timeout=30)
            message.ack()
            seen.add((message.payload["from"], message.payload["number"]))
    for writer in writers:
        writer.join(30)
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert not list((folder / "in").iterdir())


def test_what_is_bound_at_the_same_time_is_all_bound(folder):
    binders = _at_once(_bind, folder)
    for binder in binders:
        binder.join(60)
    assert [binder.exitcode for binder in binders] == [0, 0]
    with _connect(folder) as connection:
        queues = [f"{name}-{number}" for name in ("one", "two") for number in range(ROUNDS)]
        table = connection.default_channel.get_table("many")
        assert sorted(row.queue for row in table) == sorted(queues)
