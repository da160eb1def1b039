"""Text as people read it, with a way back: what hides a number or a name from a machine is taken away here.

NFKC; zero-width characters and soft hyphens out; every space a space, every dash a hyphen, every digit 0-9; letters of
other alphabets that look like Latin ones become those.
"""

import unicodedata
from dataclasses import dataclass

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u02d7\u2796\u30fc\ufe58\ufe63\uff0d\u06d4\u1806"
INVISIBLE = {"\u034f", "\u115f", "\u1160", "\u3164", "\uffa0", "\u17b4", "\u17b5"}
LOOKALIKES = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧονԌӀ",
        "ABESIJKMHOPCTYXaesijopcyxdhqwABEZHIKMNOPTYXovGl",
        strict=True,
    )
)
SPACES = {"\u2028": "\n", "\u2029": "\n", "\u0085": "\n", "\t": " ", "\v": " ", "\f": " ", "\r": " "}
QUOTES = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "＇": "'"}


@dataclass(frozen=True)
class Normal:
    """The normalised text, and for each of its characters where it began and ended in the original."""

    original: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the normalised text as a stretch of the original; exact, nothing of it is left out."""
        if start >= end or not self.text:
            return (0, 0) if not self.text else (self.starts[min(start, len(self.starts) - 1)],) * 2
        return self.starts[start], self.ends[end - 1]


def normalise(original: str) -> Normal:
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(original):
        for character in unicodedata.normalize("NFKC", original[start:end]):
            plain = _plain(character)
            if plain:
                text.append(plain)
                starts.append(start)
                ends.append(end)
    return Normal(original, "".join(text), tuple(starts), tuple(ends))


def _clusters(text: str) -> list[tuple[int, int]]:
    """A character with the accents that follow it."""
    found: list[tuple[int, int]] = []
    for place, character in enumerate(text):
        if found and unicodedata.combining(character):
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return found


def _plain(character: str) -> str:
    if character in INVISIBLE or "\ufe00" <= character <= "\ufe0f":
        return ""
    if character in SPACES:
        return SPACES[character]
    if character in DASHES:
        return "-"
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    if category == "Zs":
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return LOOKALIKES.get(character) or QUOTES.get(character) or character
