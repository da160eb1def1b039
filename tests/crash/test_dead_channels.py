"""Many platforms that have fallen silent, one real worker: a channel that answers goes on as if they were not there."""

import contextlib
import socket
import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from publishing import scheduling
from publishing.message import Message
from publishing.models import Channel, Delivery, State
from tests.crash.platform import Platform
from tests.crash.stage import Nursery, Stage, connections_of

pytestmark = pytest.mark.crash
DEAD = 15


@contextlib.contextmanager
def silent():
    """Takes every connection, and never says a word."""
    listener, taken = socket.create_server(("127.0.0.1", 0), backlog=200), []

    def take():
        with contextlib.suppress(OSError):
            while True:
                taken.append(listener.accept()[0])

    threading.Thread(target=take, daemon=True).start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}", taken
    listener.close()
    for client in taken:
        client.close()


@pytest.fixture
def patient(django_db_setup, transactional_db, tmp_path):
    """Workers with the lease of production: a send that hangs, hangs for 15 seconds."""
    nursery = Nursery(tmp_path, "filesystem://", lease=60)
    with Stage(nursery, run_as="celery") as found:
        yield found
    nursery.close()


def plan(channel, number, due):
    return scheduling.schedule(
        key=uuid.uuid4(),
        channel=channel,
        message=Message(text=f"{channel.slug} {number}"),
        due_at=due,
        headline="Post",
        by=None,
    )


def test_many_dead_channels_do_not_delay_one_that_answers(patient):
    now = timezone.now()
    with silent() as (url, taken), Platform() as fake:
        for number in range(DEAD):
            dead = Channel.objects.create(
                kind="crash_keyed", name=f"Dead {number}", slug=f"dead-{number}", config={"url": url}
            )
            for post in range(3):
                plan(dead, post, now)
        alive = Channel.objects.create(kind="crash_keyed", name="Alive", slug="alive", config={"url": fake.url})
        rows = Delivery.objects.filter(channel=alive)
        patient.play(over=lambda: len(taken) >= DEAD, seconds=90)
        # Each of the dead holds a thread by now. What answers is sent meanwhile, before the first of them gives up.
        for number in range(5):
            plan(alive, number, timezone.now() + timedelta(seconds=number))
        hanging = set(Delivery.objects.filter(state=State.SENDING).values_list("pk", "attempt_number"))
        patient.play(over=lambda: not rows.exclude(state=State.DELIVERED).exists(), seconds=90)
        late = [row.sent_at - row.due_at for row in rows]
        still = set(Delivery.objects.filter(state=State.SENDING).values_list("pk", "attempt_number"))
        assert len(hanging) >= DEAD
        assert hanging & still, f"they were sent only when the dead had given up: {late}"
        assert patient.deaths == 0
        if connection.vendor == "postgresql":
            assert connections_of(patient.current.pid) <= 32
