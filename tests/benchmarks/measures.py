"""The measurements. Each prints one line of JSON: ``python -m tests.benchmarks.measures NAME``."""

import json
import os
import statistics
import subprocess
import sys
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from publishing import claiming  # noqa: E402
from publishing.models import Delivery  # noqa: E402
from tests.benchmarks import coverage, month, scene  # noqa: E402
from tests.crash import kinds  # noqa: E402

BROKER = os.environ.get("BROKER_URL", "filesystem://")


def bare(platform, count):
    """Posts a second of two bare processes."""
    command = [sys.executable, "-m", "tests.benchmarks.bare", platform.url, str(count // 2)]
    both = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) for _ in "12"
    ]
    for process in both:
        assert process.stdout.readline() == "ready\n"
    begun = time.perf_counter()
    for process in both:
        process.stdin.write("go\n")
    for process in both:
        assert process.stdout.readline() == "done\n"
    spent = time.perf_counter() - begun
    for process in both:
        process.wait()
    platform.taken()
    return count / spent


def throughput(count=3000):
    """Text posts a second of two workers, as a ratio to two bare processes, before and after."""
    with scene.platform() as platform:
        before = bare(platform, count)
        scene.empty()
        channel = scene.channel(platform, "fast", concurrency=int(os.environ.get("CONCURRENCY", "4")))
        with scene.workers(2, BROKER):
            scene.posts(channel, [timezone.now()])
            platform.await_posts(1)  # they are running
            scene.posts(channel, [timezone.now()] * count)
            taken = sorted(moment for moment, _text in platform.await_posts(count))
        after = bare(platform, count)
    # Without the first and the last tenth: they start and end one after the other.
    middle = taken[count // 10 : -count // 10]
    rate = (len(middle) - 1) / (middle[-1] - middle[0])
    return {"engine": rate, "bare": [before, after], "ratio": rate / statistics.mean([before, after])}


def lateness(rows, count=300, seconds=60):
    """Due -> request on the wire, on five channels at random moments, beside ``rows`` planned for later."""
    with scene.platform() as platform:
        scene.empty()
        channels = [scene.channel(platform, f"channel-{number}") for number in range(5)]
        scene.planned_for_later(channels[0], rows)
        with scene.workers(2 if connection.vendor == "postgresql" else 1, BROKER):
            scene.posts(channels[0], [timezone.now()])
            platform.await_posts(1)
            start = timezone.now() + timedelta(seconds=3)
            for number, channel in enumerate(channels):
                moments = [start + timedelta(seconds=seconds * n / count) for n in range(number, count, len(channels))]
                scene.posts(channel, moments)
            taken = platform.await_posts(count)
    late = sorted(moment - float(text) for moment, text in taken)
    return {"rows": rows, "p50": late[len(late) // 2], "p99": late[int(len(late) * 0.99)], "worst": late[-1]}


def claims(rows, rounds=200):
    """What a claim of 20 costs beside ``rows`` planned for later, and how it finds them."""
    with scene.platform() as platform:
        scene.empty()
        channel = scene.channel(platform, "one", concurrency=99)
        scene.planned_for_later(channel, rows)
        scene.posts(channel, [timezone.now()] * 20 * rounds)
        spent = []
        for number in range(rounds):
            begun = time.perf_counter()
            batch = claiming.claim(channel.pk, worker=f"w{number % 7}", now=timezone.now(), limit=20)
            spent.append(time.perf_counter() - begun)
            assert len(batch) == 20
        with transaction.atomic():
            now = timezone.now()
            plan = Delivery.objects.filter(channel_id=channel.pk).due(now).order_by("next_at")[:20].explain()
        bell = time.perf_counter()
        for _ in range(50):
            claiming.due_channels(timezone.now())
        bell = (time.perf_counter() - bell) / 50
        return {"rows": rows, "p50": statistics.median(spent), "bell": bell, "plan": plan}


def drain(count=500):
    """Seconds from due to the last of 500 posts, on one channel, with the embedded set-up's one worker."""
    with scene.platform() as platform:
        scene.empty()
        channel = scene.channel(platform, "one")
        with scene.workers(1, BROKER):
            scene.posts(channel, [timezone.now()])
            platform.await_posts(1)
            due = timezone.now()
            scene.posts(channel, [due] * count)
            taken = platform.await_posts(count)
    return {"count": count, "seconds": max(moment for moment, _text in taken) - due.timestamp()}


MEASURES = {
    "throughput": throughput, "lateness": lateness, "claims": claims, "drain": drain, "month": month.month,
    "coverage": coverage.coverage,
}  # fmt: skip

if __name__ == "__main__":
    kinds.register()
    name, *numbers = sys.argv[1:]
    print(json.dumps(MEASURES[name](*map(int, numbers))))
