"""Days as people write them in a box, a line for each time: 14.2.2026 – 22.2.2026. Pure."""

import re
from datetime import date

from django.utils.translation import gettext as _

BETWEEN = re.compile(r"\s*(?:–|—|\bto\b|\btil\b|\s-\s)\s*")
PATTERNS = (
    re.compile(r"(?P<day>\d{1,2})[./-]\s?(?P<month>\d{1,2})[./-]\s?(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"),
)


def spans(text: str) -> list[tuple[date, date]]:
    """The first and the last day of each line. ValueError with a sentence about the line that makes no sense."""
    return [_span(line.strip()) for line in text.splitlines() if line.strip()]


def _span(line: str) -> tuple[date, date]:
    days = [day for part in BETWEEN.split(line) if part for day in [_day(part)]]
    if len(days) not in (1, 2) or any(day is None for day in days):
        raise ValueError(_("“%(line)s” is no date. Write it as 14.2.2026 or 14.2.2026 – 22.2.2026.") % {"line": line})
    known = [day for day in days if day is not None]
    if known[-1] < known[0]:
        raise ValueError(_("“%(line)s” ends before it begins.") % {"line": line})
    return known[0], known[-1]


def _day(text: str) -> date | None:
    """Day, month and year in the Danish order, or as ISO 8601 writes them."""
    for pattern in PATTERNS:
        if found := pattern.fullmatch(text.strip()):
            parts = {name: int(value) for name, value in found.groupdict().items()}
            try:
                return date(**parts)
            except ValueError:
                return None
    return None
