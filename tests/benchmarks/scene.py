"""What every measurement needs: the platform, worker processes, posts, and what came when."""

import contextlib
import json
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection
from django.utils import timezone

from publishing.message import Message
from publishing.models import Channel, Delivery
from tests.crash.stage import Nursery, Stage, environment

PORT = 8190


class Platform:
    def __init__(self):
        self.url = f"http://127.0.0.1:{PORT}"

    def taken(self):
        """[moment, text] of each post since the last time."""
        with urllib.request.urlopen(f"{self.url}/taken") as answer:
            return json.load(answer)

    def await_posts(self, count, seconds=300):
        found, until = self.taken(), time.monotonic() + seconds
        while len(found) < count:
            if time.monotonic() > until:
                raise TimeoutError(f"{len(found)} of {count} came")
            time.sleep(0.05)
            found += self.taken()
        return found


@contextlib.contextmanager
def platform() -> Iterator[Platform]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.server", str(PORT)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout.readline() == "ready\n"
        yield Platform()
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def workers(count: int, broker: str) -> Iterator[None]:
    """That many Celery workers, and beat, as in production: a lease of a minute, 32 threads."""
    with TemporaryDirectory() as data:
        nursery = Nursery(Path(data), broker, lease=60)
        started = []
        try:
            with Stage(nursery, run_as="celery"):  # beat
                order = {"plan": {}, "seed": 0, "guards": False, "run_as": "celery"}
                started = [nursery.worker(**order) for _ in range(count)]
                yield
        finally:
            for worker in started:
                worker.kill()
            nursery.close()


def channel(platform: Platform, name: str, **more) -> Channel:
    return Channel.objects.create(kind="crash_keyed", name=name, slug=name, config={"url": platform.url}, **more)


def posts(on: Channel, moments) -> None:
    """One text post for each moment; its text says when it was due."""

    def delivery(moment):
        message = Message(text=f"{moment.timestamp():.6f}")
        return Delivery(
            key=uuid.uuid4(),
            channel=on,
            headline="Post",
            message_json=message.to_json(),
            message_sha256=message.sha256(),
            due_at=moment,
            next_at=moment,
        )

    Delivery.objects.bulk_create([delivery(moment) for moment in moments], batch_size=500)


def planned_for_later(on: Channel, count: int) -> None:
    """That many rows that are not due for a month, as a full plan has them."""
    posts(on, [timezone.now() + timezone.timedelta(days=30)])
    row = Delivery.objects.latest("pk")
    fields = [field for field in Delivery._meta.local_concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    postgresql = connection.vendor == "postgresql"
    own_key = "gen_random_uuid()" if postgresql else "lower(hex(randomblob(16)))"
    numbers = (
        "SELECT generate_series(1, %s) AS n"
        if postgresql
        else "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < %s) SELECT n FROM c"
    )
    columns = ", ".join(quote(field.column) for field in fields)
    values = ", ".join(own_key if field.name == "key" else quote(field.column) for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO publishing_delivery ({columns}) SELECT {values} "
            f"FROM publishing_delivery, ({numbers}) AS numbers WHERE id = %s",
            [count - 1, row.pk],
        )
        cursor.execute("ANALYZE publishing_delivery" if postgresql else "ANALYZE")


def empty() -> None:
    with connection.cursor() as cursor:
        tables = ["receipt", "attempt", "evidencerecord", "evidenceblock", "turn", "delivery", "channel"]
        for table in tables:
            if connection.vendor == "postgresql":
                cursor.execute(f"TRUNCATE publishing_{table} CASCADE")
            else:
                cursor.execute(f"DELETE FROM publishing_{table}")


__all__ = ["channel", "empty", "environment", "planned_for_later", "platform", "posts", "workers"]
