"""Content that is out on the website and on another channel, by the road."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from cms import guards
from cms.models import Story
from publishing import followups, sending
from publishing.models import Channel, Delivery, State
from tests import cast as people


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def website(db):
    return Channel.objects.create(kind="website", name="Website", slug="website")


@pytest.fixture
def channel(db, scripted_kinds):
    return Channel.objects.create(kind="scripted", name="Scripted", slug="scripted")


@pytest.fixture
def out(cast, website, channel):
    """A function: content approved and sent, fresh from the database."""
    guards.install()

    def publish(cls=Story, channels=(website, channel), **fields):
        author = cast.prosecutor if cls.__name__ == "CourtResult" else cast.writer
        approver = cast.legal if cls.__name__ == "CourtResult" else cast.editor
        page = people.draft(cls, by=author, **fields)
        for place in channels:
            people.place(page, place)
        page = people.approve(people.submit(page, by=author), by=approver)
        return send(page)

    return publish


@pytest.fixture
def story(out):
    return out()


def send(page):
    """What is planned of it goes now."""
    Delivery.objects.filter(placements__page_id=page.pk, state=State.SCHEDULED).update(
        next_at=timezone.now(), due_at=timezone.now()
    )
    sending.send_due()
    return type(page).objects.get(pk=page.pk)


def settle():
    """What workers take down in the next seconds."""
    followups.take_down(timezone.now() + timedelta(seconds=1))


def states(page):
    found = Delivery.objects.filter(placements__page_id=page.pk)
    return {row.channel.slug: row.state for row in found.select_related("channel")}
