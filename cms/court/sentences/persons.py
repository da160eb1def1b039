"""Who it is about, as far as it may be said: “en 31-årig mand”, “to mænd på 24 og 31 år”, “den 24-årige”."""

from collections.abc import Sequence
from dataclasses import dataclass

from cms.court.facts import Defendant, Facts
from cms.court.sentences.words import counted, listing
from cms.court.vocabulary import Sex

ONE = {Sex.MAN: "mand", Sex.WOMAN: "kvinde", Sex.UNSAID: "person"}
SEVERAL = {Sex.MAN: "mænd", Sex.WOMAN: "kvinder", Sex.UNSAID: "personer"}
PRONOUNS = {Sex.MAN: ("han", "ham"), Sex.WOMAN: ("hun", "hende")}
AGES_TOLD = 4  # more than so many ages are told as a range


def described(defendants: Sequence[Defendant], facts: Facts) -> str:
    """At first mention: “en 31-årig mand”, “to mænd på 24 og 31 år”, “11 personer”."""
    if len(defendants) > 1:
        return f"{counted(len(defendants))} {several(defendants, facts)}"
    (one,) = defendants
    age = _age(one, facts)
    return f"en {age}-årig {ONE[_sex(one, facts)]}" if age else f"en {headline(defendants, facts)}"


def headline(defendants: Sequence[Defendant], facts: Facts) -> str:
    """In a title: “mand på 31 år”, “to mænd på 24 og 31 år”."""
    if len(defendants) > 1:
        return described(defendants, facts)
    (one,) = defendants
    if one.company:
        return "virksomhed"
    if one.minor:  # said even without a name, age or sex; where it may not be said, the facts do not have it
        return "person under 18 år"
    age = _age(one, facts)
    return ONE[_sex(one, facts)] + (f" på {age} år" if age else "")


def several(defendants: Sequence[Defendant], facts: Facts) -> str:
    if all(one.company for one in defendants):
        return "virksomheder"
    if any(one.company for one in defendants):
        return "tiltalte"
    sexes = {_sex(one, facts) for one in defendants}
    noun = SEVERAL[sexes.pop() if len(sexes) == 1 else Sex.UNSAID]
    if all(one.minor for one in defendants):
        return f"{noun} under 18 år"
    ages = [_age(one, facts) for one in defendants]
    if not all(ages):
        return noun
    known = sorted(age for age in ages if age)
    if len(set(known)) == 1:
        return f"{known[0]}-årige {noun}"
    if len(known) > AGES_TOLD or len(set(known)) < len(known):
        return f"{noun} i alderen {known[0]}-{known[-1]} år"
    return f"{noun} på {listing([str(age) for age in known])} år"


def _age(one: Defendant, facts: Facts) -> int | None:
    return None if facts.anonymous or one.company or one.minor else one.age


def _sex(one: Defendant, facts: Facts) -> Sex:
    return Sex.UNSAID if facts.anonymous or one.company or one.minor else Sex(one.sex)


@dataclass(frozen=True)
class Ref:
    """How somebody is called after the first mention, as subject and as object."""

    subject: str
    object: str
    plural: bool = False


class Refs:
    """Later mentions, told apart: “han”, “begge”, “den 24-årige”, “to af de tiltalte”, “de øvrige tiltalte”."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.named: set[int] = set()  # counted off so far

    def of(self, members: Sequence[int]) -> Ref:
        everyone = self.facts.defendants
        before, self.named = self.named, self.named | set(members)
        if len(everyone) == 1:
            return self._only(everyone[0])
        plural = len(members) > 1
        if len(members) == len(everyone):
            name = "begge" if len(everyone) == 2 else f"alle {counted(len(everyone))}"
            return Ref(name, name, plural)
        name = self._apart(members) or self._counted(members, before)
        return Ref(name, name, plural)

    def _only(self, one: Defendant) -> Ref:
        if one.company:
            return Ref("virksomheden", "virksomheden")
        pronoun = PRONOUNS.get(_sex(one, self.facts))
        return Ref(*pronoun) if pronoun else Ref("den tiltalte", "den tiltalte")

    def _apart(self, members: Sequence[int]) -> str:
        """By age, sex or kind, where that is public and points at one of them only."""
        everyone = self.facts.defendants
        ages = [_age(one, self.facts) for one in everyone]
        if len(members) <= 2 and all(ages[member] and ages.count(ages[member]) == 1 for member in members):
            return listing([f"den {ages[member]}-årige" for member in members])
        if len(members) > 1:
            return ""
        one = everyone[members[0]]
        if one.company:
            return "virksomheden" if sum(other.company for other in everyone) == 1 else ""
        kinds = [other.company or _sex(other, self.facts) for other in everyone]
        names = {Sex.MAN: "manden", Sex.WOMAN: "kvinden"}
        alone = kinds.count(kinds[members[0]]) == 1 and all(kinds)
        return names.get(_sex(one, self.facts), "") if alone else ""

    def _counted(self, members: Sequence[int], before: set[int]) -> str:
        everyone = len(self.facts.defendants)
        if everyone == 2:
            return "den anden tiltalte" if before else "den ene tiltalte"
        if before and len(before) + len(members) == everyone:
            return "de øvrige tiltalte" if len(members) > 1 else "den sidste af de tiltalte"
        other = (" anden" if len(members) == 1 else " andre") if before else ""
        return f"{counted(len(members))}{other} af de tiltalte"
