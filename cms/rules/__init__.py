"""The publication rules: pure functions over (text, context), one registry, findings at exact places.

``check(text, context)`` runs them all. They run while somebody types, at save, at approval, and again at send.
Nothing here reads a database, a clock or the network. What the domain's list asks for and other parts hold stands in
``ELSEWHERE``. None of it is legal advice: the district's lawyers sign off the lists before they are relied on.
"""

from cms.rules import (
    accessibility,
    appeal,
    channel,
    cpr,
    dates,
    guilt,
    jargon,
    language,
    names,
    numbers,
    protected,
    restriction,
)
from cms.rules.base import Context, Finding, Kind, Plea, Restriction, Rule, Severity, Stage
from cms.rules.normalising import normalise

__all__ = [
    "ELSEWHERE",
    "OF_THE_CASE",
    "OF_THE_HOUR",
    "OF_THE_WORLD",
    "OF_WHAT_IS_SEALED",
    "REGISTRY",
    "Context",
    "Finding",
    "Kind",
    "Plea",
    "Restriction",
    "Severity",
    "Stage",
    "check",
]

REGISTRY: tuple[Rule, ...] = (
    Rule(("C-01",), cpr.cpr),
    Rule(("C-02",), numbers.case_numbers),
    Rule(("C-03",), numbers.plates),
    Rule(("C-04",), numbers.contacts),
    Rule(("C-05",), numbers.addresses),
    Rule(("C-06",), names.person_names),
    Rule(("C-06",), protected.protected_names),
    Rule(("C-07",), restriction.indirect_identifiers),
    Rule(("C-10", "C-11", "C-12"), restriction.still_holds),
    Rule(("C-13",), appeal.appeal_sentence),
    Rule(("C-14",), appeal.finality),
    Rule(("C-20",), guilt.judged_too_early),
    Rule(("C-21", "C-22"), guilt.status_words),
    Rule(("C-23",), guilt.confessions),
    Rule(("C-24",), language.coloured),
    Rule(("C-25",), language.special_categories),
    Rule(("C-26",), language.minors),
    Rule(("C-27",), language.sexual_offences),
    Rule(("C-30",), channel.world),
    Rule(("C-31",), channel.hour),
    Rule(("C-32", "C-48"), dates.danish_dates),
    Rule(("C-33",), language.emergency_number),
    Rule(("C-34",), language.call_to_action),
    Rule(("C-40",), accessibility.alternative_text),
    Rule(("C-41",), accessibility.captions),
    Rule(("C-42",), accessibility.hashtags),
    Rule(("C-44",), accessibility.emoji),
    Rule(("C-45",), language.links),
    Rule(("C-46",), accessibility.readable),
    Rule(("C-47",), jargon.jargon),
    Rule(("C-48",), dates.clock_and_numbers),
    Rule(("C-50",), channel.length),
    Rule(("C-51",), channel.focus),
)

# Checks of the domain's list that are no function of a text: where they are kept, or what they wait for.
ELSEWHERE = {
    "C-08": "cms.image_cleaning and cms.taking_in, when a picture or a video comes in; cms.pictures for every channel",
    "C-15": "cms.court.following: a follow-up that is owed stands in what needs people",
    "C-43": "waits for text recognition in images",
    "C-52": "cms.guards.approved and cms.fingerprints",
    "C-53": "cms.approval.ensure_second_person",
    "C-54": "waits for consents and licences of media",
}


# These judge by the clock or by what is sealed: asked anew each time, and what they say is never kept.
OF_THE_CASE = tuple(rule for rule in REGISTRY if rule.run == restriction.still_holds)
OF_THE_HOUR = tuple(rule for rule in REGISTRY if rule.run == channel.hour)
OF_THE_WORLD = tuple(rule for rule in REGISTRY if rule.run == channel.world)
OF_WHAT_IS_SEALED = tuple(rule for rule in REGISTRY if rule.run == protected.protected_names)


def check(text: str, context: Context | None = None, registry: tuple[Rule, ...] = REGISTRY) -> list[Finding]:
    """Every finding, in the order of the text."""
    context = context or Context()
    normal = normalise(text)
    found = [finding for rule in registry for finding in rule.run(normal, context)]
    return sorted(set(found), key=lambda finding: (finding.start, finding.end, finding.check))
