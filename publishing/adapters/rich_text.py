"""What is what in a text: links, hashtags and mentions with their places. Pure.

Bluesky wants each of them told, by the offsets of its UTF-8 bytes. Whom a handle means is told to us: looking it up
takes the network, and a text must mean the same at approval and at sending. Any other handle stays plain text.
"""

from collections.abc import Iterator, Mapping
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
    """A link, a tag or a mention of whom ``did`` names; ``start`` and ``end`` are characters of the text."""

    start: int
    end: int
    url: str = ""
    tag: str = ""
    did: str = ""


def parts(text: str, mentions: Mapping[str, str] | None = None) -> Iterator[Part]:
    """All of them in order, never one in another: what stands in a link is a part of the link, and so on."""
    found = list[Part]()
    for part in (*links(text), *_tags(text), *_mentions(text, mentions or {})):
        if not any(part.start < other.end and other.start < part.end for other in found):
            found.append(part)
    yield from sorted(found, key=lambda part: part.start)


def facets(text: str, mentions: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """The parts as Bluesky's facets; ``mentions`` are handles as they stand in the text, and whom each means."""
    return [
        {
            "index": {"byteStart": _bytes(text[: part.start]), "byteEnd": _bytes(text[: part.end])},
            "features": [_feature(part)],
        }
        for part in parts(text, mentions)
    ]


def _feature(part: Part) -> dict[str, str]:
    if part.url:
        return {"$type": "app.bsky.richtext.facet#link", "uri": part.url}
    if part.did:
        return {"$type": "app.bsky.richtext.facet#mention", "did": part.did}
    return {"$type": "app.bsky.richtext.facet#tag", "tag": part.tag}


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


def _mentions(text: str, mentions: Mapping[str, str]) -> Iterator[Part]:
    """Each place of a handle that is all of a name: neither a longer one, nor the end of an e-mail address."""
    for handle, did in mentions.items():
        for match in regex.finditer(rf"(?<![\w.@-]){regex.escape(handle)}(?![\w@-]|\.\w)", text):
            yield Part(match.start(), match.end(), did=did)


def _bytes(text: str) -> int:
    return len(text.encode())
