"""What hides a number from a machine is taken away, and places are told in the text as it was given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms import rules
from cms.rules.normalising import normalise

HIDDEN = ["\u200b", "\u00ad", "\u2060", "\ufeff", "\ufe0f", "\u200d"]


@given(st.text())
def test_every_stretch_leads_back_into_the_original(text):
    normal = normalise(text)
    assert len(normal.text) == len(normal.starts) == len(normal.ends)
    for place in range(len(normal.text)):
        start, end = normal.span(place, place + 1)
        assert 0 <= start < end <= len(text)


@given(st.text())
def test_no_text_breaks_the_rules(text):
    for stage in (None, *rules.Stage):
        for finding in rules.check(text, rules.Context(stage=stage, restriction=rules.Restriction.AKTIV)):
            assert 0 <= finding.start <= finding.end <= len(text)


@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_hidden_character_hides_no_number_and_lies_within_the_finding(hidden):
    number = hidden.join("010165-4321")
    text = f"Født {number} i Valby"
    finding = next(finding for finding in rules.check(text) if finding.check == "C-01")
    assert text[finding.start : finding.end] == number


def test_an_accent_that_follows_its_letter_belongs_to_it():
    text = "Ma\u030aling: ＡＢ １２ ３４５"
    finding = next(finding for finding in rules.check(text) if finding.check == "C-03")
    assert text[finding.start : finding.end] == "ＡＢ １２ ３４５"


@pytest.mark.parametrize("part", ["M.", "11.", "1-", "a", "A ", "har ", "0 ", '"', "sigtet for ", "a@", "Mads "])
def test_a_long_text_of_one_thing_comes_through(part):
    """These once made a pattern go back and forth for minutes."""
    text = part * 3000
    found = rules.check(text + " 010165-4321", rules.Context(stage=rules.Stage.SIGTET))
    assert all(0 <= finding.start <= finding.end <= len(text) + 12 for finding in found)
    assert any(finding.check == "C-01" and finding.start >= len(text) for finding in found) or part == "0 "
