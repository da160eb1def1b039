"""What other schedulers do to a post, each by name, over real sockets where the network is part of the story.

The rest of the list is proved where it belongs: kills in ``tests/crash``, dead channels and database connections in
``tests/crash/test_dead_channels.py``, stop under load in ``tests/concurrency``, alt text and images in the contract of
the adapters, approval in ``tests/cms``.
"""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from publishing import adapters, followups, scheduling, sending
from publishing.message import Message
from publishing.models import Channel, Delivery, Receipt, State
from tests.crash import kinds
from tests.crash.platform import Platform
from tests.fakes.server import Answer, Fault

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_kinds(monkeypatch, settings):
    settings.PUBLISHING_ALLOWED_PRIVATE_HOSTS = ["127.0.0.1"]
    for kind, path in kinds.KINDS.items():
        monkeypatch.setitem(adapters.KINDS, kind, path)


@pytest.fixture
def platform():
    with Platform() as fake:
        yield fake


def channel_on(platform, kind="keyed"):
    return Channel.objects.create(kind=f"crash_{kind}", name=kind, slug=kind, config={"url": platform.url})


def plan(channel, count, due=None, late=None):
    due = due or timezone.now()
    return [
        scheduling.schedule(
            key=uuid.uuid4(),
            channel=channel,
            message=Message(text=f"{channel.slug} {number}"),
            due_at=due,
            latest_at=due + late if late else None,
            headline="Post",
            by=None,
        )
        for number in range(count)
    ]


def later(**delta):
    return time_machine.travel(timezone.now() + timedelta(**delta), tick=True)


def states():
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def copies(platform):
    return sorted(len(ids) for ids in platform.posts.values())


@pytest.mark.parametrize("kind", ["keyed", "open", "closed"])
def test_an_answer_later_than_the_time_out_gives_no_copies(platform, settings, kind):
    settings.PUBLISHING_LEASE_SECONDS = 1  # half a second for an answer
    plan(channel_on(platform, kind), 1)
    platform.order(Fault(lambda seen: seen.method == "POST", wait=1.0))
    sending.send_due()
    assert platform.carried_out.wait(10)  # after we had given up
    for minutes in (1, 2, 3):
        with later(minutes=minutes):
            sending.send_due()
    assert copies(platform) == [1]
    assert states() == [State.UNCERTAIN if kind == "closed" else State.DELIVERED]


def test_two_minutes_of_503_fail_none_of_twenty_posts(platform):
    plan(channel_on(platform), 20, late=timedelta(minutes=30))
    down = timezone.now() + timedelta(minutes=2)
    platform.shots = lambda seen: None
    carry_out = platform.carry_out
    platform.carry_out = lambda seen: carry_out(seen) if timezone.now() > down else Answer(503, "<h1>Sorry</h1>")
    for seconds in range(0, 600, 10):
        with later(seconds=seconds):
            sending.send_due()
    assert states() == [State.DELIVERED] * 20
    assert copies(platform) == [1] * 20


def test_back_off_is_not_only_stored_but_kept(platform):
    plan(channel_on(platform), 1)
    for _ in range(3):
        platform.order(Fault(lambda seen: seen.method == "POST", Answer(503, "")))
    for _ in range(20):
        sending.send_due()
    assert len(platform.asked("POST")) == 1


def test_after_six_hours_down_sixty_stale_posts_are_not_blasted_but_wait_for_a_decision(platform):
    plan(channel_on(platform), 60, due=timezone.now() - timedelta(hours=6), late=timedelta(hours=1))
    sending.send_due()
    assert platform.seen == []
    assert Delivery.objects.missed().count() == Delivery.objects.needing_a_person().count() == 60


def test_the_idempotency_key_is_the_same_on_every_try(platform):
    [delivery] = plan(channel_on(platform), 1)
    for _ in range(3):
        platform.order(Fault(lambda seen: seen.method == "POST", Answer(503, "")))
    for minutes in range(4):
        with later(minutes=minutes):
            sending.send_due()
    assert {seen.headers["idempotency-key"] for seen in platform.asked("POST")} == {str(delivery.key)}
    assert len(platform.asked("POST")) == 4


def test_one_channel_that_fails_neither_stops_nor_repeats_the_others(platform):
    broken = Channel.objects.create(kind="crash_open", name="Broken", slug="broken", config={})  # a KeyError of ours
    plan(broken, 3)
    plan(channel_on(platform), 3)
    for minutes in (0, 1, 60):
        with later(minutes=minutes):
            sending.send_due()
    assert states() == [State.FAILED] * 3 + [State.DELIVERED] * 3
    assert copies(platform) == [1, 1, 1]


def test_success_that_is_claimed_but_not_there_is_noticed(platform):
    plan(channel_on(platform), 1)
    platform.order(Fault(lambda seen: seen.method == "POST", Answer(201, {"id": "7"})))
    sending.send_due()
    followups.read_back(timezone.now() + timedelta(seconds=5))
    assert Receipt.objects.get().read_back == Receipt.ReadBack.ABSENT


def test_a_backlog_of_five_hundred_is_drained_whole_and_once(platform):
    plan(channel_on(platform), 500)
    sending.send_due()
    assert set(states()) == {State.DELIVERED}
    assert copies(platform) == [1] * 500
