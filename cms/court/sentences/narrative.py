"""What comes after the result: the plea, where and when, what was said in open court, advice. Never more than given."""

import regex

from cms.court.facts import Facts
from cms.court.sentences.parts import DECISION, NOUNS
from cms.court.sentences.persons import Refs
from cms.court.sentences.words import sentence
from cms.court.vocabulary import Outcome, Plea
from cms.rules.language import SEXUAL

PLEAS = {
    Plea.DENIES: ("nægtede sig skyldig", "nægtede sig skyldige"),
    Plea.PARTLY: ("erkendte sig delvist skyldig", "erkendte sig delvist skyldige"),
    Plea.ADMITS: ("erkendte sig skyldig", "erkendte sig skyldige"),
}
PREPOSITION = regex.compile(r"(?i)(?:i|på|ved|omkring|mellem|fra|nær|den|over|flere steder)\s")
ISLANDS = regex.compile(
    r"(?i)(?:(?:ydre|indre) )?(?:nørrebro|vesterbro|østerbro|amager\p{L}*|frederiksberg|christianshavn|christiania"
    r"|islands brygge|bispebjerg|bornholm|sjælland|refshaleøen|holmen|fyn)\b"
)


def pleas(facts: Facts) -> str:
    """A sentence for each plea that may be said, of those that a court has judged."""
    told, refs = [], Refs(facts)
    known = [one.plea if NOUNS.get(Outcome(one.outcome)) != DECISION else "" for one in facts.defendants]
    for plea in dict.fromkeys(plea for plea in known if plea):
        whom = refs.of(tuple(number for number, other in enumerate(known) if other == plea))
        told.append(sentence(f"{whom.subject} {PLEAS[Plea(plea)][whom.plural]}"))
    return " ".join(told)


def setting(facts: Facts) -> str:
    """Where and when, coarsely. Not under a ban, behind closed doors, or of a sexual offence: it can identify."""
    offences = [what for one in facts.defendants for what in (*one.offences, *one.acquitted_of)]
    if facts.anonymous or facts.result_only or any(SEXUAL.search(what) for what in offences):
        return ""
    place, period = facts.place.strip(), facts.period.strip()
    if place and not PREPOSITION.match(place):
        place = f"{'på' if ISLANDS.match(place) else 'i'} {place}"
    if period and not PREPOSITION.match(period):
        period = f"i {period}"
    return sentence(f"sagen drejer sig om forhold {place} {period}") if place or period else ""


def said(facts: Facts) -> list[str]:
    return [] if facts.result_only else [line for text in facts.said if (line := sentence(text))]


def advice(facts: Facts) -> str:
    return sentence(facts.advice)
