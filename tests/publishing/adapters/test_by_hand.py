"""Channels that no machine posts to: by hand, and the dry run."""

import json
import uuid
from datetime import UTC, datetime

import pytest

from publishing import deciding, followups, sending
from publishing.adapters.base import Account, DeliveryKey
from publishing.adapters.dry_run import DryRun
from publishing.adapters.manual import Manual
from publishing.deciding import Verdict
from publishing.message import Media, Message
from publishing.models import Channel, Receipt, State

KEY = DeliveryKey(uuid.UUID(int=7), datetime(2026, 3, 1, 8, tzinfo=UTC))
IMAGE = Media("a" * 64, "image/jpeg", 1000, 600, 400, "lygte.jpeg", "En cykellygte")


def account(**config):
    return Account(1, "Facebook", "manual", config)


@pytest.mark.parametrize("adapter", [Manual(), DryRun()])
def test_the_link_counts_and_what_does_not_fit_is_said_with_figures(adapter):
    message = Message(text="Husk lys", link="https://politi.dk/lys")
    assert adapter.count(account(characters="20"), message) == (8 + 2 + 21, 20)
    [problem] = adapter.validate(account(characters="20"), message)
    assert (problem.field, problem.code) == ("text", "too_long")
    assert "11" in str(problem.message)
    assert adapter.validate(account(characters="31"), message) == []
    assert adapter.validate(account(), message) == []


@pytest.mark.parametrize("adapter", [Manual(), DryRun()])
def test_a_link_in_the_text_is_not_said_twice(adapter):
    message = Message(text="Se https://politi.dk/lys nu", link="https://politi.dk/lys")
    [request] = adapter.translate(account(place="Facebook"), message, KEY)
    assert request.body["text"].count("https://politi.dk/lys") == 1


@pytest.mark.parametrize("adapter", [Manual(), DryRun()])
@pytest.mark.parametrize(
    ("message", "code"),
    [
        (Message(text="  "), "empty"),
        (Message(text="Hej", media=(IMAGE,) * 11), "too_many_images"),
        (Message(text="Hej", media=(Media("a" * 64, "image/png", 1, 1, 1, "x.png", " "),)), "alt_missing"),
    ],
)
def test_what_cannot_be_carried_is_refused_before_approval(adapter, message, code):
    assert [problem.code for problem in adapter.validate(account(), message)] == [code]


def test_the_person_sees_text_pictures_and_how_to_do_it():
    [request] = Manual().translate(
        account(place="Facebook-siden", instructions="Slå kommentarer fra."), Message(text="Hej", media=(IMAGE,)), KEY
    )
    assert (request.method, request.url) == ("BY HAND", "Facebook-siden")
    assert request.body["images"] == [{"filename": "lygte.jpeg", "alt": "En cykellygte"}]
    assert request.body["instructions"] == "Slå kommentarer fra."


def test_by_hand_is_not_ready_before_it_says_where():
    assert not Manual().verify(account()).ok
    assert Manual().verify(account(place="Facebook-siden")).account == "Facebook-siden"


@pytest.mark.django_db
def test_by_hand_waits_for_the_persons_word_and_keeps_the_address(schedule):
    channel = Channel.objects.create(kind="manual", name="Facebook", slug="facebook", config={"place": "Siden"})
    delivery = schedule(on=channel)
    sending.send_due()
    delivery.refresh_from_db()
    assert delivery.state == State.PROCESSING
    deciding.decide(delivery, Verdict.SENT, by=None, permalink="https://facebook.com/1")
    assert Receipt.objects.get().permalink == "https://facebook.com/1"


@pytest.mark.django_db
def test_a_dry_run_keeps_what_it_would_have_sent_and_can_be_taken_down(schedule):
    channel = Channel.objects.create(kind="dry_run", name="Øvelse", slug="oevelse")
    delivery = schedule("Hej", on=channel)
    sending.send_due()
    delivery.refresh_from_db()
    assert delivery.state == State.DELIVERED
    [request] = delivery.receipt.details["requests"]
    assert request["headers"] == {"Idempotency-Key": str(delivery.key)}
    assert json.loads(json.dumps(request))["body"]["text"] == "Hej"
    receipt = delivery.receipt.value()
    assert DryRun().read(channel.account(), delivery.message, receipt).problems == ()
    assert DryRun().read(channel.account(), Message(text="Andet"), receipt).problems
    assert DryRun().find(channel.account(), delivery.message, delivery.delivery_key) == receipt
    deciding.withdraw(delivery, reason="øvelsen er slut", by=None)
    followups.take_down(delivery.sent_at)
    followups.take_down(delivery.withdraw_next_at)
    delivery.refresh_from_db()
    assert delivery.state == State.WITHDRAWN
