"""Little text: whatever is written, a reader sees all of it. The fake cuts as LinkedIn does, by code of its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.adapters import linkedin_text
from publishing.adapters.linkedin_text import SIGNS, little, plain
from tests.fakes.linkedin import shown

OF_THE_LANGUAGE = st.text(st.sampled_from(sorted(SIGNS) + list("aÅ9 \n|hashtag") + ["\u0301", "🚲"]), max_size=60)
PIECES = st.lists(
    st.sampled_from(
        [
            *("{hashtag|\\#|lys}", "@[Politi](urn:li:organization:1)", "\\", "\\#", "{", "|", " ", "##", "#9", "#_a"),
            *(
                "#lys",
                "a#b",
                "#trafik_",
                "(#lys)",
                "#e\u0301",
                "#\u0301",
                "#漢字",
                "#lys.",
                "https://politi.dk/a_b(c)?d=~#e",
            ),
        ]
    )
).map("".join)


@given(st.text(max_size=80) | OF_THE_LANGUAGE | PIECES)
def test_a_reader_sees_every_sign_that_was_written(text):
    told = little(text)
    assert shown(told) == text
    assert plain(told) == text


@given(OF_THE_LANGUAGE | PIECES)
def test_what_linkedin_shows_of_it_is_recognised_and_nothing_shorter_is(text):
    told = little(text)
    assert linkedin_text.is_same(text, told)
    assert linkedin_text.is_same(f"{text} slut", told) is False


@given(st.text(max_size=40))
def test_it_never_gets_shorter(text):
    assert linkedin_text.length(little(text)) >= len(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Husk lys (4 %) #trafik", r"Husk lys \(4 %\) {hashtag|\#|trafik}"),
        ("#lys, #Ørestad!", r"{hashtag|\#|lys}, {hashtag|\#|Ørestad}!"),
        ("C# og nr. #1", r"C\# og nr. \#1"),
        ("#ny_cykel", r"\#ny\_cykel"),
        ("https://politi.dk/a_b#c", r"https://politi.dk/a\_b\#c"),
        ("https://politi.dk/#/sag", r"https://politi.dk/\#/sag"),
        ("presse@politi.dk <nu>", r"presse\@politi.dk \<nu\>"),
    ],
)
def test_signs_are_escaped_and_hashtags_work(text, told):
    assert little(text) == told


def test_the_fake_cuts_what_nobody_escaped_as_linkedin_does():
    assert shown("Vi fandt 4% (i dag) og mere") == "Vi fandt 4% "


def test_an_emoji_is_two():
    assert linkedin_text.length(little("🚲")) == 2
