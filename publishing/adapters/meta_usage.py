"""How much of Meta's quota is used, as the headers of an answer say. Pure.

See https://developers.facebook.com/docs/graph-api/overview/rate-limiting. Usage is told in percent of a rolling hour,
for the application (``x-app-usage``), the page (``x-page-usage``) and the use of a business account
(``x-business-use-case-usage``, by id); only the last one says how many minutes the way back takes.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

PLAIN, BY_ID = ("x-app-usage", "x-page-usage"), "x-business-use-case-usage"
PERCENT = ("call_count", "total_cputime", "total_time")
REGAIN = "estimated_time_to_regain_access"  # minutes
USED_UP, NEARLY = 100, 75
SOME_OF_AN_HOUR = timedelta(minutes=10)  # after which a part of the rolling hour is free again
LONGEST = timedelta(hours=24)


def percent(headers: Mapping[str, str]) -> int:
    """The most that is used of any quota; 0 where nothing is told."""
    return max((_number(part.get(name)) for part in _parts(headers) for name in PERCENT), default=0)


def rest_until(headers: Mapping[str, str], now: datetime, *, at: int = USED_UP) -> datetime | None:
    """When to ask again, once so many percent are used; None while there is enough, or nothing is told."""
    minutes = max((_number(part.get(REGAIN)) for part in _parts(headers)), default=0)
    if not minutes and percent(headers) < at:
        return None
    return now + min(timedelta(minutes=minutes) or SOME_OF_AN_HOUR, LONGEST)


def _parts(headers: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    for name in PLAIN:
        if isinstance(part := _parsed(headers.get(name)), dict):
            yield part
    by_id = _parsed(headers.get(BY_ID))
    for parts in by_id.values() if isinstance(by_id, dict) else ():
        yield from (part for part in parts if isinstance(part, dict)) if isinstance(parts, list) else ()


def _parsed(text: str | None) -> Any:
    try:
        return json.loads(text or "")
    except ValueError:
        return None


def _number(value: Any) -> int:
    return int(value) if isinstance(value, int | float) else 0
