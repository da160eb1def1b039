"""Webhook: the contract, and what is its own."""

import base64
import json
import uuid
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine

from publishing.adapters import webhook
from publishing.adapters.base import Account, DeliveryKey
from publishing.adapters.webhook import Webhook
from publishing.errors import ChannelMisconfigured, NotAuthorised, TemporaryError
from publishing.message import Message
from publishing.models import State
from tests.fakes.server import Answer, Fault
from tests.fakes.webhook import SECRET, FakeWebhook
from tests.publishing.adapters.contract import Contract, Kind, Shown

ARTICLE = Message(
    text="Kort",
    title="Titel",
    summary="Resumé",
    html="<p>Æ</p>",
    link="https://politi.example/1",
    embargo_until=datetime(2026, 11, 24, 13, tzinfo=UTC),
)


def shown(fake):
    return [
        Shown(
            article["text"],
            [(base64.b64decode(item["content"]), item["alt"]) for item in article["images"]],
            article["link"],
            article["language"],
        )
        for article in fake.articles.values()
    ]


def revoke(fake):
    fake.secret = "whsec_" + base64.b64encode(b"another secret of thirty-two byte").decode()


class TestWebhook(Contract):
    kind = Kind(
        adapter=Webhook(),
        fake=FakeWebhook,
        config=lambda fake: {"url": f"{fake.url}/hook", "images": "inline", "repeats": "doubled"},
        secrets=lambda fake: {"secret": SECRET},
        shown=shown,
        revoke=revoke,
        posting=lambda seen: seen.method == "POST" and seen.json["event"] == "published",
        deleting=lambda seen: seen.method == "POST" and seen.json["event"] == "withdrawn",
        deleted=Answer(200, {"ok": True}),
        refusals={401: Answer(401, {"error": "unsigned", "message": "wrong signature"})},
        proof=False,
    )

    def test_the_whole_article_arrives(self, fake, account):
        key = self.new_key()
        receipt = Webhook().send(account, ARTICLE, key)
        [article] = fake.articles.values()
        for name in ("text", "title", "summary", "html", "link", "language"):
            assert article[name] == getattr(ARTICLE, name)
        assert article["embargo_until"] == "2026-11-24T13:00:00+00:00"
        assert (article["id"], article["event"]) == (str(key.uuid), "published")
        assert fake.seen[-1].headers["idempotency-key"] == str(key.uuid)
        assert (receipt.remote_id, receipt.permalink) == ("1", "https://avis.example/1")

    def test_images_can_be_described_only(self, fake, account, message):
        Webhook().send(replace(account, config={**account.config, "images": "described"}), message, self.new_key())
        [article] = fake.articles.values()
        assert [item["alt"] for item in article["images"]] == [media.alt for media in message.media]
        assert [item["sha256"] for item in article["images"]] == [media.sha256 for media in message.media]
        assert "content" not in article["images"][0]

    def test_a_recording_cannot_be_played_again_or_altered(self, fake, account, message):
        Webhook().send(account, message, self.new_key())
        [seen] = fake.seen
        with time_machine.travel(datetime.now(UTC).timestamp() + 400):
            assert fake.handle(seen).status == 401
        assert fake.handle(replace(seen, body=seen.body.replace(b"lys", b"lus"))).status == 401
        assert fake.handle(seen).status == 201  # the recording itself is good, for a moment

    def test_an_answer_without_an_id_or_with_a_strange_address_is_a_receipt_too(self, fake, account, message):
        key = self.new_key()
        fake.order(Fault(self.kind.posting, Answer(204, b"")))
        assert Webhook().send(account, message, key).remote_id == str(key.uuid)
        fake.order(Fault(self.kind.posting, Answer(200, {"id": 7, "url": "javascript:alert(1)"})))
        receipt = Webhook().send(account, message, key)
        assert (receipt.remote_id, receipt.permalink) == ("7", "")

    def test_on_the_road_a_receiver_that_merges_repeats_is_sent_it_again(self, fake, channel, message):
        fake.merges = True
        channel.config = {**channel.config, "repeats": "merged"}
        channel.save()
        delivery = self.planned(channel, message)
        fake.order(Fault(self.kind.posting, drop=True))
        assert self.go(delivery, seconds=1) == State.UNCERTAIN
        assert State.DELIVERED in [self.go(delivery, minutes=minutes) for minutes in (1, 2)]
        assert (self.posts(fake), len(fake.articles)) == (2, 1)

    def test_it_verifies_with_a_ping_that_publishes_nothing(self, fake, account):
        before = fake.pings
        assert Webhook().verify(account).account == "127.0.0.1"
        assert fake.pings == before + 1
        assert not Webhook().verify(replace(account, secrets={"secret": "short"})).ok

    def test_a_plain_secret_signs_too(self, fake, account, message):
        plain = "a plain secret of some length"
        fake.secret = "whsec_" + base64.b64encode(plain.encode()).decode()
        assert Webhook().send(replace(account, secrets={"secret": plain}), message, self.new_key())
        with pytest.raises(NotAuthorised):
            Webhook().send(account, message, self.new_key())

    def test_a_take_down_has_an_id_of_its_own(self, fake, account, message):
        receipt = Webhook().send(account, message, self.new_key())
        Webhook().withdraw(account, receipt)
        assert len({seen.headers["webhook-id"] for seen in fake.seen}) == 2
        fake.order(Fault(self.kind.deleting, Answer(200, "<p>OK</p>")))
        with pytest.raises(TemporaryError):
            Webhook().withdraw(account, receipt)

    def test_only_https_or_a_host_of_the_house(self, fake, account, message, settings):
        settings.PUBLISHING_ALLOWED_PRIVATE_HOSTS = []
        assert [item.code for item in Webhook().validate(account, message)] == ["url"]
        with pytest.raises(ChannelMisconfigured):
            Webhook().withdraw(account, webhook.Receipt("1", "", {"id": "1"}))
        assert not Webhook().verify(account).ok
        assert fake.seen == []


def test_the_signature_is_the_one_of_the_standards_own_example():
    body = json.dumps({"test": 2432232314}).encode()
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    given = webhook.sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body)
    assert given == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_description_shows_everything_but_the_signature():
    account = Account(1, "Avisen", "webhook", {"url": "https://avis.example/hook"})
    [request] = Webhook().translate(account, ARTICLE, DeliveryKey(uuid.UUID(int=1), datetime(2026, 3, 1, tzinfo=UTC)))
    assert request.body["title"] == "Titel"
    assert request.headers["webhook-id"] == str(uuid.UUID(int=1))
