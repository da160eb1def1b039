"""Many defendants in one sentence, for where there is no room for each: “To personer er dømt og en frifundet ...”"""

from collections import Counter

from cms.court.facts import Facts, Sanction
from cms.court.sentences.parts import Ending, told_as
from cms.court.sentences.sanctions import length
from cms.court.sentences.verdicts import at_court, charged, named
from cms.court.sentences.words import counted, listing, sentence, span
from cms.court.vocabulary import Finality, Outcome, SanctionKind

JUDGED: dict[Ending, str] = {
    Outcome.CONVICTED: "dømt",
    Outcome.PARTLY_ACQUITTED: "dømt for noget og frifundet for andet",
    Outcome.ACQUITTED: "frifundet",
}
ENDED: dict[Ending, str] = {
    Outcome.DISMISSED: "sagen mod {whom} er afvist",
    Outcome.REMITTED: "sagen mod {whom} er hjemvist",
    Finality.REOPENED: "sagen mod {whom} er genoptaget",
    Outcome.CHARGE_DROPPED: "sagen mod {whom} er opgivet",
    Outcome.PROSECUTION_WAIVED: "tiltalen mod {whom} er frafaldet",
}


def summed(facts: Facts, offences: int | None = None, *, court: bool = True) -> str:
    """Counts of each outcome; the span of the terms of prison where all are sent to prison."""
    numbers = Counter(told_as(facts, one) for one in facts.defendants)
    where = f"{at_court(facts)} " if court else ""
    what = named(charged(facts.defendants), offences)
    terms = _terms(facts)
    if terms:
        what = f" for {what}" if what else ""
        return sentence(f"{_persons(facts)} er {where}idømt {terms}{what}")
    about = f" i en sag om {what}" if what else ""
    judged = [(number, JUDGED[outcome]) for outcome in JUDGED if (number := numbers[outcome])]
    ended = [ENDED[outcome].format(whom=counted(number)) for outcome in ENDED if (number := numbers[outcome])]
    if not judged:
        return sentence(f"{listing(ended)}{about}")
    first = f"{_noun(facts, judged[0][0])} er {where}{judged[0][1]}"
    rest = [f"{counted(number)} er {word}" for number, word in judged[1:]]
    return sentence(f"{listing([first, *rest, *ended])}{about}")


def headline(facts: Facts) -> str:
    numbers = Counter(told_as(facts, one) for one in facts.defendants)
    judged = [f"{counted(number)} {JUDGED[outcome]}" for outcome in JUDGED if (number := numbers[outcome])]
    ended = [ENDED[outcome].format(whom=counted(number)) for outcome in ENDED if (number := numbers[outcome])]
    return listing([*judged, *ended])


def _terms(facts: Facts) -> str:
    if any(told_as(facts, one) != Outcome.CONVICTED for one in facts.defendants):
        return ""
    terms: list[Sanction] = []
    for one in facts.defendants:
        found = [part for part in one.sanctions if part.kind == SanctionKind.PRISON and length(part)]
        if len(found) != 1:
            return ""
        terms += found
    shortest, longest = min(terms, key=length), max(terms, key=length)
    if length(shortest) == length(longest):
        return f"{_span(longest)} fængsel"
    low, high = _span(shortest), _span(longest)
    if low.count(" ") == 1 and low.split(" ")[1] == high.split(" ", 1)[1]:
        low = low.split(" ")[0]  # “mellem 2 og 3 års fængsel”
    return f"mellem {low} og {high} fængsel"


def _span(part: Sanction) -> str:
    return span(years=part.years, months=part.months, days=part.days, of=True)


def _persons(facts: Facts) -> str:
    return _noun(facts, len(facts.defendants))


def _noun(facts: Facts, number: int) -> str:
    companies = [one.company for one in facts.defendants]
    if all(companies):
        return f"{counted(number)} {'virksomhed' if number == 1 else 'virksomheder'}"
    if any(companies):
        return f"{counted(number)} {'tiltalt' if number == 1 else 'tiltalte'}"
    return f"{counted(number)} {'person' if number == 1 else 'personer'}"
