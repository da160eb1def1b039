"""X against what X itself publishes: its OpenAPI document, and its parser of texts."""

import random

import pytest
import regex

from publishing.adapters import x_counting
from publishing.adapters.x import X
from publishing.errors import ContentRejected
from publishing.message import Message
from tests.publishing.adapters.test_x import TestX as WithoutDocument
from tests.publishing.adapters.test_x_counting import VECTORS

pytestmark = pytest.mark.servers
PIECES = [
    *("politi.dk", "http://", "https://", "www.", "a", "å", "blåbær.dk", "日本", "kl.", "om", " ", "\n", ".", ",", "-"),
    *("!", "?", "?q=1&b=%20", ":8080", "/", "/a/b", "/a_(b)", "/(a(b)c)", "/æøå", "/x.", "_", "@", "#", "$", "(", ")"),
    *("ole@politi.dk", "x.y.co.uk", "t.co", "https://t.co/abcDEF123", "e.g.", "1.2", "100.000", "nu.Se", "tak.Og"),
    *("a-b.com", "a_b.com", "-a.com", "a-.com", "1.dk", "'", '"', "[", "]", "<", ">", "…", "–", "·", "🚲", "e\u0301"),
    *(
        "\u200b",
        "\u00a0",
        "xn--blbr-roah.dk",
        "example.中国",
        "/@ole/",
        "/~x",
        "|",
        "&amp;",
        ";",
        "=",
        "+",
        "ftp://a.dk",
    ),
]


class TestXBehindItsDocument(WithoutDocument):
    """The same contract; whatever is asked or answered is looked at by X's own document."""

    @pytest.fixture
    def fake(self, x_behind_openapi):
        return x_behind_openapi

    def test_the_document_notices_what_it_does_not_know(self, fake, account, monkeypatch):
        monkeypatch.setattr(
            "publishing.adapters.x_post.write", lambda message, ids, key: {"text": message.text, "lang": "da"}
        )
        with pytest.raises(ContentRejected):
            X().send(account, Message(text="Hej"), self.new_key())
        assert [item["code"] for item in fake.violations] == ["additionalProperties"]
        fake.violations.clear()


def test_we_count_what_x_counts(twitter_text):
    chance = random.Random(7)
    texts = [text for text, _weight in VECTORS]
    texts += ["".join(chance.choices(PIECES, k=chance.randint(1, 7))) for _ in range(5000)]
    wrong = [(text, x_counting.count(text), theirs) for text, theirs in zip(texts, twitter_text(texts), strict=True)]
    assert [item for item in wrong if item[1] != item[2]] == []


def test_we_count_every_emoji_as_x_does(twitter_text):
    """Those of its parser's time (Unicode 11): younger ones that are composed it takes apart, X's own page does not."""
    emoji = [chr(code) for code in range(0xA0, 0x1FB00) if regex.match(r"\p{Emoji}", chr(code))]
    ours = [x_counting.count(letter) for letter in emoji]
    assert ours == twitter_text(emoji)
