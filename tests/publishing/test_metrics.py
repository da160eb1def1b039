"""How posts do: asked for without disturbing sending, stored as totals, and what is gone is told. Failures first."""

import threading
from datetime import UTC, datetime, timedelta
from importlib import import_module
from itertools import pairwise

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from publishing import bells, credentials, followups, metric_times, metrics, sending, tasks
from publishing.models import Channel, Delivery, EvidenceRecord, MetricSnapshot, Receipt, State
from tests.fakes.mastodon import TOKEN, FakeMastodon
from tests.fakes.server import Answer, Fault

pytestmark = pytest.mark.django_db


@pytest.fixture
def fake(settings):
    settings.PUBLISHING_ALLOWED_PRIVATE_HOSTS = ["127.0.0.1"]
    with FakeMastodon() as server:
        yield server


@pytest.fixture
def channel(db, fake):
    sealed = credentials.seal({"access_token": TOKEN})
    return Channel.objects.create(
        kind="mastodon",
        name="Mastodon",
        slug="mastodon",
        config={"instance": fake.url},
        learnt={"account_id": "7", "most_characters": 500},
        encrypted_secrets=sealed,
        health=Channel.Health.OK,
    )


@pytest.fixture
def sent(schedule, fake):
    """Posts that went out on the fake a moment ago, and were read back."""

    def send(*texts):
        rows = [schedule(text) for text in texts]
        sending.send_due()
        fake.seen.clear()
        return [Receipt.objects.get(delivery=row) for row in rows]

    return send


def later(**delta):
    return time_machine.travel(timezone.now() + timedelta(**delta), tick=True)


def collect(channel):
    return sum(metrics.collect(pk) for pk in metrics.channels(timezone.now()))


def looks(fake):
    return fake.asked("GET", "/api/v1/statuses/")


def is_look(seen):
    return seen.method == "GET" and seen.path.startswith("/api/v1/statuses/")


# --- What goes wrong


def test_being_told_to_wait_rests_the_asking_and_not_the_sending(channel, sent, fake, schedule):
    sent("Et", "To")
    fake.order(Fault(is_look, Answer(429, {"error": "Too many requests"}, {"Retry-After": "1800"})))
    with later(minutes=16):
        assert collect(channel) == 1
        assert collect(channel) == 0
        channel.refresh_from_db()
        assert channel.not_before is None
        assert channel.figures_problem == "The platform asks us to wait."
        third = schedule("Tre")
        sending.send_due()
        third.refresh_from_db()
        assert third.state == State.DELIVERED
    with later(minutes=60):
        assert collect(channel) == 3
    channel.refresh_from_db()
    assert channel.figures_problem == ""


@pytest.mark.parametrize("answer", [Answer(503, "<h1>503</h1>"), Answer(200, "<h1>Hello</h1>")])
def test_a_platform_that_does_not_work_is_left_alone_for_a_while(channel, sent, fake, answer):
    sent("Et", "To")
    fake.order(Fault(is_look, answer))
    with later(minutes=16):
        assert collect(channel) == 1
        assert collect(channel) == 0
    with later(minutes=32):
        assert collect(channel) == 2
    assert MetricSnapshot.objects.count() == 2


def test_lost_access_pauses_nothing_and_has_the_channel_verified(channel, sent, fake, monkeypatch):
    rung = []
    monkeypatch.setattr(bells, "ring", lambda task, pk: rung.append((task, pk)))
    [receipt] = sent("Et")
    fake.tokens.clear()
    with later(minutes=16):
        collect(channel)
        channel.refresh_from_db()
    assert rung == [("verify_channel", channel.pk)]
    assert channel.paused_at is None
    assert channel.figures_not_before > timezone.now() + timedelta(hours=5)
    assert receipt.metrics.count() == 0


def test_a_fault_of_ours_costs_one_post_its_turn(channel, sent, monkeypatch, caplog):
    sent("Et", "To")
    whole, calls = type(channel.adapter).metrics, []

    def breaks_once(self, account, receipt):
        calls.append(receipt.remote_id)
        if len(calls) == 1:
            raise ZeroDivisionError
        return whole(self, account, receipt)

    monkeypatch.setattr(type(channel.adapter), "metrics", breaks_once)
    with later(minutes=16):
        assert collect(channel) == 2
        assert collect(channel) == 0
    assert MetricSnapshot.objects.count() == 1
    assert "asking for figures failed" in caplog.text


def test_a_post_that_is_gone_is_told_once_and_asked_about_no_more(channel, sent, fake):
    [receipt] = sent("Et")
    Delivery.objects.update(dismissed_at=timezone.now())
    fake.statuses.clear()
    with later(minutes=16):
        assert collect(channel) == 1
    with later(days=2):
        assert collect(channel) == 0
    receipt.refresh_from_db()
    assert receipt.read_back == Receipt.ReadBack.ABSENT
    assert receipt.figures_next_at is None
    assert EvidenceRecord.objects.filter(kind="receipt.gone").count() == 1
    assert list(Delivery.objects.not_as_sent()) == [receipt.delivery]


def test_what_is_only_missing_where_posts_are_counted_is_not_gone(channel, sent, fake):
    [receipt] = sent("Et")
    fake.order(Fault(is_look, Answer(404, {"error": "Record not found"})))
    with later(minutes=16):
        collect(channel)
    receipt.refresh_from_db()
    assert receipt.read_back != Receipt.ReadBack.ABSENT
    assert receipt.figures_next_at == receipt.sent_at + timedelta(hours=1)


