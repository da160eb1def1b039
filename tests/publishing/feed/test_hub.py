"""WebSub: whoever asks is asked, and is then told everything, signed, until it has taken it or its time is over."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from publishing.feed import hub, items, keys, pushing
from publishing.models import EvidenceRecord, FeedIntent, FeedKey, FeedSubscriber
from tests.fakes.server import Answer, Fault
from tests.fakes.websub import SECRET, FakeSubscriber


def pushes(seen):
    return seen.method == "POST"


def asks(seen):
    return seen.method == "GET"


@pytest.fixture
def subscriber(settings):
    settings.PUBLISHING_ALLOWED_PRIVATE_HOSTS = ["127.0.0.1"]
    with FakeSubscriber() as fake:
        yield fake


@pytest.fixture
def topic(feed):
    from publishing.feed import addresses

    return addresses.of(feed).feed("articles")


@pytest.fixture
def ask(client, subscriber, topic):
    """Ask the hub, and let the workers do what follows."""

    def asked(headers=None, **more):
        wish = {"hub.mode": "subscribe", "hub.topic": topic, "hub.callback": f"{subscriber.url}/in?token=1"}
        wish |= {"hub.secret": SECRET, **{f"hub.{name}": value for name, value in more.items()}}
        response = client.post("/live/hub", wish, headers=headers or {})
        work()
        return response

    return asked


def work(after=timedelta()):
    """What the workers do at some later moment."""
    with time_machine.travel(timezone.now() + after), translation.override("en"):
        intents, subscribers = pushing.due(timezone.now())
        for pk in intents:
            hub.confirm(pk)
        for pk in subscribers:
            while pushing.push(pk):
                pass


def test_a_subscription_is_confirmed_and_what_comes_is_pushed_signed(ask, subscriber, article, deliver, topic):
    assert ask(lease_seconds="86400").status_code == 202
    [asked] = subscriber.asked
    assert (asked["hub.mode"], asked["hub.topic"], asked["hub.lease_seconds"]) == ("subscribe", topic, "86400")
    assert asked["token"] == "1"
    row = FeedSubscriber.objects.get()
    assert abs(row.lease_until - timezone.now() - timedelta(days=1)) < timedelta(minutes=1)
    assert SECRET.encode() not in bytes(row.sealed_secret)
    deliver(article)
    work()
    assert subscriber.titles() == [[article.title]]
    work()
    assert len(subscriber.taken) == 1
    row.refresh_from_db()
    assert row.pushed_at is not None
    assert EvidenceRecord.objects.filter(kind="feed.pushed").count() == 1
    assert "127.0.0.1/in" not in str(list(EvidenceRecord.objects.values_list("payload", flat=True)))


def test_whoever_does_not_want_it_is_not_subscribed(ask, subscriber):
    subscriber.wants = False
    assert ask().status_code == 202
    assert (FeedSubscriber.objects.count(), FeedIntent.objects.count()) == (0, 0)


def test_a_callback_that_is_away_is_asked_again_and_at_last_no_more(ask, subscriber):
    for _try in range(4):
        subscriber.order(Fault(asks, Answer(500, "")))
    ask()
    for minutes in (1, 7, 40):
        assert FeedIntent.objects.count() == 1
        work(timedelta(minutes=minutes))
    assert (FeedSubscriber.objects.count(), FeedIntent.objects.count()) == (0, 0)


def test_a_subscription_is_ended_by_its_owner_and_by_nobody_else(ask, subscriber, article, deliver):
    ask()
    subscriber.wants = False
    ask(mode="unsubscribe")
    assert FeedSubscriber.objects.active().count() == 1
    subscriber.wants = True
    ask(mode="unsubscribe")
    assert FeedSubscriber.objects.active().count() == 0
    deliver(article)
    work()
    assert subscriber.taken == []


def test_asking_again_renews_it_and_keeps_its_place(ask, subscriber, article, deliver):
    ask()
    deliver(article)
    ask(lease_seconds="604800")
    assert subscriber.titles() == [[article.title]]
    assert FeedSubscriber.objects.count() == 1


def test_corrections_and_take_downs_are_pushed_in_their_order(ask, subscriber, article, deliver):
    ask()
    first = deliver(article)
    work()
    items.replace(first.key, replace(article, title="Rettet"), press_only=False, by_key=uuid.uuid4())
    work()
    items.withdraw(first.key)
    work()
    assert subscriber.titles() == [[article.title], ["Rettet"], [None]]
    assert b'"status": "withdrawn"' in subscriber.taken[-1]
    assert b"Husk" not in subscriber.taken[-1]


def test_nothing_is_lost_while_a_subscriber_is_away(ask, subscriber, article, deliver):
    ask()
    deliver(replace(article, title="1"))
    subscriber.order(Fault(pushes, Answer(503, "")))
    work()
    row = FeedSubscriber.objects.get()
    assert (row.taken, row.tries, row.problem) == (0, 1, "It answered 503.")
    assert row.next_at > timezone.now()
    deliver(replace(article, title="2"))
    subscriber.order(Fault(pushes, drop=True))  # taken, but the answer is lost: told once more, with the same id
    work(timedelta(minutes=1))
    work(timedelta(minutes=10))
    assert subscriber.titles() == [["1", "2"], ["1", "2"]]
    row.refresh_from_db()
    assert (row.taken, row.tries, row.problem, row.failing_since) == (2, 0, "", None)


def test_a_worker_that_is_lost_in_the_middle_loses_nothing(ask, subscriber, article, deliver, monkeypatch):
    ask()
    deliver(article)
    real = pushing._took

    def lost(*args):
        raise SystemExit

    monkeypatch.setattr(pushing, "_took", lost)
    with pytest.raises(SystemExit):
        work()
    monkeypatch.setattr(pushing, "_took", real)
    work()
    assert len(subscriber.taken) == 2
    assert FeedSubscriber.objects.get().taken == 1


def test_more_than_fits_in_one_push_comes_in_several(ask, subscriber, article, deliver, monkeypatch):
    monkeypatch.setattr(pushing, "AT_ONCE", 2)
    ask()
    for number in range(5):
        deliver(replace(article, title=str(number)))
    work()
    assert subscriber.titles() == [["0", "1"], ["2", "3"], ["4"]]


@pytest.mark.parametrize(("answer", "after"), [(Answer(410, ""), timedelta()), (None, timedelta(days=40))])
def test_who_is_gone_or_whose_time_is_over_is_told_no_more(ask, subscriber, article, deliver, answer, after):
    ask()
    deliver(article)
    if answer:
        subscriber.order(Fault(pushes, answer))
    work(after)
    assert FeedSubscriber.objects.active().count() == 0
    assert subscriber.taken == []


def test_days_of_failures_end_it(ask, subscriber, article, deliver):
    ask(lease_seconds="2592000")
    deliver(article)
    for days in (0, 1, 4):
        subscriber.order(Fault(pushes, Answer(500, "")))
        work(timedelta(days=days))
    row = FeedSubscriber.objects.get()
    assert row.ended_reason.startswith("It failed for three days")
    assert bytes(row.sealed_secret) == b""


def test_the_press_is_told_of_what_is_under_embargo_and_everybody_when_it_ends(
    ask, subscriber, article, deliver, key, cast
):
    ask()
    FeedSubscriber.objects.update(callback=f"{subscriber.url}/other")
    ask(headers=key)
    ends = timezone.now() + timedelta(hours=2)
    deliver(replace(article, embargo_until=ends))
    work()
    assert [seen.path for seen in subscriber.seen if seen.method == "POST"] == ["/in"]
    work(timedelta(hours=3))
    assert sorted(seen.path for seen in subscriber.seen if seen.method == "POST") == ["/in", "/in", "/other"]
    keys.take_back(FeedKey.objects.get(), timezone.now(), by=cast.editor)
    assert FeedSubscriber.objects.active().count() == 1


@pytest.mark.parametrize(
    ("wish", "status"),
    [
        ({"topic": "https://politi.example/live/other/feed.json"}, 404),
        ({"mode": "publish"}, 400),
        ({"callback": "ftp://avis.example/in"}, 400),
        ({"callback": "http://avis.example/in"}, 400),
        ({"callback": "https://user:pass@avis.example/in"}, 400),
        ({"callback": "https://avis.example/in#x"}, 400),
        ({"secret": "x" * 200}, 400),
    ],
)
def test_what_makes_no_sense_is_refused_at_once(ask, wish, status):
    assert ask(**wish).status_code == status
    assert FeedIntent.objects.count() == 0


def test_no_private_address_is_asked(ask, subscriber, settings, topic):
    settings.PUBLISHING_ALLOWED_PRIVATE_HOSTS = []
    assert ask(callback="https://127.0.0.1/in").status_code == 202
    assert (FeedIntent.objects.count(), FeedSubscriber.objects.count(), subscriber.asked) == (0, 0, [])


def test_a_flood_of_requests_is_turned_away(ask, feed, monkeypatch):
    monkeypatch.setattr(hub, "WAITING_AT_MOST", 0)
    assert ask().status_code == 503


def test_what_was_subscribed_to_with_a_key_is_changed_with_the_same_key_only(ask, key):
    assert ask(headers=key).status_code == 202
    for mode in ("subscribe", "unsubscribe"):
        assert ask(mode=mode).status_code == 403
    assert ask(headers=key, mode="unsubscribe").status_code == 202
    assert FeedSubscriber.objects.active().count() == 0


def test_a_hub_for_whoever_has_a_key_takes_nobody_else(ask, feed, key):
    feed.config = {"hub": "key"}
    feed.save()
    assert ask().status_code == 403
    assert ask(headers=key, secret="").status_code == 400
    assert ask(headers=key).status_code == 202


@pytest.mark.parametrize(
    "wrong",
    [
        {"callback": "https://[/in"},
        {"callback": "https://press.example:x/in"},
        {"callback": "https://press.example/\x00"},
        {"secret": "a\x00b"},
    ],
)
def test_what_is_no_address_is_refused_and_never_a_fault_of_ours(ask, wrong):
    assert ask(**wrong).status_code == 400
    assert not FeedIntent.objects.exists()
