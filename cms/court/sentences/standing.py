"""Where the case stands: the sentence that no public text of a judgment may lack.

Three lengths: ``full`` says who has appealed and why, ``middle`` says it in one sentence, ``short`` is the least that
is still true. Where defendants stand differently, only what is *not* final is named, and for whom.
"""

from cms.court.facts import Facts
from cms.court.sentences.parts import JUDGMENT, Part, common_noun, parted
from cms.court.sentences.persons import Refs
from cms.court.sentences.stances import details, regional
from cms.court.sentences.words import sentence
from cms.court.vocabulary import Finality

OPEN = "{noun} er ikke endelig"
JUDGED_ABOVE = "{noun} blev anket, og {court} har afgjort ankesagen"
STATUS = {
    Finality.FINAL: "{noun} er endelig",
    Finality.SECOND_INSTANCE: f"{OPEN} og kan kun ankes til Højesteret med tilladelse fra Procesbevillingsnævnet",
    Finality.SUPREME_COURT: "Højesteret har afgjort ankesagen som sidste instans",
    Finality.REMITTED: "sagen er ikke endeligt afgjort",
    Finality.REOPENED: "sagen er ikke endeligt afgjort",
    Finality.DEFAULT_JUDGMENT: "{noun} er en udeblivelsesdom og er ikke endelig",
}
SHORT = {
    Finality.APPEALED: "{noun} er anket",
    Finality.FINAL: "{noun} er endelig",
    Finality.SUPREME_COURT: "Højesteret har afgjort ankesagen",
    Finality.REMITTED: "sagen er ikke endeligt afgjort",
    Finality.REOPENED: "sagen er ikke endeligt afgjort",
}
MIDDLE = {
    Finality.APPEALED: "dommen er anket til {court}",
    Finality.SECOND_INSTANCE: "dommen er ikke endelig",
    Finality.LEAVE_APPLIED: "der er søgt om tilladelse til at anke dommen til Højesteret",
    Finality.LEAVE_GRANTED: "dommen er anket til Højesteret",
}


def full(facts: Facts) -> str:
    parts = parted(facts)
    told = [_first(facts, parts)]
    refs = Refs(facts)
    if len(parts) > 1 and not _open(facts, parts):
        return told[0]
    for part in parts:
        if not part.settled:
            told += details(facts, part, refs)
    return " ".join(told)


def middle(facts: Facts) -> str:
    parts = parted(facts)
    if len(parts) > 1:
        return short(facts)
    (part,) = parts
    form = MIDDLE.get(part.finality) if part.noun == JUDGMENT and not part.judged_above(facts) else None
    return sentence(form.format(court=regional(facts))) if form else _first(facts, parts)


def short(facts: Facts) -> str:
    parts = parted(facts)
    if len(parts) > 1:
        return _first(facts, parts)
    return _status(facts, parts[0], SHORT)


def _first(facts: Facts, parts: list[Part]) -> str:
    """“Dommen er ikke endelig”, and for whom, when it is final for others."""
    if len(parts) == 1:
        return _status(facts, parts[0], STATUS)
    still_open = _open(facts, parts)
    if not still_open:
        return _judged_above(facts, parts)
    members = _members(still_open)
    text = OPEN.format(noun=common_noun(still_open))
    return sentence(text if len(members) == len(facts.defendants) else f"{text} for {Refs(facts).of(members).object}")


def _open(facts: Facts, parts: list[Part]) -> list[Part]:
    """Of which this very judgment is not final yet."""
    return [part for part in parts if not part.settled and not part.judged_above(facts)]


def _members(parts: list[Part]) -> tuple[int, ...]:
    return tuple(sorted(number for part in parts for number in part.members))


def _judged_above(facts: Facts, parts: list[Part]) -> str:
    """Whether it is final there is told of the judgment above, not of this one."""
    members = _members([part for part in parts if part.judged_above(facts)])
    if len(members) == len(facts.defendants):
        return sentence(JUDGED_ABOVE.format(noun=JUDGMENT, court=regional(facts)))
    whom = Refs(facts).of(members).object
    return sentence(f"for {whom} blev {JUDGMENT} anket, og {regional(facts)} har afgjort ankesagen")


def _status(facts: Facts, part: Part, forms: dict[Finality, str]) -> str:
    if part.judged_above(facts) and part.noun == JUDGMENT:
        return sentence(JUDGED_ABOVE.format(noun=part.noun, court=regional(facts)))
    form = forms.get(part.finality, OPEN) if part.noun == JUDGMENT or part.settled else OPEN
    return sentence(form.format(noun=part.noun))
