"""One kill, at each point of the road, for each platform."""

import pytest

from tests.crash.killing import IN_A_THREAD, POINTS
from tests.crash.platform import MOMENTS
from tests.crash.proof import prove
from tests.crash.scenes import SCENES

pytestmark = pytest.mark.crash


def shot_once(moment):
    """The first post that comes in is shot at."""
    left = [moment]
    return lambda seen: left.pop() if left else None


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
@pytest.mark.parametrize("point", [*POINTS, *MOMENTS])
def test_killed_there_nothing_is_lost_and_nothing_is_doubled(stage, plan_posts, point, scene):
    with scene.fake() as fake:
        channel = scene.channel(fake)
        plan_posts(scene, channel, 3)
        fake.kill = stage.kill
        if point in MOMENTS:
            fake.shots = shot_once(point)
        stage.play(plans=[{point: 1.0}] if point in POINTS else [], seconds=60, deaths=1)
        stage.kill()
        prove(scene, fake, channel, 3)


@pytest.mark.parametrize("point", ["before waking", "after waking", "heard"])
def test_killed_in_a_thread_every_part_is_there_once_and_answers_the_one_before(stage, plan_posts, point):
    scene = SCENES["open"]
    with scene.fake() as fake:
        channel = scene.channel(fake)
        plan_posts(scene, channel, 3, thread=True)
        fake.kill = stage.kill
        if point in MOMENTS:
            fake.shots = shot_once(point)
        stage.play(plans=[{point: 1.0}] if point in IN_A_THREAD else [], seconds=60, deaths=1)
        stage.kill()
        prove(scene, fake, channel, 3)
        numbers = [fake.posts[f"Opslag {number}"][0] for number in range(3)]
        assert [fake.answers[number] for number in numbers] == [None, *numbers[:2]]
