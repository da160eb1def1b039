"""How Mastodon counts a text, and how a text is recognised in the HTML that servers make of it. Pure."""

import unicodedata
from html.parser import HTMLParser

import regex

from publishing.adapters import own_posts, rich_text

MENTION = regex.compile(
    r"(?<![\p{L}\p{N}/_])(@[a-z0-9_]+(?:[a-z0-9_.-]+[a-z0-9_])?)@[\p{L}\p{N}.-]*[\p{L}\p{N}]", regex.I
)
DIGITS = regex.compile(r"\d+")


def count(text: str, url_characters: int | None) -> int:
    """Characters as the server counts.

    Mastodon counts graphemes, every link as ``url_characters`` and of a mention only the local name. Others
    (``url_characters`` is None) count code points, all of them.
    """
    if url_characters is None:
        return len(text)
    links = list(rich_text.links(text))
    rest, end = [], 0
    for link in links:
        rest.append(text[end : link.start])
        end = link.end
    rest.append(text[end:])
    return sum(rich_text.graphemes(MENTION.sub(r"\1", part)) for part in rest) + url_characters * len(links)


def is_same(text: str, html: str) -> bool:
    """Whether this HTML is this text, whatever the server made of lines, links and mentions."""
    return _bare(text) in _readings(html)


def is_alike(text: str, html: str) -> bool:
    """Whether it might be, so that nobody may say that it is not. A server changes signs and words, never figures."""
    mine = _letters(_bare(text))
    readings = map(_letters, _readings(html))
    return any(
        DIGITS.findall(mine) == DIGITS.findall(theirs) and own_posts.is_alike(mine, theirs) for theirs in readings
    )


def plain(html: str) -> str:
    """The words, for a person who compares."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.shown).split())


def _bare(text: str) -> str:
    """Without white space and the hosts of mentions, which servers are free to change."""
    return "".join(MENTION.sub(r"\1", unicodedata.normalize("NFC", text)).split())


def _letters(text: str) -> str:
    return regex.sub(r"[^\p{L}\p{N}]", "", text)


def _readings(html: str) -> set[str]:
    """As shown, and with the address of each link instead of what is shown of it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return {_bare("".join(reader.shown)), _bare("".join(reader.linked))}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shown: list[str] = []
        self.linked: list[str] = []
        self.inside_link = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        classes = (found.get("class") or "").split()
        if tag == "a" and not {"mention", "hashtag", "u-url"} & set(classes) and found.get("rel") != "tag":
            self.inside_link = True
            self.linked.append(found.get("href") or "")
        elif tag in ("br", "p"):
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.inside_link = False

    def handle_data(self, data: str) -> None:
        self.shown.append(data)
        if not self.inside_link:
            self.linked.append(data)
