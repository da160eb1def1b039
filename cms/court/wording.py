"""Numbers and outcomes that a reworded text says, and its facts do not. Pure.

What is compared is what the facts themselves would be told as: every number in the text must stand in a text that was
made of the facts.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import regex
from django.utils.translation import gettext as _

from cms.court.facts import Facts
from cms.court.sentences import texts

NUMBER = regex.compile(r"\d+(?:\.\d{3})*")
OUTCOMES = (
    "idømt",
    "dømt",
    "frifundet",
    "frifindes",
    "udvist",
    "livstid",
    "forvaring",
    "betinget",
    "ubetinget",
    "anket",
)


@dataclass(frozen=True)
class Difference:
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def differences(text: str, facts: Facts) -> Iterator[Difference]:
    made = texts(facts)
    told = "\n".join([made.title, made.summary, *made.body, *made.variants, facts.contact, facts.quote]).casefold()
    known = set(NUMBER.findall(told))
    for number in dict.fromkeys(NUMBER.findall(text)):
        if number not in known:
            yield Difference(_("The text says “%(number)s”. No fact says so.") % {"number": number})
    for word in OUTCOMES:
        if regex.search(rf"(?i)\b{word}\b", text) and not regex.search(rf"\b{word}\b", told):
            yield Difference(_("The text says “%(word)s”. No fact says so.") % {"word": word})
