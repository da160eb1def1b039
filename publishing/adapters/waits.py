"""How long a platform tells us to wait: the header that it uses, and the moment that it means. Pure.

Retry-After is seconds or an HTTP date; reset headers are seconds, epoch seconds, epoch milliseconds or ISO 8601.
Moments are counted on the platform's own clock (its ``Date`` header), so that a clock that is wrong costs nothing.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

UNTOLD = timedelta(seconds=60)  # when told to wait, but not how long
LONGEST = timedelta(hours=24)  # no quota of any platform is longer
SHORTEST = timedelta(seconds=1)


def until(headers: Mapping[str, str], rate: str, now: datetime) -> datetime:
    """When to ask again (UTC): Retry-After, else the reset of the quota, else in a minute. Within a day."""
    for name in ("retry-after", f"{rate}-reset"):
        wait = _wait(str(headers.get(name) or "").strip(), str(headers.get("date") or ""), now)
        if wait is not None:
            return now + min(max(wait, SHORTEST), LONGEST)
    return now + UNTOLD


def used_up(headers: Mapping[str, str], rate: str) -> bool:
    """Whether this answer was the last one of the quota."""
    return str(headers.get(f"{rate}-remaining") or "").strip() == "0"


def nearly_used_up(headers: Mapping[str, str], rate: str) -> bool:
    """Whether only the last quarter of the quota is left, or ten calls where its size is not told."""
    left, size = (str(headers.get(f"{rate}-{name}") or "").strip() for name in ("remaining", "limit"))
    if not left.isdecimal():
        return False
    return int(left) <= (max(1, int(size) // 4) if size.isdecimal() else 10)


def _wait(told: str, date: str, now: datetime) -> timedelta | None:
    there = _parsed(parsedate_to_datetime, date) or now
    try:
        number = float(told)
        if number < 1e9:
            return timedelta(seconds=number)
        return datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC) - there
    except (ValueError, OverflowError, OSError):  # not a number, or none that is a moment
        moment = _parsed(datetime.fromisoformat, told) or _parsed(parsedate_to_datetime, told)
    return moment - there if moment else None


def _parsed(parse: Callable[[str], datetime], text: str) -> datetime | None:
    try:
        found = parse(text)
    except (ValueError, TypeError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
