"""A live feed with a road that leads to it, and a client that has no session."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page, Site

from publishing import scheduling, sending
from publishing.message import Message
from publishing.models import Channel, FeedItem, FeedKey
from tests.publishing.adapters.contract import picture


@pytest.fixture
def outbox(settings, tmp_path):
    kept = {**settings.STORAGES["outbox"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "outbox": kept}


@pytest.fixture
def feed(db, outbox):
    if not Site.objects.filter(is_default_site=True).exists():
        Site.objects.create(hostname="politi.example", root_page=Page.get_first_root_node(), is_default_site=True)
    channel = Channel.objects.create(kind="feed", name="Live", slug="live", config={"audience": "public"})
    return channel


@pytest.fixture
def article():
    return Message(
        text="Husk lys.",
        title="Lygter & <lys>",
        summary="Husk lys på cyklen.",
        html='<p>Husk <a href="https://politi.example/mere?a=1&amp;b=2">lys</a> på cyklen.</p>',
        link="https://politi.example/lys",
        media=(picture("En blå cykel"),),
        extra={"unit": "Færdsel", "theme": "Tryghed"},
    )


@pytest.fixture
def deliver(feed):
    """Send a message by the road; gives the delivery."""

    def carry(message, *, on=None, edits=None):
        delivery = scheduling.schedule(
            key=uuid.uuid4(),
            channel=on or feed,
            message=message,
            due_at=timezone.now() - timedelta(seconds=1),
            headline=message.title,
            by=None,
            edits=edits,
        )
        sending.send_due()
        delivery.refresh_from_db()
        return delivery

    return carry


@pytest.fixture
def item_of():
    return lambda delivery: FeedItem.objects.get(key=delivery.key)


@pytest.fixture
def key(feed):
    return {"Authorization": f"Bearer {FeedKey.objects.make(channel=feed, name='Avisen', by=None)[1]}"}
