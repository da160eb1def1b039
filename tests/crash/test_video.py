"""Killed while a video goes up: it is there whole, and once."""

from dataclasses import replace

import pytest

from publishing.adapters.linkedin import LinkedIn
from publishing.models import Channel
from tests.crash import kinds
from tests.crash.platform import X
from tests.crash.proof import prove
from tests.crash.scenes import SCENES, Scene
from tests.fakes.x import CLIENT, SECRET, TOKEN
from tests.publishing.adapters.contract import film

pytestmark = pytest.mark.crash


@pytest.fixture(autouse=True)
def outbox_of_the_workers(settings, nursery):
    outbox = {**settings.STORAGES["outbox"], "OPTIONS": {"location": f"{nursery.environment['DATA_DIR']}/outbox"}}
    settings.STORAGES = {**settings.STORAGES, "outbox": outbox}


@pytest.fixture
def scene():
    """A video on X."""
    return Scene(
        "x",
        X,
        lambda fake: {"client_id": CLIENT, "api": fake.url},
        lambda fake: {post["text"]: 1 for post in fake.posts.values()},
        secrets=lambda: {"client_secret": SECRET, "access_token": TOKEN},
        video=lambda: film(Channel(kind="x").limits),
    )


def test_killed_on_its_way_and_as_it_is_posted_it_is_there_whole_and_once(stage, plan_posts, scene):
    """Both times the request is carried out and never answered."""
    left = ["/append", "/2/tweets"]

    def shots(seen):
        if left and seen.method == "POST" and seen.path.endswith(left[0]):
            return left.pop(0) and "heard"
        return None

    with scene.fake() as fake:
        channel = scene.channel(fake)
        plan_posts(scene, channel, 1)
        fake.kill, fake.shots = stage.kill, shots
        stage.play(seconds=60, deaths=2)
        stage.kill()
        prove(scene, fake, channel, 1)
        [post] = fake.posts.values()
        [video] = [fake.uploads.known[made] for made in post["media"]]
        assert len(video["content"]) == scene.video().size


def is_piece(seen):
    return b"transfer" in seen.body[:2000] or (seen.method == "PUT" and "video" in seen.path)


@pytest.mark.parametrize("name", ["facebook", "linkedin"])
def test_killed_at_its_second_piece_and_as_it_is_published_it_goes_on_from_there(stage, plan_posts, monkeypatch, name):
    for constant, size in kinds.PIECES.items():
        monkeypatch.setattr(f"publishing.adapters.{constant}", size)
    scene = replace(SCENES[name], video=lambda: film(LinkedIn.limits))
    with scene.fake() as fake:
        is_published, left, pieces = fake.posting, ["heard"], []

        def shots(seen):
            if is_published(seen):
                return left.pop() if left else None
            pieces.append(seen)
            return "heard" if len(pieces) == 2 else None

        channel = scene.channel(fake)
        plan_posts(scene, channel, 1)
        fake.posting = lambda seen: is_piece(seen) or is_published(seen)
        fake.kill, fake.shots = stage.kill, shots
        stage.play(seconds=60, deaths=2)
        stage.kill()
        prove(scene, fake, channel, 1)
        [video], content = fake.videos.values(), scene.video()
        assert video.content == content.part(0, content.size)
        assert len(pieces) in (6, 7)  # five, and what was sent again after the first death
