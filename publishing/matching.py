"""Which of the posts on a channel is most likely ours? Pure: for the person who decides, never for the machine."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

LIKELY = 0.6  # of 1; below it nothing is marked


@dataclass(frozen=True)
class Found:
    """A post on the channel now. ``likeness`` is 0 to 1; at most one is marked as the ``best``."""

    text: str
    permalink: str = ""
    at: str = ""
    likeness: float = 0.0
    best: bool = False

    @property
    def percent(self) -> int:
        return round(self.likeness * 100)


def compare(ours: str, findings: Iterable[Mapping[str, str]]) -> list[Found]:
    """The findings in their order, each with its likeness to our text, the best one marked if it is likely at all."""
    wanted = _plain(ours)
    found = []
    for item in findings:
        text = str(item.get("text", ""))
        likeness = SequenceMatcher(None, wanted, _plain(text), autojunk=False).ratio()
        found.append(Found(text, _address(item.get("permalink", "")), str(item.get("at", "")), likeness))
    best = max(range(len(found)), key=lambda index: found[index].likeness, default=None)
    if best is None or found[best].likeness < LIKELY:
        return found
    top = found[best]
    found[best] = Found(top.text, top.permalink, top.at, top.likeness, best=True)
    return found


def _plain(text: str) -> str:
    """Without addresses, which platforms rewrite, and without spaces and case."""
    return re.sub(r"\s+", " ", re.sub(r"https?://\S+", "", text)).strip().lower()


def _address(link: str) -> str:
    """Only what a browser may open from a link."""
    return link if link.startswith(("https://", "http://")) else ""
