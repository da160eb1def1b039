"""An outbox with a scripted platform behind it."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from publishing import adapters, guards, scheduling
from publishing.message import Message
from publishing.models import Channel
from tests.publishing import scripted


@pytest.fixture(autouse=True)
def in_english():
    """Sentences are compared in the language of the source."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    for cls in (scripted.Scripted, scripted.ByHand, scripted.ToList):
        monkeypatch.setitem(adapters.KINDS, cls.kind, f"tests.publishing.scripted.{cls.__name__}")
    monkeypatch.setattr(scripted.Scripted, "script", scripted.Script())
    monkeypatch.setattr(guards, "_guards", {})


@pytest.fixture
def script():
    return scripted.Scripted.script


@pytest.fixture
def channel(db):
    return Channel.objects.create(kind="scripted", name="Scripted", slug="scripted")


@pytest.fixture
def schedule(channel):
    """Plan a post; due a second ago unless told otherwise."""

    def plan(text="Hej", *, on=None, due=None, late=None, **more):
        due_at = due or timezone.now() - timedelta(seconds=1)
        return scheduling.schedule(
            key=more.pop("key", None) or uuid.uuid4(),
            channel=on or channel,
            message=Message(text=text),
            due_at=due_at,
            latest_at=due_at + late if late else None,
            headline=text,
            by=more.pop("by", None),
            **more,
        )

    return plan
