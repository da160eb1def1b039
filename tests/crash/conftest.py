"""A channel of each kind on one platform, and posts to send on them."""

import os
import uuid

import pytest
from django.utils import timezone

from publishing import guards, scheduling
from publishing.message import Message
from publishing.models import Channel
from tests.crash import kinds
from tests.crash.platform import Platform
from tests.crash.stage import Nursery, Stage


@pytest.fixture(autouse=True)
def crash_kinds(transactional_db, monkeypatch):
    for kind, path in kinds.KINDS.items():
        monkeypatch.setitem(kinds.adapters.KINDS, kind, path)
    monkeypatch.setattr(guards, "_guards", {})


@pytest.fixture
def platform():
    with Platform() as fake:
        yield fake


@pytest.fixture(scope="session")
def nursery(django_db_setup, django_db_blocker, tmp_path_factory):
    """On the broker of the set-up that is under test: embedded, unless the environment says otherwise."""
    with django_db_blocker.unblock():
        found = Nursery(tmp_path_factory.mktemp("data"), os.environ.get("BROKER_URL", "filesystem://"))
    yield found
    found.close()


@pytest.fixture
def stage(nursery, platform):
    with Stage(nursery) as found:
        platform.kill = found.kill
        yield found


@pytest.fixture
def channel_of(platform):
    def make(kind, **more):
        return Channel.objects.create(
            kind=f"crash_{kind}", name=kind, slug=kind, config={"url": platform.url}, **more
        )

    return make


@pytest.fixture
def plan_posts():
    def make(channel, count):
        now = timezone.now()
        return [
            scheduling.schedule(
                key=uuid.uuid4(),
                channel=channel,
                message=Message(text=f"{channel.slug} {number}"),
                due_at=now,
                headline=f"Post {number}",
                by=None,
            )
            for number in range(count)
        ]

    return make
