"""What the court decided, a sentence for each group of defendants with the same result."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from cms.court.facts import Defendant, Facts
from cms.court.sentences import sanctions
from cms.court.sentences.parts import Ending, told_as
from cms.court.sentences.persons import Refs, described
from cms.court.sentences.words import day, listing, sentence
from cms.court.vocabulary import Finality, Outcome

Group = tuple[Defendant, ...]


@dataclass(frozen=True)
class Detail:
    """How much is told. The shorter forms leave out, they never say something else."""

    date: bool = True
    court: bool = True
    offences: int | None = None  # at most so many; None: all
    besides: int = 2  # 2: expulsion, confiscation, disqualification ...; 1: without confiscation and the like; 0: none
    opening: bool = True  # of several who are convicted of the same, first say so


def groups(facts: Facts) -> list[Group]:
    """Defendants with the same result together, in the order in which they first come."""
    keys = [(told_as(facts, one), *_key(one)) for one in facts.defendants]
    order = sorted(range(len(keys)), key=lambda number: (keys.index(keys[number]), number))
    return [
        tuple(facts.defendants[number] for number in members)
        for _same, members in groupby(order, key=lambda number: keys.index(keys[number]))
    ]


def verdict(facts: Facts, detail: Detail) -> str:
    """All groups, a sentence each; what they are all convicted of is said once."""
    found = groups(facts)
    if detail.opening and _convicted_of_the_same(facts, found):
        return _once(facts, found, detail)
    told = [
        sentence(TELLS[told_as(facts, group[0])](facts, group, number, detail)) for number, group in enumerate(found)
    ]
    return " ".join(told)


def _convicted_of_the_same(facts: Facts, found: list[Group]) -> bool:
    alike = {(told_as(facts, group[0]), group[0].offences, group[0].acquitted_of) for group in found}
    ((result, offences, _rest),) = alike if len(alike) == 1 else {(None, (), ())}
    return len(found) > 1 and result == Outcome.CONVICTED and bool(offences)


def _once(facts: Facts, found: list[Group], detail: Detail) -> str:
    """“To mænd på 24 og 31 år er ved Københavns Byret dømt for røveri. Den 24-årige er idømt ...”"""
    who, offences = described(facts.defendants, facts), _for(found[0][0].offences, detail)
    told = [f"{who} er {when(facts, detail)}{at_court(facts) + ' ' if detail.court else ''}dømt{offences}"]
    refs = Refs(facts)
    for group in found:
        # Equal defendants are alike in every word, so whichever of them is meant.
        members = tuple(number for number, one in enumerate(facts.defendants) if _key(one) == _key(group[0]))
        told.append(f"{refs.of(members).subject} {_are_and_have(group, '', replace(detail, offences=0))}")
    return " ".join(sentence(text) for text in told)


def charged(group: Sequence[Defendant]) -> tuple[str, ...]:
    """What the case is about, convicted or not, without repeats."""
    return tuple(dict.fromkeys(what for one in group for what in (*one.offences, *one.acquitted_of)))


def named(offences: Sequence[str], limit: int | None) -> str:
    """“røveri og vold”, or “blandt andet røveri” where there is no room for more."""
    if limit is None or len(offences) <= limit:
        return listing(offences)
    return f"blandt andet {listing(offences[:limit])}" if limit else ""


def at_court(facts: Facts) -> str:
    if not facts.court:
        return "i retten"
    return f"i {facts.court}" if facts.court == "Højesteret" else f"ved {facts.court}"


def when(facts: Facts, detail: Detail) -> str:
    """Under a ban on identification only offence, court and result are free: the day is left out."""
    return f"den {day(facts.judged_on)} " if detail.date and not facts.anonymous else ""


def _key(one: Defendant) -> tuple[object, ...]:
    return (one.outcome, one.offences, one.acquitted_of, one.sanctions, one.company)


def _judged(facts: Facts, group: Group, number: int, detail: Detail) -> str:
    """“En 31-årig mand er ved Københavns Byret idømt 3 års fængsel for røveri og udvist af Danmark ...”."""
    where = f"{when(facts, detail)}{at_court(facts)} " if detail.court else when(facts, detail)
    where = where if number == 0 else "i samme sag " if number == 1 else ""
    each = ("begge " if len(group) == 2 else "alle ") if len(group) > 1 and _imposes(group) else ""
    return f"{described(group, facts)} {_are_and_have(group, where + each, detail)}"


def _imposes(group: Group) -> bool:
    return group[0].outcome != Outcome.ACQUITTED and bool(sanctions.imposed(group[0].sanctions))


def _are_and_have(group: Group, where: str, detail: Detail) -> str:
    """“er idømt ..., udvist ... og frakendt ...”; where something follows “har”, every part has its own verb."""
    are, have = _results(group[0], detail)
    if not have:
        return f"er {where}{listing(are)}"
    first, *rest = are
    last = [f"er {rest.pop()}"] if rest and "frifundet" in rest[-1] else []
    return listing([f"er {where}{first}", *(f"er {phrase}" for phrase in rest), *(f"har {one}" for one in have), *last])


def _results(one: Defendant, detail: Detail) -> tuple[list[str], list[str]]:
    """What follows “er”, the main result first, and what follows “har”."""
    are, have = sanctions.besides(one.sanctions)
    are, have = are if detail.besides else [], have if detail.besides > 1 else []
    if one.outcome == Outcome.ACQUITTED:
        return [f"frifundet{_for(one.acquitted_of or one.offences, detail)}", *are], have
    return [_penalty(one, detail), *are, *_acquittal(one, detail)], have


def _penalty(one: Defendant, detail: Detail) -> str:
    offences = _for(one.offences, detail)
    if penalties := sanctions.imposed(one.sanctions):
        return f"idømt {listing(penalties)}{offences}"
    if treatment := sanctions.treatment(one.sanctions):
        return f"{offences} {treatment}".strip()  # “for vold dømt til behandling”: not a treatment for violence
    return f"dømt{offences}"


def _acquittal(one: Defendant, detail: Detail) -> list[str]:
    """Of a part of the charge. Never left out, however short."""
    if one.outcome != Outcome.PARTLY_ACQUITTED and not one.acquitted_of:
        return []
    if detail.offences == 0:
        return ["delvist frifundet"]
    return [f"frifundet{_for(one.acquitted_of, detail) or ' for resten af tiltalen'}"]


def _for(offences: Sequence[str], detail: Detail) -> str:
    what = named(offences, detail.offences)
    return f" for {what}" if what else ""


def _dismissed(facts: Facts, group: Group, number: int, detail: Detail) -> str:
    whom = f"{described(group, facts)}{_relative(group, detail, 'der var tiltalt for')}"
    if number or not facts.court:
        return f"sagen mod {whom} er afvist"
    return f"{facts.court} har {when(facts, detail)}afvist sagen mod {whom}"


def _remitted(facts: Facts, group: Group, number: int, detail: Detail) -> str:
    whom = f"{described(group, facts)}{_relative(group, detail, 'der er tiltalt for')}"
    below = {2: " til ny behandling i byretten", 3: " til ny behandling i landsretten"}.get(facts.instance, "")
    if number or not facts.court or facts.instance == 1:
        return f"sagen mod {whom} er hjemvist{below}"
    return f"{facts.court} har {when(facts, detail)}hjemvist sagen mod {whom}{below}"


def _reopened(facts: Facts, group: Group, number: int, detail: Detail) -> str:
    whom = f"{described(group, facts)}{_relative(group, detail, 'der er tiltalt for')}"
    return f"sagen mod {whom} er genoptaget og skal behandles på ny"


def _dropped(facts: Facts, group: Group, number: int, detail: Detail) -> str:
    whom = f"{described(group, facts)}{_relative(group, detail, 'der var sigtet for')}"
    return f"anklagemyndigheden har {when(facts, detail)}opgivet sagen mod {whom}"


def _waived(facts: Facts, group: Group, number: int, detail: Detail) -> str:
    what = named(charged(group), detail.offences)
    about = f" i en sag om {what}" if what else ""
    return f"anklagemyndigheden har {when(facts, detail)}frafaldet tiltalen mod {described(group, facts)}{about}"


def _relative(group: Group, detail: Detail, opening: str) -> str:
    what = named(charged(group), detail.offences)
    return f", {opening} {what}," if what else ""


Tells = Callable[[Facts, Group, int, Detail], str]
TELLS: dict[Ending, Tells] = {
    Outcome.CONVICTED: _judged,
    Outcome.ACQUITTED: _judged,
    Outcome.PARTLY_ACQUITTED: _judged,
    Outcome.DISMISSED: _dismissed,
    Outcome.CHARGE_DROPPED: _dropped,
    Outcome.PROSECUTION_WAIVED: _waived,
    Outcome.REMITTED: _remitted,
    Finality.REOPENED: _reopened,
}
