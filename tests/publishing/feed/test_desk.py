"""Who looks after the live feeds: keys are shown once and taken back, subscriptions are ended; nobody else comes in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from publishing.models import EvidenceRecord, Feed, FeedKey, FeedSubscriber

PAGE = "/admin/channels/feeds/"


@pytest.fixture
def subscriber(feed):
    now = timezone.now()
    return FeedSubscriber.objects.create(
        feed=Feed.objects.create(channel=feed),
        form="articles",
        callback="https://avis.example/in?token=hemmelig",
        since=now,
        lease_until=now + timedelta(days=5),
        next_at=now,
        failing_since=now,
        problem="It answered 503.",
    )


def test_a_key_is_told_once_and_kept_as_a_hash(feed, client, cast):
    client.force_login(cast.writer)
    answer = client.post(PAGE, {"channel": feed.pk, "name": "Avisen"})
    row = FeedKey.objects.get()
    key = answer.context["key"]
    assert key in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert key not in client.get(PAGE).content.decode()
    assert (row.name, row.made_by) == ("Avisen", cast.writer)
    assert key not in f"{row.sha256} {list(EvidenceRecord.objects.values_list('payload', flat=True))}"
    client.post(f"{PAGE}keys/{row.pk}/take-back/")
    row.refresh_from_db()
    assert row.revoked_at is not None
    assert EvidenceRecord.objects.filter(kind="feed.key_taken_back", actor=cast.writer.username).exists()


def test_a_subscription_shows_its_fault_and_not_its_address_and_is_ended(subscriber, client, cast):
    client.force_login(cast.editor)
    page = client.get(PAGE).content.decode()
    assert "avis.example" in page
    assert "It answered 503." in page
    assert "hemmelig" not in page
    client.post(f"{PAGE}subscribers/{subscriber.pk}/end/")
    assert not FeedSubscriber.objects.active().exists()
    assert EvidenceRecord.objects.filter(kind="feed.unsubscribed", actor=cast.editor.username).exists()


def test_a_key_without_a_name_is_not_made(feed, client, cast):
    client.force_login(cast.planner)
    assert client.post(PAGE, {"channel": feed.pk, "name": " "}).status_code == 422
    assert not FeedKey.objects.exists()


def test_whoever_has_no_business_here_comes_nowhere(subscriber, feed, client, cast):
    key, _shown = FeedKey.objects.make(channel=feed, name="Avisen", by=None)
    for person in (cast.prosecutor, cast.management):
        client.force_login(person)
        for address in (PAGE, f"{PAGE}keys/{key.pk}/take-back/", f"{PAGE}subscribers/{subscriber.pk}/end/"):
            assert client.post(address, {"channel": feed.pk, "name": "x"}).status_code in (302, 403, 404)
    assert FeedKey.objects.filter(revoked_at=None).count() == 1
    assert FeedSubscriber.objects.active().exists()
