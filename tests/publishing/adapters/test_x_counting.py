"""How X counts. Each vector was also put to X's own published parser (twitter-text 3.1.0), which agrees."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.adapters import x_counting

VECTORS = [
    ("", 0),
    ("Hej", 3),
    ("blåbærgrød", 10),
    ("e\u0301", 1),  # composed first
    ("漢字", 4),
    ("かな", 4),
    ("한글", 4),
    ("ქართული", 7),
    ("Привет", 6),
    ("– — ’ “ ”", 9),
    ("…", 2),
    ("€", 2),
    ("\n\n", 2),
    ("a\u200db", 3),
    ("🚲", 2),
    ("👩‍👩‍👧", 2),
    ("👮🏽‍♀️", 2),
    ("🏴󠁧󠁢󠁳󠁣󠁴󠁿", 2),
    ("🇩🇰", 2),
    ("🇩🇰🇬🇱", 4),
    ("1️⃣", 2),
    ("❤️", 2),
    ("⚡️", 2),
    ("☎", 2),
    ("☎️", 2),
    ("©", 1),
    ("©️", 2),
    ("1", 1),
    ("🚲🏽", 4),
    ("https://politi.dk", 23),
    ("http://a.dk", 23),
    ("HTTPS://POLITI.DK/LYS", 23),
    ("https://politi.dk/" + "a" * 300, 23),
    ("politi.dk", 23),
    ("Se politi.dk.", 3 + 23 + 1),
    ("Se politi.dk/lys, nu", 3 + 23 + 4),
    ("blåbær.dk", 23),
    ("nu.Se", 23),  # a space forgotten after the full stop: a Swedish domain
    ("tak.Og", 6),
    ("kl. 9.30", 8),
    ("100.000 kr.", 11),
    ("ole@politi.dk", 13),
    ("@politi.dk", 10),
    ("#politi.dk", 10),
    ("-politi.dk", 10),
    ("politi.dk-", 10),
    ("https://a.dk/x_(y)", 23),
    ("(https://a.dk/x)", 25),
    ("https://a.dk/x.", 24),
    ("https://a.dk?b=1&c=2", 23),
    ("https://a.dk/?b=1.", 24),
    ("https://a.dk:8080/x", 23),
    ("https://a.dk,https://b.dk", 47),
    ("https://a.dk https://a.dk", 47),
    ("https://例え.jp/x", 23),
    ("https://localhost/x", 19),
    ("ftp://a.dk", 10),
    ("https://t.co/abcDEF123", 23),
    ("https://t.co/abc/def", 27),
    ("xn--blbr-roah.dk", 23),
    ("漢politi.dk", 25),
]


@pytest.mark.parametrize(("text", "weight"), VECTORS)
def test_a_text_weighs_what_x_says(text, weight):
    assert x_counting.count(text) == weight


WORDS = st.text(st.characters(exclude_characters=".:@#＃＠$", exclude_categories=["Cs", "Mn", "Me", "Cf", "So", "Sk"]))


@given(st.lists(WORDS, max_size=5))
def test_words_weigh_the_same_alone_and_together(words):
    together = x_counting.count(" ".join(words))
    assert together == sum(map(x_counting.count, words)) + max(0, len(words) - 1)


@given(st.text())
def test_how_a_letter_is_composed_does_not_matter(text):
    assert x_counting.count(unicodedata.normalize("NFD", text)) == x_counting.count(text)


@given(st.text(st.sampled_from("a.:/-_()?@#漢å🚲 \n1&=%")))
def test_links_are_in_order_and_apart(text):
    end = 0
    for start, stop in x_counting.links(text):
        assert end <= start < stop <= len(text)
        end = stop


@pytest.mark.parametrize(
    ("bit", "weight"), [("a.", 2), ("漢.", 3), ("a", 1), ("-", 1), ("_", 1), ("(a", 2), ("漢_", 3)]
)
def test_a_long_odd_text_is_counted_too(bit, weight):
    assert x_counting.count(bit * 1500) == weight * 1500
    assert x_counting.count(f"https://a.dk/{'(a' * 1500}") == 23 + 2 * 1500
