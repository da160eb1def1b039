"""Where a worker dies, by name. Loaded by the worker of the tests only: the product knows nothing of it."""

import os
import random
import signal

from publishing import claiming, evidence, following, sending, settling, statements
from publishing.models import Attempt


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def after(module, name, when=lambda result, args: True):
    def arm(chance):
        step = getattr(module, name)

        def shot(*args, **more):
            result = step(*args, **more)
            if when(result, args) and chance():
                die()
            return result

        setattr(module, name, shot)

    return arm


def before(module, name, when=lambda args: True):
    def arm(chance):
        step = getattr(module, name)

        def shot(*args, **more):
            if when(args) and chance():
                die()
            return step(*args, **more)

        setattr(module, name, shot)

    return arm


POINTS = {
    "after claim": after(claiming, "claim", lambda rows, args: bool(rows)),
    "during begin": before(statements, "inserted", lambda args: isinstance(args[0], Attempt)),
    "after begin": after(sending, "advance", lambda attempt, args: attempt is not None),
    "after the answer": after(sending, "carry"),
    "during settle": before(settling, "_wake_parent"),
    "from one to the next": before(sending, "begin_inside"),
    "after settle": after(sending, "settle"),
    "during sealing": before(evidence, "_link"),
}

IN_A_THREAD = {  # its parts are begun one by one, and woken by one another
    **{name: point for name, point in POINTS.items() if name != "from one to the next"},
    "before waking": before(following, "wake"),
    "after waking": after(following, "wake"),
}


def arm(plan, seed):
    """``plan`` maps a point to the chance that the worker dies each time it passes there."""
    luck = random.Random(seed)
    for point, chance in plan.items():
        {**POINTS, **IN_A_THREAD}[point](lambda chance=chance: luck.random() < chance)
