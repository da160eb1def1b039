"""Who said what to the judgment: “Han har anket dommen til Østre Landsret med påstand om frifindelse.”"""

from cms.court.facts import Facts
from cms.court.sentences.parts import APPEALS, DECISION, JUDGMENT, RULING, Part
from cms.court.sentences.persons import Ref, Refs
from cms.court.sentences.words import sentence
from cms.court.vocabulary import Finality, Stance

REGIONAL = {"Københavns Byret": "Østre Landsret", "Retten på Frederiksberg": "Østre Landsret"}
PROSECUTION = "anklagemyndigheden"
LEAVE = "søgt Procesbevillingsnævnet om tilladelse til at anke dommen til Højesteret"
# Answers that are no appeal.
DEFENDANT_SAYS = {Stance.ACCEPTED: "har modtaget {noun}", Stance.CONSIDERING: "udbad sig betænkningstid"}
PROSECUTION_SAYS = {
    Stance.ACCEPTED: "anker ikke {noun}",
    Stance.CONSIDERING: "udbad sig betænkningstid",
    Stance.AWAITING: "har endnu ikke taget stilling til, om {noun} skal ankes",
}


def regional(facts: Facts) -> str:
    """The court that an appeal goes to; of courts outside the district only that it is a regional one."""
    return REGIONAL.get(facts.court, "landsretten")


def details(facts: Facts, part: Part, refs: Refs) -> list[str]:
    """Sentences after the first, none when nothing is known."""
    if part.noun == DECISION:
        appealed = part.finality == Finality.APPEALED
        return [sentence(f"der er klaget over {part.noun}")] if appealed else []
    whom = refs.of(part.members)
    if part.judged_above(facts):
        everyone = len(part.members) == len(facts.defendants)
        return [] if everyone else [sentence(f"for {whom.object} har {regional(facts)} afgjort ankesagen")]
    told = []
    if part.finality == Finality.DEFAULT_JUDGMENT:
        told.append(sentence(f"{whom.subject} kan bede om, at sagen behandles på ny"))
    if part.finality == Finality.LEAVE_GRANTED:
        told.append(_granted(part, whom))
    elif part.finality not in {Finality.REMITTED, Finality.REOPENED}:
        told.append(_positions(facts, part, whom, everyone=len(part.members) == len(facts.defendants)))
    return [one for one in told if one]


def _positions(facts: Facts, part: Part, whom: Ref, *, everyone: bool) -> str:
    """Both sides in one sentence, as far as they are known."""
    theirs = f"{whom.subject} {says}" if (says := _defendant(facts, part)) else ""
    ours = _prosecution(facts, part)
    unsaid = part.finality == Finality.APPEALED and not APPEALS & {part.stance, part.prosecution}
    if unsaid or (not theirs and not ours):  # appealed after the report: what was said in court is overtaken
        return _somebody(facts, part)
    if theirs and theirs == f"{whom.subject} {ours}":
        return sentence(f"både {whom.subject} og {PROSECUTION} {ours}")
    if theirs and ours:
        return sentence(f"{theirs}, og {PROSECUTION} {_again(theirs, ours)}")
    if ours:
        return sentence(f"{PROSECUTION} {ours}" if everyone else _about(whom, ours))
    return sentence(theirs)


def _again(said: str, says: str) -> str:
    """The same step taken twice is said shortly the second time: “har anket med påstand om ...”."""
    step, _, aim = says.partition(" med påstand")
    if not step.startswith("har anket") or step not in said:
        return says
    return f"har anket med påstand{aim}" if aim else "har også anket"


def _about(whom: Ref, says: str) -> str:
    """“For den 24-årige har anklagemyndigheden anket ...”: the verb comes first."""
    verb, rest = says.split(" ", 1)
    return f"for {whom.object} {verb} {PROSECUTION} {rest}"


def _defendant(facts: Facts, part: Part) -> str:
    if part.stance in APPEALS:
        aim = "frifindelse" if part.stance == Stance.APPEALED_GUILT else "en mildere straf"
        return _appeals(facts, part, aim)
    return DEFENDANT_SAYS.get(part.stance, "").format(noun=part.noun)


def _prosecution(facts: Facts, part: Part) -> str:
    if part.prosecution in APPEALS:
        guilt = "domfældelse" if part.acquitted else ""
        return _appeals(facts, part, guilt if part.prosecution == Stance.APPEALED_GUILT else "en strengere straf")
    return PROSECUTION_SAYS.get(part.prosecution, "").format(noun=part.noun)


def _appeals(facts: Facts, part: Part, aim: str) -> str:
    if part.noun == RULING:
        return f"har indbragt {RULING} for {regional(facts) if facts.instance == 1 else 'en højere ret'}"
    if part.finality == Finality.LEAVE_APPLIED:
        return f"har {LEAVE}"
    where = f" til {regional(facts)}" if facts.instance == 1 else ""
    return f"har anket {part.noun}{where}" + (f" med påstand om {aim}" if aim else "")


def _somebody(facts: Facts, part: Part) -> str:
    if part.noun != JUDGMENT:
        return ""
    if part.finality == Finality.APPEALED:
        return sentence(f"den er anket til {regional(facts)}" if facts.instance == 1 else "den er anket")
    if part.finality == Finality.LEAVE_APPLIED:
        return sentence("der er søgt om tilladelse til at anke den til Højesteret")
    return ""


def _granted(part: Part, whom: Ref) -> str:
    allowed = {True: whom.object, False: PROSECUTION}
    if (part.stance in APPEALS) == (part.prosecution in APPEALS):
        return "Procesbevillingsnævnet har givet tilladelse til, at den ankes til Højesteret."
    name = allowed[part.stance in APPEALS]
    return sentence(f"Procesbevillingsnævnet har givet {name} tilladelse til at anke til Højesteret")
