"""Whatever the facts: the texts are Danish, whole, say where the case stands, and the rules let them pass."""

from datetime import date

import pytest
import regex
from hypothesis import given, settings

from cms import rules
from cms.court import judging, sentences
from cms.court.facts import Defendant, Facts
from cms.court.vocabulary import Outcome
from cms.rules import Restriction, Severity
from tests.cms.court.some_facts import COURTS, FINALITIES, facts

MANY = 100
SLOW = 40  # the rules read every text closely
STANDS = regex.compile(
    r"(?:Dommen|Kendelsen|Afgørelsen|Sagen) er\b[^.]*(?:endelig|anket)|søgt om tilladelse|afgjort ankesagen"
)
WRONG = regex.compile(
    r"  | [.,]|\.\.|,,|,\.|None|[{}]|\b1 (?:måneder|dage|timer|års? og 0)|\b0 |\b(?:and|the|of|man|years|court|or)\b"
    r"|\ben personer|\bto (?:person|mand)\b| \bi i\b|\bpå på\b|\ber er\b|\bog og\b"
)


def told(found):
    made = sentences.texts(found)
    return [made.summary, " ".join(made.body), *made.variants]


@given(facts())
@settings(max_examples=SLOW)
def test_no_text_is_stopped_by_the_publication_rules(found):
    let_pass(found)


@pytest.mark.parametrize("outcome", Outcome)
def test_nor_that_of_any_outcome_wherever_it_stands(outcome):
    for instance, finalities in FINALITIES.items():
        for finality in finalities:
            one = Defendant(outcome.value, offences=("tyveri",), finality=finality.value)
            let_pass(Facts(COURTS[instance][0], instance, date(2026, 5, 12), (one,)))


def let_pass(found):
    context = judging.context(found, Restriction.AKTIV if found.anonymous else Restriction.INGEN)
    made = sentences.texts(found)
    for text in (" ".join(made.body), made.variant(280), made.variants[-1]):
        stops = [one for one in rules.check(text, context) if one.severity in {Severity.BLOCK, Severity.BLOCK_HARD}]
        assert not stops, (text, [(one.check, text[one.start : one.end]) for one in stops], context.stage)


@given(facts())
@settings(max_examples=MANY)
def test_every_text_is_whole_danish_and_says_where_the_case_stands(found):
    made = sentences.texts(found)
    for text in [*told(found), *made.body]:
        assert text[0].isupper() or text[0].isdigit(), text
        assert text.endswith("."), text
        assert not WRONG.search(text), (WRONG.search(text), text)
    assert all(STANDS.search(text) for text in told(found)), told(found)
    assert (made.title and not made.title.endswith(".")) or made.title.endswith("kr.")
    assert not WRONG.search(made.title), made.title
    assert len(made.title) <= 255


@given(facts())
@settings(max_examples=MANY)
def test_summary_and_the_short_channels_have_room(found):
    made = sentences.texts(found)
    assert len(made.summary) <= 500
    assert len(made.variant(300)) <= 300
    assert len(made.variant(280, len)) <= 280
    assert made == sentences.texts(found)


def test_it_says_how_much_room_the_shortest_takes():
    made = sentences.texts(Facts("Københavns Byret", 1, date(2026, 5, 12), (Defendant("acquitted"),)))
    with pytest.raises(sentences.TooLong, match=str(len(made.variants[-1]))):
        made.variant(10)


def test_without_defendants_there_is_nothing_to_say():
    with pytest.raises(sentences.NothingToSay):
        sentences.texts(Facts("Københavns Byret", 1, date(2026, 5, 12), ()))
