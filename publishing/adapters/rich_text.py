"""What is what in a text: links and hashtags with their places. Pure.

Bluesky wants each of them told, by the offsets of its UTF-8 bytes. Mentions stay plain text: turning a name into an
account takes the network, and a text must mean the same at approval and at sending.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import regex

# As in Bluesky's own composer: a tag starts after white space and is more than digits and punctuation.
TAG = regex.compile(r"(?<!\S)[#＃](?!\ufe0f)([^\s\u00ad\u2060\u200a-\u200d\u20e2]+)")
TAG_WORD = regex.compile(r"[^\d\p{P}]")
TAG_LONGEST = 64  # characters (app.bsky.richtext.facet#tag)
URL = regex.compile(r"(?<![\p{L}\p{N}])https?://[^\s<>\"]+", regex.IGNORECASE)
ENDS_SENTENCE = ".,;:!?'\"»«“”’…"
CLOSES = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True)
class Part:
    """A link or a tag; ``start`` and ``end`` are characters of the text."""

    start: int
    end: int
    url: str = ""
    tag: str = ""


def parts(text: str) -> Iterator[Part]:
    """Links and hashtags, in order, never one in another: what stands in a link is a part of the link."""
    urls = [*links(text)]
    tags = [tag for tag in _tags(text) if not any(tag.start < url.end and url.start < tag.end for url in urls)]
    yield from sorted([*urls, *tags], key=lambda part: part.start)


def facets(text: str) -> list[dict[str, Any]]:
    """The parts as Bluesky's facets."""
    return [
        {
            "index": {"byteStart": _bytes(text[: part.start]), "byteEnd": _bytes(text[: part.end])},
            "features": [
                {"$type": "app.bsky.richtext.facet#link", "uri": part.url}
                if part.url
                else {"$type": "app.bsky.richtext.facet#tag", "tag": part.tag}
            ],
        }
        for part in parts(text)
    ]


def graphemes(text: str) -> int:
    """What a person counts as characters: a family emoji is one."""
    return sum(1 for _cluster in regex.finditer(r"\X", text))


def links(text: str) -> Iterator[Part]:
    for match in URL.finditer(text):
        url = match.group()
        while url and (url[-1] in ENDS_SENTENCE or _unopened(url)):
            url = url[:-1]
        if url.partition("://")[2]:
            yield Part(match.start(), match.start() + len(url), url=url)


def _unopened(url: str) -> bool:
    """Ends in a bracket that it does not open: the bracket belongs to the sentence."""
    opened = CLOSES.get(url[-1])
    return opened is not None and url.count(opened) < url.count(url[-1])


def _tags(text: str) -> Iterator[Part]:
    for match in TAG.finditer(text):
        tag = regex.sub(r"\p{P}+$", "", match.group(1))
        if tag and len(tag) <= TAG_LONGEST and TAG_WORD.search(tag):
            yield Part(match.start(), match.start() + 1 + len(tag), tag=tag)


def _bytes(text: str) -> int:
    return len(text.encode())
