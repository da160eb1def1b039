"""Guards: anything that forbids a send right now.

Upper layers register theirs in ``AppConfig.ready()``. They run at claim and again at begin, inside the transaction:
a guard reads the database, never the network, and never raises to forbid.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publishing.models import Delivery


@dataclass(frozen=True)
class Hold:
    """Do not send now. ``reason`` is a sentence for people; ``code`` names the guard; ``until`` is when it ends by
    itself (UTC), if that is known."""

    reason: str
    code: str = ""
    until: datetime | None = None


Guard = Callable[["Delivery"], "Hold | None"]
_guards: dict[str, Guard] = {}


def register(name: str, guard: Guard) -> None:
    """Add a guard under a unique name; registering the same name again replaces it."""
    _guards[name] = guard


def check(delivery: "Delivery") -> "Hold | None":
    """The first guard that objects, in the order of registration, or None."""
    return next(objections(delivery), None)


def objections(delivery: "Delivery") -> "Iterator[Hold]":
    """Every guard that objects, in the order of registration."""
    for guard in _guards.values():
        hold = guard(delivery)
        if hold is not None:
            yield hold
