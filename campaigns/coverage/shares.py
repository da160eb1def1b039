"""Parts of a hundred, rounded as people and spreadsheets do. Pure."""

from math import floor


def percent(part: float, whole: float) -> int:
    """A half goes up: 62.5 is 63, where Python's own rounding says 62."""
    return floor(100 * part / whole + 0.5)
