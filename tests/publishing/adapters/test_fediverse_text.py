"""A text and the HTML that servers make of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.adapters import fediverse_text
from tests.fakes.mastodon import FakeMastodon
from tests.publishing.adapters.test_rich_text import TEXTS

WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)


@given(TEXTS)
def test_a_text_is_recognised_in_what_mastodon_makes_of_it(text):
    assert fediverse_text.is_same(text, FakeMastodon.rendered(None, text))


@given(TEXTS, WORDS)
def test_and_not_when_a_word_more_is_there(text, word):
    assert not fediverse_text.is_same(text, FakeMastodon.rendered(None, f"{text} {word}"))


@given(TEXTS)
def test_a_link_never_counts_as_more_than_there_is_and_without_links_it_is_what_a_reader_counts(text):
    assert fediverse_text.count(text, None) == len(text)
    if "://" not in text and "@" not in text:
        assert fediverse_text.count(text, 23) <= len(text)


@pytest.mark.parametrize(
    "html",
    [
        "<p>Se politi.dk: <a href='https://politi.dk/lys?a=1&amp;b=2' rel='nofollow'>politi.dk/lys…</a></p>",
        "<p>Se politi.dk:<br><a href='https://politi.dk/lys?a=1&amp;b=2'>https://politi.dk/lys?a=1&amp;b=2</a></p>",
        "Se politi.dk: https://politi.dk/lys?a=1&#38;b=2",
        "<script>Se politi.dk: https://politi.dk/lys?a=1&b=2</script>",
    ],
)
def test_other_servers_write_links_in_their_own_ways(html):
    assert fediverse_text.is_same("Se politi.dk: https://politi.dk/lys?a=1&b=2", html)


def test_a_mention_is_recognised_without_its_host():
    link = '<a href="https://x.example/@red" class="u-url mention">@<span>red</span></a>'
    assert fediverse_text.is_same("Tak @red@x.example!", f'<p>Tak <span class="h-card">{link}</span>!</p>')


@pytest.mark.parametrize(
    ("html", "alike"),
    [
        ("<p>Husk “lys” på cyklen – altid…</p>", True),
        ("<p>Husk lys på bilen - altid...</p>", True),
        ("<p>Vejret bliver godt</p>", False),
        ("", False),
    ],
)
def test_what_a_server_may_have_changed_is_alike(html, alike):
    assert fediverse_text.is_alike('Husk "lys" på cyklen - altid...', html) is alike


@given(st.text(max_size=80))
def test_no_html_is_too_broken_to_read(html):
    assert isinstance(fediverse_text.plain(html), str)
