"""The embedded three: web, worker and beat in one terminal, one Ctrl-C, no orphans.

Loads no Django (it saves 100 MB). Each child has a session of its own and dies with the supervisor, even when that is
killed with SIGKILL (PR_SET_PDEATHSIG on Linux); a child that dies is started again, later each time it dies at once.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

PR_SET_PDEATHSIG = 1
GRACE = 10.0  # seconds a child may take to finish what it is doing
LONGEST_PAUSE = 30.0  # seconds between two starts of a child that keeps dying


@dataclass
class Child:
    """One process that shall be running."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.0
    not_before: float = 0.0
    restarts: int = field(default=0)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _start(child: Child, environment: Mapping[str, str]) -> None:
    child.started = time.monotonic()
    child.process = subprocess.Popen(  # noqa: S603 (our own commands)
        child.command, env=dict(environment), start_new_session=True, preexec_fn=_die_with_parent
    )


def _signal_group(child: Child, number: signal.Signals) -> None:
    if child.process is None:
        return
    try:
        os.killpg(child.process.pid, number)
    except ProcessLookupError:
        return


def _tend(child: Child, environment: Mapping[str, str], say: Callable[[str], None]) -> None:
    """Start what is not running, unless it died a moment ago."""
    now = time.monotonic()
    if child.process is not None:
        if child.process.poll() is None:
            return
        _signal_group(child, signal.SIGKILL)  # what it may have left behind
        short = now - child.started < 5
        child.pause = min(LONGEST_PAUSE, max(1.0, child.pause * 2)) if short else 0.0
        child.not_before, child.restarts = now + child.pause, child.restarts + 1
        say(f"{child.name} ended with {child.process.returncode}; it starts again in {child.pause:.0f} s.")
        child.process = None
    if now >= child.not_before:
        _start(child, environment)


def _stop(children: Sequence[Child]) -> None:
    """Ask politely, wait, then end whatever is left of each group."""
    for child in children:
        _signal_group(child, signal.SIGTERM)
    until = time.monotonic() + GRACE
    for child in children:
        if child.process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):  # the kill below is for this very case
                child.process.wait(timeout=max(0.1, until - time.monotonic()))
        _signal_group(child, signal.SIGKILL)


def run(commands: Mapping[str, Sequence[str]], say: Callable[[str], None]) -> None:
    """Keep the commands running until SIGINT, SIGTERM or the death of our parent; then leave nothing behind."""
    children = [Child(name, command) for name, command in commands.items()]
    parent, environment, stopping = os.getppid(), {**os.environ, "PYTHONUNBUFFERED": "1"}, False

    def stop(number: int, frame: object) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        while not stopping and os.getppid() == parent:
            for child in children:
                _tend(child, environment, say)
            time.sleep(0.2)
    finally:
        say("Stopping ...")
        _stop(children)


def embedded_commands(host: str, port: int) -> dict[str, list[str]]:
    """Web, worker and beat as they run without any server installed."""
    celery = [sys.executable, "-m", "celery", "--quiet", "-A", "cms.celery"]
    return {
        "web": [sys.executable, "-m", "waitress", f"--listen={host}:{port}", "--threads=8", "cms.wsgi:application"],
        # As many threads as ``publishing.lanes`` counts on; each has a database connection only while it works.
        "worker": [*celery, "worker", "--pool=threads", "--concurrency=32", "--loglevel=WARNING"],
        "beat": [*celery, "beat", "--loglevel=WARNING"],
    }
