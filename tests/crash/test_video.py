"""Killed while a video goes up: it is there whole, and once."""

import pytest

from publishing.models import Channel
from tests.crash.platform import X
from tests.crash.proof import prove
from tests.crash.scenes import Scene
from tests.fakes.x import CLIENT, SECRET, TOKEN
from tests.publishing.adapters.contract import film

pytestmark = pytest.mark.crash


@pytest.fixture
def scene(settings, nursery):
    """A video on X, in the outbox of the workers."""
    outbox = {**settings.STORAGES["outbox"], "OPTIONS": {"location": f"{nursery.environment['DATA_DIR']}/outbox"}}
    settings.STORAGES = {**settings.STORAGES, "outbox": outbox}
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
