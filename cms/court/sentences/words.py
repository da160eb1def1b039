"""Danish numbers, lists, sums, dates and spans of time, as public texts write them."""

from collections.abc import Sequence

import regex

from cms.rules.dates import written as day

__all__ = ["counted", "day", "kroner", "listing", "sentence", "span"]

SMALL = ("nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti")
UNITS = {"years": ("år", "år"), "months": ("måned", "måneder"), "days": ("dag", "dage"), "hours": ("time", "timer")}


def counted(number: int) -> str:
    """Up to ten in words, from eleven in figures."""
    return SMALL[number] if 0 <= number < len(SMALL) else _figures(number)


def kroner(amount: int) -> str:
    return f"{_figures(amount)} kr."


def listing(items: Sequence[str]) -> str:
    """“a”, “a og b”, “a, b og c”."""
    items = [item for item in items if item]
    return " og ".join(part for part in (", ".join(items[:-1]), *items[-1:]) if part)


def span(*, years: int = 0, months: int = 0, days: int = 0, hours: int = 0, of: bool = False) -> str:
    """“1 år og 6 måneder”; ``of`` gives what stands before a noun: “1 år og 6 måneders (fængsel)”."""
    given = {"years": years, "months": months, "days": days, "hours": hours}
    parts = [f"{_figures(number)} {UNITS[unit][number != 1]}" for unit, number in given.items() if number]
    return listing(parts) + ("s" if of and parts else "")


def sentence(text: str) -> str:
    """A capital in front, one full stop behind, single spaces. Empty stays empty."""
    text = regex.sub(r"\s+", " ", text).strip(" ,")
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")


def _figures(number: int) -> str:
    return f"{number:,}".replace(",", ".")
