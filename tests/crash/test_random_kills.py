"""Hundreds of deliveries through the real Celery worker and beat, killed at random until everything is settled.

CRASH_DELIVERIES says how many for each platform (the full proof is 200; CI runs fewer).
"""

import itertools
import os
import random

import pytest

from tests.crash.killing import POINTS
from tests.crash.platform import MOMENTS
from tests.crash.proof import prove
from tests.crash.scenes import SCENES
from tests.crash.stage import Stage

pytestmark = pytest.mark.crash
COUNT = int(os.environ.get("CRASH_DELIVERIES", "40"))
CHANCE = 0.02  # at each of ten points, for each delivery that passes


@pytest.fixture
def celery(nursery):
    with Stage(nursery, run_as="celery", seed=COUNT) as found:
        yield found


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_random_kills_lose_nothing_and_double_nothing(celery, plan_posts, scene):
    luck = random.Random(COUNT)
    with scene.fake() as fake:
        channel = scene.channel(fake)
        plan_posts(scene, channel, COUNT)
        fake.kill = celery.kill
        fake.shots = lambda seen: luck.choice(MOMENTS) if luck.random() < 3 * CHANCE else None
        celery.play(plans=itertools.repeat(dict.fromkeys(POINTS, CHANCE)), seconds=5 * COUNT + 120, deaths=1)
        celery.kill()
        print(f"{scene.kind}: {celery.deaths} workers died")
        prove(scene, fake, channel, COUNT)
