"""STOP while several processes send as fast as they can: once it has returned, nothing begins any more.

A delivery that has begun (its attempt is committed) and is not on the wire yet counts as begun: each worker thread
can have one such, for as long as it takes from its commit to its first byte. That is the bound, and it is asserted.

STOP_REPETITIONS says how often (the full proof is 50).
"""

import os
import time

import pytest
from django.utils import timezone

from publishing import stopping
from publishing.message import Message
from publishing.models import Attempt, Channel, Delivery, State
from tests.crash.conftest import crash_kinds, nursery  # noqa: F401 (fixtures)
from tests.crash.platform import Platform

pytestmark = pytest.mark.crash
REPETITIONS = int(os.environ.get("STOP_REPETITIONS", "10"))
WORKERS = 4
POSTS = 150


@pytest.fixture
def workers(nursery):  # noqa: F811
    made = [nursery.worker(plan={}, seed=0, guards=False, run_as="pump") for _ in range(WORKERS)]
    yield made
    for worker in made:
        worker.kill()


def due_now(channel):
    message, now = Message(text="Hej"), timezone.now()
    Delivery.objects.bulk_create(
        Delivery(
            channel=channel,
            headline="Post",
            message_json=message.to_json(),
            message_sha256=message.sha256(),
            due_at=now,
            next_at=now,
        )
        for _ in range(POSTS)
    )


def wait(until, seconds=60):
    give_up = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < give_up
        time.sleep(0.002)


def posts(fake):
    return len(fake.asked("POST"))


def moving():
    return Delivery.objects.filter(state__in=[State.SCHEDULED, State.QUEUED, State.SENDING]).exists()


def test_nothing_begins_after_stop_has_returned(workers):
    rates, waits = [], []
    with Platform() as fake:
        channel = Channel.objects.create(
            kind="crash_keyed", name="Keyed", slug="keyed", config={"url": fake.url}, concurrency=WORKERS
        )
        for _ in range(REPETITIONS):
            before = posts(fake)
            due_now(channel)
            wait(lambda before=before: posts(fake) > before + 5)
            since, first = time.monotonic(), posts(fake)
            wait(lambda before=before: posts(fake) > before + 40)
            rates.append((posts(fake) - first) / (time.monotonic() - since))
            pressed = time.monotonic()
            order = stopping.hold_all(reason="terror", by=None)
            waits.append(time.monotonic() - pressed)
            begun, asked = Attempt.objects.count(), posts(fake)
            wait(lambda: not moving())
            assert Attempt.objects.count() == begun
            assert posts(fake) == begun
            assert posts(fake) - asked <= WORKERS
            stopping.lift(order, by=None)
    held = Delivery.objects.held().count()
    assert held > 0
    assert held + begun == REPETITIONS * POSTS
    print(f"{sum(rates) / len(rates):.0f} a second in flight; STOP took at most {max(waits) * 1000:.0f} ms")
