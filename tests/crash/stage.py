"""Lets one worker run, sees it die, lets the next one run, until everything is settled."""

import contextlib
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import threading
import time

from django.db import connection

from publishing.models import Delivery, State
from publishing.models.delivery import FAR

LEASE = 2  # seconds; everything that waits is measured in leases
SETTLED = (State.DELIVERED, State.FAILED, State.CANCELLED, State.HELD, State.MISSED)


def database_url():
    """The test's own database, as the product names it."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    login = values["USER"] + (f":{values['PASSWORD']}" if values["PASSWORD"] else "")
    return f"postgres://{login}@{values['HOST']}:{values['PORT']}/{values['NAME']}"


def connections_of(pid):
    """How many connections to PostgreSQL a process has open."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT inet_server_port()")
        port = f"{cursor.fetchone()[0]:04X}"
    opened = {os.readlink(item.path) for item in os.scandir(f"/proc/{pid}/fd")}
    lines = [line.split() for line in pathlib.Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:]]
    return sum(f"socket:[{line[9]}]" in opened and line[2].endswith(f":{port}") for line in lines)


def environment(data, broker, lease):
    return {
        **os.environ,
        "BROKER_URL": broker,
        "DATABASE_URL": database_url(),
        "DATA_DIR": str(data),
        "LOG_LEVEL": "CRITICAL",
        "PUBLISHING_ALLOWED_PRIVATE_HOSTS": "127.0.0.1",
        "PUBLISHING_LEASE_SECONDS": str(lease),
    }


class Nursery:
    """The process that workers are forked from. It dies with us, and they with it."""

    def __init__(self, data, broker, *, lease=LEASE):
        self.environment = environment(data, broker, lease)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.worker"],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert self.process.stdout.readline() == b"ready\n"

    def worker(self, **order):
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        self.process.stdin.flush()
        return Worker(int(self.process.stdout.readline()))

    def close(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Worker:
    def __init__(self, pid):
        self.pid = pid

    @property
    def alive(self):
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def kill(self):
        """Returns when it is dead."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        while self.alive:
            time.sleep(0.001)


class Stage:
    """Use as a context manager. ``deaths`` counts the workers that died."""

    def __init__(self, nursery, *, run_as="pump", seed=1):
        self.nursery, self.run_as, self.luck = nursery, run_as, random.Random(seed)
        self.current, self.deaths, self.beat = None, 0, None
        self._lock = threading.Lock()

    def __enter__(self):
        if self.run_as == "celery":
            command = [sys.executable, "-m", "celery", "--quiet", "-A", "cms.celery", "beat", "--loglevel=ERROR"]
            self.beat = subprocess.Popen(command, env=self.nursery.environment, start_new_session=True)
        return self

    def __exit__(self, *exc):
        self.kill()
        if self.beat is not None:
            os.killpg(self.beat.pid, signal.SIGKILL)
            self.beat.wait()

    def kill(self):
        """From outside, at any moment; returns when the worker is dead."""
        with self._lock:
            if self.current is not None:
                self.current.kill()

    def play(self, *, plans=(), guards=False, seconds=120, deaths=0, over=None):
        """Run workers one after the other, ``plans`` telling each where to die, till all is settled and enough died."""
        plans, until = iter(plans), time.monotonic() + seconds
        while not (over or all_settled)() or self.deaths < deaths:
            assert time.monotonic() < until, list(unsettled().values_list("state", "next_at", "claimed_by"))
            if self.current is None or not self.current.alive:
                self.deaths += self.current is not None
                order = {"plan": next(plans, {}), "seed": self.luck.random(), "guards": guards, "run_as": self.run_as}
                with self._lock:
                    self.current = self.nursery.worker(**order)
            time.sleep(0.02)


def unsettled():
    """Rows that the clock or a worker still moves; a list waits for its letters, which are rows of their own."""
    moving = Delivery.objects.exclude(state__in=SETTLED).exclude(state=State.UNCERTAIN, next_at=FAR)
    return moving.exclude(state=State.PROCESSING, parts__isnull=False)


def all_settled():
    return not unsettled().exists()
