"""Which facts a text says otherwise, or more of, than the prosecutor confirmed. Pure.

A writer may reword; a text that says another number, age, court, outcome or answer to the judgment goes back to the
prosecutor. What a sentence says of “den 24-årige” is compared with that defendant alone. Leaving out is no difference.
It reads Danish by lists of words: what it does not know it does not see, so a person still compares (R-21).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from cms.court.differences.changes import changed
from cms.court.differences.checks import CHECKS
from cms.court.differences.known import Known
from cms.court.facts import Facts

__all__ = ["Difference", "changed", "differences"]


# Also after “kr.”, when a capital follows: the next sentence may be about somebody else.
ENDS = regex.compile(r"[.!?](?=\s+\p{Lu})|\n")


@dataclass(frozen=True)
class Difference:
    """A place of the text, what it says there, and what the facts say. ``fact`` is empty where they say nothing."""

    start: int
    end: int
    said: str
    fact: str
    field: str  # age, sex, number, term, sum, date, court, outcome, sanction, plea, finality, offence, detail


def differences(text: str, facts: Facts) -> list[Difference]:
    """In the order of the text."""
    found = {
        Difference(first + start, first + end, part[start:end], fact, field)
        for first, part in _sentences(text)
        for field, (start, end), fact in _in(part, facts)
    }
    return sorted(found, key=lambda one: (one.start, one.end, one.field))


def _in(part: str, facts: Facts) -> Iterator[tuple[str, tuple[int, int], str]]:
    known = Known.of(part, facts)
    for field, check in CHECKS:
        for place, fact in check(part, known):
            if not known.told(part[place[0] : place[1]]):
                yield field, place, fact


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    first = 0
    for match in ENDS.finditer(text):
        yield first, text[first : match.end()]
        first = match.end()
    yield first, text[first:]
