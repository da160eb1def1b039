"""What the facts know, as the checks ask for it: of all defendants, and of those that a sentence is about."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import regex

from cms.court.facts import Defendant, Facts, Sanction
from cms.court.sentences.parts import DECISION, NOUNS, effective, parted, told_as
from cms.court.sentences.verdicts import groups
from cms.court.vocabulary import Finality, Outcome

AGED = regex.compile(r"(?i)(?<!\d)(\d{1,3})[ -]?årige?s?\b")


@dataclass(frozen=True)
class Known:
    facts: Facts
    about: tuple[Defendant, ...]  # whom the sentence is about; everybody where it does not say

    @classmethod
    def of(cls, sentence: str, facts: Facts) -> "Known":
        ages = {int(match[1]) for match in AGED.finditer(sentence)}
        named = () if facts.anonymous else tuple(one for one in facts.defendants if one.age in ages)
        return cls(facts, named or facts.defendants)

    @property
    def ages(self) -> list[int]:
        return [] if self.facts.anonymous else sorted(one.age for one in self.facts.defendants if one.age)

    @property
    def sanctions(self) -> list[Sanction]:
        return [part for one in self.about for part in one.sanctions]

    @property
    def finalities(self) -> set[Finality]:
        return {effective(self.facts, one) for one in self.about}

    @property
    def counts(self) -> set[int]:
        """How many there are of whatever can be counted: all, of a sex, of an outcome, who answered alike."""
        everyone = self.facts.defendants
        ways: tuple[Iterable[object], ...] = (
            (one.sex for one in everyone),
            (one.outcome for one in everyone),
            (told_as(self.facts, one) for one in everyone),
            (one.company for one in everyone),
            (one.minor for one in everyone),
            (one.plea for one in everyone),
            ((one.plea, NOUNS.get(Outcome(one.outcome)) == DECISION) for one in everyone),
            (one.stance for one in everyone),
            (one.finality for one in everyone),
            ((one.outcome, one.offences, one.acquitted_of, one.sanctions) for one in everyone),
            ((one.outcome, one.offences, one.acquitted_of, one.sanctions, one.company) for one in everyone),
            ((effective(self.facts, one), one.stance, one.prosecution) for one in everyone),
            (effective(self.facts, one) == Finality.FINAL for one in everyone),
        )
        parts = parted(self.facts)
        alike = {len(part.members) for part in parts} | {len(group) for group in groups(self.facts)}
        above = [part for part in parts if part.judged_above(self.facts)]
        still_open = [part for part in parts if not part.settled and part not in above]
        alike |= {sum(len(part.members) for part in some) for some in (above, still_open)}
        return {len(everyone), *alike, *(number for way in ways for number in Counter(way).values())}

    def told(self, words: str) -> bool:
        """Whether the words stand in what the prosecutor wrote: said in court, place, period, advice, offences."""
        return bool(words) and words.lower() in self.free

    @property
    def free(self) -> str:
        facts = self.facts
        offences = (what for one in facts.defendants for what in (*one.offences, *one.acquitted_of))
        things = (part.what for one in facts.defendants for part in one.sanctions)
        more = (str(getattr(facts, name, "")) for name in ("place", "period", "advice", "contact", "quote", "quoted"))
        return "\n".join((*facts.said, *more, *offences, *things)).lower()
