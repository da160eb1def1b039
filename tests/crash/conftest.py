"""A channel on a platform, posts to send on it, and workers that can be killed."""

import os
import uuid

import pytest
from django.utils import timezone

from publishing import adapters, guards, scheduling
from publishing.message import Message
from publishing.models import Follow
from publishing.scheduling import After
from tests.crash import kinds
from tests.crash.stage import Nursery, Stage


@pytest.fixture(autouse=True)
def crash_kinds(transactional_db, monkeypatch):
    for kind, path in kinds.KINDS.items():
        monkeypatch.setitem(adapters.KINDS, kind, path)
    monkeypatch.setattr(guards, "_guards", {})


@pytest.fixture(scope="session")
def nursery(django_db_setup, django_db_blocker, tmp_path_factory):
    """On the broker of the set-up that is under test: embedded, unless the environment says otherwise."""
    with django_db_blocker.unblock():
        found = Nursery(tmp_path_factory.mktemp("data"), os.environ.get("BROKER_URL", "filesystem://"))
    yield found
    found.close()


@pytest.fixture
def stage(nursery):
    with Stage(nursery) as found:
        yield found


@pytest.fixture
def plan_posts():
    """That many posts, due now, each answering the one before if they are a thread; for a list, one press release
    to that many."""

    def plan(scene, channel, count, *, thread=False):
        before = None
        if scene.to_list:
            channel.config["recipients"] = "\n".join(f"r{number}@avis.example" for number in range(count))
            channel.save()
        for number in range(1 if scene.to_list else count):
            after = After(before, Follow.ANSWERS) if thread and before else None
            before = scheduling.schedule(
                key=uuid.uuid4(),
                channel=channel,
                message=Message(
                    text=scene.words(number),
                    title="Dom i sag om røveri",
                    media=scene.media,
                    video=scene.video(),
                ),
                due_at=timezone.now(),
                headline=f"Post {number}",
                by=None,
                after=after,
            )

    return plan
