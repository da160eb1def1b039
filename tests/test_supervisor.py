"""The embedded three leave nothing behind, however they end."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SCRIPT = """
import sys
from cms import supervisor
sleeper = [sys.executable, "-c", "import sys, time; open(sys.argv[1], 'a').write('x'); time.sleep(600)"]
supervisor.run({"one": [*sleeper, sys.argv[1]], "two": [*sleeper, sys.argv[2]]}, print)
"""


def children_of(pid: int) -> list[int]:
    return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def wait_for(condition, seconds: float = 15) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def supervised(tmp_path):
    marks = [tmp_path / "one", tmp_path / "two"]
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, *map(str, marks)], stdout=subprocess.DEVNULL)
    wait_for(lambda: all(mark.exists() for mark in marks))
    yield process, marks
    process.kill()
    process.wait()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_child_outlives_the_supervisor(supervised, number):
    process, _ = supervised
    children = children_of(process.pid)
    assert len(children) == 2
    process.send_signal(number)
    process.wait(timeout=15)
    wait_for(lambda: not any(alive(child) for child in children))


def test_a_killed_child_is_started_again(supervised):
    process, marks = supervised
    first = children_of(process.pid)
    os.kill(first[0], signal.SIGKILL)
    wait_for(lambda: marks[0].read_text() == "xx")
    assert first[1] in children_of(process.pid)
