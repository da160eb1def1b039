"""When the figures of a post are asked for: often while it is new, seldom later, at last never. Pure."""

from datetime import timedelta

# By the age of the post, so that time lost with a platform that was away moves nothing.
AGES = (
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
    *(timedelta(days=days) for days in range(1, 8)),
    *(timedelta(weeks=weeks) for weeks in range(2, 13)),
    timedelta(days=90),
)
FIRST = AGES[0]
UNCHANGED = timedelta(hours=23)  # for so long, figures that have not changed are not stored again


def next_collection(age: timedelta) -> timedelta | None:
    """The age at which a post of this age is asked about next; None when it has been for the last time."""
    return next((later for later in AGES if later > age), None)


def worth_storing(before: dict[str, int] | None, since: timedelta, now: dict[str, int]) -> bool:
    """Whether to store them: they changed, or the stored ones are ``since`` a day old. None are no figures."""
    return bool(now) and (before is None or before != now or since >= UNCHANGED)
