"""Defendants who stand alike: the same finality, the same answers to the judgment, the same word for it."""

from dataclasses import dataclass

from cms.court.facts import Defendant, Facts
from cms.court.vocabulary import Finality, Outcome, Stance

APPEALS = frozenset({Stance.APPEALED_GUILT, Stance.APPEALED_SENTENCE})
SETTLED = frozenset({Finality.FINAL, Finality.SUPREME_COURT})
ABOVE = frozenset({Finality.SECOND_INSTANCE, Finality.LEAVE_APPLIED, Finality.LEAVE_GRANTED})
# What it is called that is final or not. By the prosecution alone: it is complained of, not appealed.
JUDGMENT, RULING, DECISION = "dommen", "kendelsen", "afgørelsen"
NOUNS = {Outcome.DISMISSED: RULING, Outcome.CHARGE_DROPPED: DECISION, Outcome.PROSECUTION_WAIVED: DECISION}
Ending = Outcome | Finality  # what there is to tell: a result, or that the case was reopened
ACQUITTALS = frozenset({Outcome.ACQUITTED, Outcome.PARTLY_ACQUITTED})


@dataclass(frozen=True)
class Part:
    members: tuple[int, ...]  # places in ``facts.defendants``
    finality: Finality
    stance: Stance = Stance.UNKNOWN
    prosecution: Stance = Stance.UNKNOWN
    noun: str = JUDGMENT
    acquitted: bool = False  # and the prosecution wants a conviction

    @property
    def settled(self) -> bool:
        return self.finality in SETTLED

    def judged_above(self, facts: Facts) -> bool:
        """The court above has judged since: whether this first judgment is final is no longer the question."""
        return facts.instance == 1 and self.finality in ABOVE


def parted(facts: Facts) -> list[Part]:
    """In the order of the first of each. Where all is settled nobody needs to be told apart."""
    keys = [_key(facts, one) for one in facts.defendants]
    parts = [
        Part(tuple(number for number, other in enumerate(keys) if other == key), *key) for key in dict.fromkeys(keys)
    ]
    if len(parts) > 1 and all(part.settled for part in parts):
        everyone = tuple(range(len(facts.defendants)))
        declared = all(part.finality == Finality.FINAL for part in parts)
        return [Part(everyone, Finality.FINAL if declared else Finality.SUPREME_COURT, noun=common_noun(parts))]
    return parts


def common_noun(parts: list[Part]) -> str:
    nouns = {part.noun for part in parts}
    return nouns.pop() if len(nouns) == 1 else JUDGMENT


def effective(facts: Facts, one: Defendant) -> Finality:
    """The finality that the other facts leave: whoever has appealed no longer stands within the time for appeal."""
    finality = Finality(one.finality)
    if finality not in {Finality.FIRST_INSTANCE, Finality.SECOND_INSTANCE}:
        return finality
    if one.outcome == Outcome.REMITTED:
        return Finality.REMITTED
    appealed = bool({Stance(one.stance), Stance(one.prosecution)} & APPEALS)
    if facts.instance == 1:
        return Finality.APPEALED if appealed and finality == Finality.FIRST_INSTANCE else finality
    return Finality.LEAVE_APPLIED if appealed else Finality.SECOND_INSTANCE


def told_as(facts: Facts, one: Defendant) -> Ending:
    """The result there is to tell: of a case that is to be tried again only that it is."""
    again: dict[Finality, Ending] = {Finality.REMITTED: Outcome.REMITTED, Finality.REOPENED: Finality.REOPENED}
    return again.get(effective(facts, one), Outcome(one.outcome))


def _key(facts: Facts, one: Defendant) -> tuple[Finality, Stance, Stance, str, bool]:
    finality, stance, prosecution = effective(facts, one), Stance(one.stance), Stance(one.prosecution)
    if finality in SETTLED:
        stance = prosecution = Stance.UNKNOWN
    acquitted = prosecution == Stance.APPEALED_GUILT and one.outcome in ACQUITTALS
    return finality, stance, prosecution, NOUNS.get(Outcome(one.outcome), JUDGMENT), acquitted
