"""The title: who, what, for what. No full stop, no day, no court unless there is nothing else to say."""

from cms.court.facts import Defendant, Facts
from cms.court.sentences import counting, sanctions
from cms.court.sentences.parts import Ending, told_as
from cms.court.sentences.persons import headline
from cms.court.sentences.verdicts import charged, groups, named
from cms.court.vocabulary import Finality, Outcome

LONGEST = 110
ENDED: dict[Ending, tuple[str, str, str]] = {
    Outcome.DISMISSED: ("sag om", "sag", "afvist"),
    Outcome.REMITTED: ("sag om", "sag", "hjemvist"),
    Finality.REOPENED: ("sag om", "sag", "genoptaget"),
    Outcome.CHARGE_DROPPED: ("sag om", "sag", "opgivet"),
    Outcome.PROSECUTION_WAIVED: ("tiltale for", "tiltale", "frafaldet"),
}


def title(facts: Facts) -> str:
    """The fullest that is no longer than a title should be."""
    told = [_told(facts, offences) for offences in (None, 2, 1, 0)]
    return next((text for text in told if len(text) <= LONGEST), told[-1])


def _told(facts: Facts, offences: int | None) -> str:
    found = groups(facts)
    if len(found) > 1:
        what = named(charged(facts.defendants), offences)
        text = counting.headline(facts) + (f" i sag om {what}" if what else "")
    else:
        text = _one(facts, offences)
    return text[0].upper() + text[1:]


def _one(facts: Facts, offences: int | None) -> str:
    group = groups(facts)[0]
    first, who = group[0], headline(group, facts)
    if (result := told_as(facts, first)) in ENDED:
        about, bare, ended = ENDED[result]
        what = named(charged(group), offences)
        return f"{f'{about} {what}' if what else bare} mod {who} {ended}"
    if result == Outcome.ACQUITTED:
        what = named(first.acquitted_of or first.offences, offences)
        return f"{who} frifundet" + (f" for {what}" if what else "")
    what = named(first.offences, offences)
    partly = " og delvist frifundet" if result == Outcome.PARTLY_ACQUITTED else ""
    return f"{who} {_penalty(first)}" + (f" for {what}" if what else "") + partly


def _penalty(first: Defendant) -> str:
    penalties = sanctions.imposed(first.sanctions)
    return f"idømt {penalties[0]}" if penalties else "dømt"
