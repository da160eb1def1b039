"""One kill, at each point of the road, for each kind of platform."""

import pytest

from publishing import evidence
from publishing.models import Attempt, Delivery, State
from tests.crash.killing import POINTS

pytestmark = pytest.mark.crash
AT_THE_PLATFORM = ("unheard", "heard", "answered")


def shot_once(moment):
    """The first post that comes in is shot at."""
    left = [moment]
    return lambda seen: left.pop() if left else None


@pytest.mark.parametrize("kind", ["keyed", "open", "closed"])
@pytest.mark.parametrize("point", [*POINTS, *AT_THE_PLATFORM])
def test_killed_there_nothing_is_lost_and_nothing_is_doubled(stage, platform, channel_of, plan_posts, point, kind):
    posts = plan_posts(channel_of(kind), 3)
    plans = [{point: 1.0}] if point in POINTS else []
    if not plans:
        platform.shots = shot_once(point)
    stage.play(plans=plans, seconds=60, deaths=1)
    stage.kill()
    evidence.seal()
    for post in posts:
        post.refresh_from_db()
        there = len(platform.posts.get(post.message.text, []))
        if post.state == State.UNCERTAIN:
            assert kind == "closed", "what can be asked is found out, and not left to a person"
            assert there <= 1
            assert post in Delivery.objects.needing_a_person()
        else:
            assert (post.state, there) == (State.DELIVERED, 1)
            assert post.receipt.remote_id == platform.posts[post.message.text][0]
    assert not Attempt.objects.filter(outcome=Attempt.Outcome.OPEN).exists()
    assert list(evidence.faults()) == []
