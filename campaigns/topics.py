"""What content is about, as far as a plan asks: and whether it is what somebody names. Pure.

Everything is told by keys that outlive a strategy: a focus area's, a unit's, an initiative's printed number.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")  # soft hyphens and the like


@dataclass(frozen=True)
class Topic:
    """``text`` is all that the public would read of it. ``operational`` goes out whatever is stopped."""

    kind: str = ""
    focus_area: str = ""
    initiatives: frozenset[str] = frozenset()
    unit: str = ""
    text: str = ""
    operational: bool = False


def words_of(text: str) -> tuple[str, ...]:
    """What stands between commas or on lines of its own."""
    return tuple(word.strip() for word in re.split(r"[,;\n]", text) if word.strip(" *"))


def names_any(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words stands in the text as a word; a star at its end means with any ending."""
    pattern = _pattern(tuple(words))
    return pattern is not None and pattern.search(_as_read(text)) is not None


def _as_read(text: str) -> str:
    """One sign a letter, however it was put together (a Mac writes å as a and a ring), and none that nobody sees."""
    return UNSEEN.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=512)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    parts = [
        r"\s+".join(re.escape(part) for part in word.rstrip("* ").split()) + (r"\w*" if word.endswith("*") else "")
        for word in map(_as_read, words)
        if word.strip("* ")
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE) if parts else None
