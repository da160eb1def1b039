"""Facts become Danish: the title, the summary, the body and a variant for every length. Pure; the same every time.

``texts(facts)`` takes only ``cms.court.facts.Facts``, so nothing internal can be in any of it. Every text but the title
says where the case stands. What a judgment does not say, no sentence says.
"""

from collections.abc import Callable
from dataclasses import dataclass

from cms.court.facts import Facts
from cms.court.sentences import narrative, standing
from cms.court.sentences.titles import title
from cms.court.sentences.variants import candidates
from cms.court.sentences.verdicts import Detail, verdict

__all__ = ["NothingToSay", "Texts", "TooLong", "texts"]

SUMMARY = 500


class NothingToSay(ValueError):
    """There is no defendant, so there is no sentence."""


class TooLong(ValueError):
    """Not even the shortest useful variant fits."""


@dataclass(frozen=True)
class Texts:
    """Everything that one judgment is told with."""

    title: str
    summary: str
    body: tuple[str, ...]
    variants: tuple[str, ...]  # the longest first

    def variant(self, max_chars: int, count: Callable[[str], int] = len) -> str:
        """The fullest variant of at most ``max_chars``, counted as the channel counts. TooLong if there is none."""
        for text in self.variants:
            if count(text) <= max_chars:
                return text
        shortest = min(count(text) for text in self.variants)
        raise TooLong(f"The shortest variant takes {shortest} characters, there is room for {max_chars}.")


def texts(facts: Facts) -> Texts:
    if not facts.defendants:
        raise NothingToSay("A judgment is about somebody: there are no defendants.")
    variants = tuple(candidates(facts))
    made = Texts(title(facts), "", _body(facts), variants)
    return Texts(made.title, made.variant(SUMMARY), made.body, variants)


def _body(facts: Facts) -> tuple[str, ...]:
    """Paragraphs: the result, where it stands, the case, advice."""
    result = " ".join(part for part in (verdict(facts, Detail()), narrative.pleas(facts)) if part)
    case = " ".join(part for part in (narrative.setting(facts), *narrative.said(facts)) if part)
    return tuple(part for part in (result, standing.full(facts), case, narrative.advice(facts)) if part)
