"""A worker that dies over a correction leaves one post, with the one text or the other, and at last the right one."""

import uuid

import pytest
from django.utils import timezone

from publishing import credentials, scheduling, sending
from publishing.message import Message
from publishing.models import Channel, Delivery, FeedItem, State
from tests.crash.platform import Shooting
from tests.fakes.mastodon import TOKEN, FakeMastodon

pytestmark = pytest.mark.crash


class Mastodon(Shooting, FakeMastodon):
    def posting(self, seen):
        return seen.method == "PUT"


@pytest.fixture
def correct(settings):
    """A post that is out, and its correction, due now; gives the delivery of the correction."""
    settings.PUBLISHING_ALLOWED_PRIVATE_HOSTS = ["127.0.0.1"]

    def planned(channel):
        def plan(text, edits=None):
            return scheduling.schedule(
                key=uuid.uuid4(),
                channel=channel,
                message=Message(text=text, title="Lygter"),
                due_at=timezone.now(),
                headline=text,
                by=None,
                edits=edits,
            )

        first = plan("Der blev stoppet 40 cyklister.")
        sending.send_due()
        first.refresh_from_db()
        assert first.state == State.DELIVERED
        return plan("Der blev stoppet 14 cyklister.", first)

    return planned


@pytest.mark.parametrize("moment", ["unheard", "heard"])
def test_on_a_platform_that_is_asked_what_stands_there(stage, correct, moment):
    with Mastodon() as fake:
        channel = Channel.objects.create(
            kind="mastodon",
            name="Mastodon",
            slug="mastodon",
            config={"instance": fake.url, "account_id": "7"},
            encrypted_secrets=credentials.seal({"access_token": TOKEN}),
        )
        correction = correct(channel)
        left = [moment]
        fake.kill, fake.shots = stage.kill, lambda seen: left.pop() if left else None
        stage.play(seconds=60, deaths=1)
        [status] = fake.statuses.values()
        assert status["text"] == "Der blev stoppet 14 cyklister."
        correction.refresh_from_db()
        assert (correction.state, correction.receipt.remote_id) == (State.DELIVERED, status["id"])


def test_in_the_live_feed(stage, correct):
    correction = correct(Channel.objects.create(kind="feed", name="Live", slug="live"))
    stage.play(plans=[{"after the answer": 1.0}], seconds=60, deaths=1)
    item = FeedItem.objects.get()
    assert (item.status, item.version) == ("corrected", 2)
    assert Delivery.objects.get(pk=correction.pk).state == State.DELIVERED
