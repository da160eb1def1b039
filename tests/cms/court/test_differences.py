"""A rewording passes, a changed fact does not, and what changed is told in words."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings

from cms.court import sentences
from cms.court.differences import changed, differences
from cms.court.facts import Defendant, Facts, Sanction
from tests.cms.court.reworded import CHANGED, REWORDED, ROBBERY
from tests.cms.court.some_facts import facts


def test_no_rewording_is_taken_for_a_change():
    alarms = [(text, found) for known, text in REWORDED if (found := differences(text, known))]
    assert len(alarms) / len(REWORDED) == 0, alarms


def test_no_changed_fact_is_missed():
    missed = [
        (text, field) for known, text, field in CHANGED if field not in {one.field for one in differences(text, known)}
    ]
    assert 1 - len(missed) / len(CHANGED) == 1.0, missed


def test_there_are_enough_labelled_pairs():
    assert len(REWORDED) + len(CHANGED) >= 60


@given(facts())
@settings(max_examples=60, derandomize=True)
def test_the_texts_made_of_the_facts_say_nothing_else(found):
    made = sentences.texts(found)
    for text in (made.summary, *made.body, made.variants[-1], made.variant(280), made.title):
        assert not differences(text, found), (text, differences(text, found))


def test_it_says_where_and_what_the_facts_say():
    text = "En 32-årig mand er dømt. Dommen er anket."
    (one,) = differences(text, ROBBERY)
    assert (text[one.start : one.end], one.said, one.fact, one.field) == ("32-årig", "32-årig", "31", "age")


def test_a_change_of_facts_is_told_with_before_and_after():
    accused = ROBBERY.defendants[0]
    longer = replace(accused, age=32, sanctions=(Sanction("prison", years=2),))
    after = replace(ROBBERY, court="Retten på Frederiksberg", defendants=(longer,))
    told = {(before, now) for _label, before, now in changed(ROBBERY, after)}
    assert ("Københavns Byret", "Retten på Frederiksberg") in told
    assert ("31", "32") in told
    assert any("1 år og 6 måneders fængsel" in before and now == "2 års fængsel" for before, now in told)
    assert len(told) == 3


def test_a_defendant_more_is_told_and_nothing_changed_is_nothing():
    one = Facts("Københavns Byret", 1, date(2026, 5, 12), (Defendant("acquitted"),))
    assert changed(one, one) == []
    assert ("1", "2") in {
        (before, now) for _label, before, now in changed(one, replace(one, defendants=one.defendants * 2))
    }