def test_what_was_taken_down_meanwhile_leaves_no_figures(channel, sent, fake, monkeypatch):
    [receipt] = sent("Et")
    whole = type(channel.adapter).metrics

    def taken_down_while_asked(self, account, value):
        found = whole(self, account, value)
        followups.withdrawn(receipt.delivery, by_name="")
        return found

    monkeypatch.setattr(type(channel.adapter), "metrics", taken_down_while_asked)
    with later(minutes=16):
        assert collect(channel) == 1
    with later(days=1):
        assert collect(channel) == 0
    assert MetricSnapshot.objects.count() == 0


# --- Sending goes first


def test_nothing_is_asked_while_a_post_is_due(channel, sent, schedule, fake):
    sent("Et")
    with later(minutes=16):
        schedule("To", due=timezone.now() + timedelta(seconds=10))
        assert collect(channel) == 0
        assert looks(fake) == []


def test_the_last_part_of_a_quota_is_left_for_sending(channel, sent, fake):
    sent("Et", "To", "Tre")
    fake.remaining = 60
    with later(minutes=16):
        assert collect(channel) == 1
        channel.refresh_from_db()
        assert channel.not_before is None
        assert timezone.now() < channel.figures_not_before < timezone.now() + timedelta(minutes=6)


@pytest.mark.parametrize(
    ("state", "asked"),
    [
        ({"paused_at": datetime(2026, 1, 1, tzinfo=UTC)}, 1),
        ({"retired_at": datetime(2026, 1, 1, tzinfo=UTC)}, 0),
        ({"health": Channel.Health.FAULT}, 0),
        ({"dry_run": True}, 0),
        ({"not_before": datetime(2100, 1, 1, tzinfo=UTC)}, 0),
    ],
)
def test_which_channels_are_asked(channel, sent, state, asked):
    sent("Et")
    Channel.objects.update(**state)
    with later(minutes=16):
        assert collect(channel) == asked


def test_a_post_that_somebody_else_has_taken_is_not_asked_about(channel, sent):
    sent("Et")
    with later(minutes=16):
        now = timezone.now()
        assert metrics._take(channel, now) is not None
        assert metrics._take(channel, now) is None


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_ask_twice(channel, sent, fake):
    sent("Et", "To", "Tre")
    Receipt.objects.update(figures_next_at=timezone.now())

    def work():
        try:
            metrics.collect(channel.pk)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _number in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    asked = [seen.path for seen in looks(fake)]
    assert len(asked) == len(set(asked)) == 3


# --- What is kept


def test_figures_are_kept_when_they_changed_or_a_day_has_passed(channel, sent, fake):
    [receipt] = sent("Et")
    for age in ({"minutes": 16}, {"hours": 2}, {"hours": 7}, {"days": 2}):
        if age == {"hours": 7}:
            fake.statuses[receipt.remote_id]["favourites_count"] = 8
        with later(**age):
            call_command("collect_figures", verbosity=0)
    assert [row.figures["likes"] for row in receipt.metrics.all()] == [3, 8, 8]
    assert set(receipt.metrics.first().figures) == {"likes", "reposts", "replies"}


def test_the_task_rings_once_for_each_channel_with_something_to_ask(channel, sent, monkeypatch):
    rung = []
    monkeypatch.setattr(tasks.collect_channel_figures, "apply_async", lambda args, **_more: rung.append(args))
    sent("Et", "To")
    tasks.collect_figures()
    assert rung == []
    with later(minutes=16):
        tasks.collect_figures()
        tasks.collect_channel_figures(*rung[0])
    assert rung == [[channel.pk]]
    assert MetricSnapshot.objects.count() == 2


def test_what_is_due_is_found_by_its_index(channel, sent):
    sent("Et")
    with later(minutes=16), CaptureQueriesContext(connection) as found:
        assert metrics.channels(timezone.now()) == [channel.pk]
        assert metrics._take(channel, timezone.now()) is not None
    reads = [one["sql"] for one in found if "figures_next_at" in one["sql"] and one["sql"].startswith("SELECT")]
    assert len(reads) == 2
    if connection.vendor == "sqlite":  # PostgreSQL scans a table of one row
        for sql in reads:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
                assert "USING INDEX receipt_to_count" in str(cursor.fetchall()), sql


def test_what_was_sent_before_there_were_figures_is_asked_about_too(channel, sent):
    new, old, nameless = sent("Et", "To", "Tre")
    Receipt.objects.update(figures_next_at=None)
    Receipt.objects.filter(pk=old.pk).update(sent_at=timezone.now() - timedelta(days=100))
    Receipt.objects.filter(pk=nameless.pk).update(remote_id=f"{Receipt.BY_HAND}x")
    import_module("publishing.migrations.0010_figures_of_what_was_sent_before").forwards(apps, None)
    assert [row.pk for row in Receipt.objects.filter(figures_next_at__isnull=False)] == [new.pk]


def test_posts_without_a_name_of_their_own_are_not_asked_about(channel, fake, schedule):
    Channel.objects.update(dry_run=True)
    schedule("Et")
    sending.send_due()
    assert Receipt.objects.get().figures_next_at is None


def test_a_kind_without_figures_is_let_go(channel, sent):
    [receipt] = sent("Et")
    Channel.objects.update(kind="scripted")
    with later(minutes=16):
        collect(channel)
    receipt.refresh_from_db()
    assert receipt.figures_next_at is None


def test_the_times_lie_further_and_further_apart_and_end():
    ages, age = [], timedelta()
    while (age := metric_times.next_collection(age)) is not None:
        ages.append(age)
    waits = [after - before for before, after in pairwise(ages)]
    assert ages[:4] == [timedelta(minutes=15), timedelta(hours=1), timedelta(hours=6), timedelta(days=1)]
    assert max(waits[:9]) == timedelta(days=1)
    assert ages[-1] == timedelta(days=90)
    assert len(ages) < 30
    assert metric_times.next_collection(timedelta(days=200)) is None
