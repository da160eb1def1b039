"""Recognising a post or a comment in what Facebook shows of it, and finding it among the page's own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.utils.translation import gettext_lazy as _

from publishing.adapters import fitting, own_posts
from publishing.adapters.base import Absent, CannotTell, DeliveryKey
from publishing.adapters.meta_api import Graph
from publishing.adapters.own_posts import bare
from publishing.message import Message

PARTS = "media_type,target{id},url,unshimmed_url"
FIELDS = f"id,message,created_time,permalink_url,attachments{{{PARTS},subattachments{{{PARTS}}}}}"
COMMENT_FIELDS = "id,message,created_time,permalink_url,from,attachment"
PAGES = 3  # of a hundred


@dataclass(frozen=True)
class Shown:
    """A post or a comment of the page's. ``link`` is that of its card."""

    id: str
    text: str
    photos: tuple[str, ...]
    link: str
    permalink: str
    at: str

    def evidence(self) -> dict[str, str]:
        return {"text": f"{self.text} {self.link}".strip(), "permalink": self.permalink, "at": self.at}


def of_post(data: Mapping[str, Any]) -> Shown:
    parts = [part for top in _items(data, "attachments") for part in (_items(top, "subattachments") or [top])]
    photos = tuple(_target(part) for part in parts if part.get("media_type") == "photo")
    links = [str(part.get("unshimmed_url") or part.get("url") or "") for part in parts if not _target(part)]
    return _shown(data, photos, next(filter(None, links), ""))


def of_comment(data: Mapping[str, Any]) -> Shown:
    part = data.get("attachment") or {}
    return _shown(data, (_target(part),) if part.get("type") == "photo" else (), "")


def posted_text(message: Message, *, comment: bool = False) -> str:
    """Alone, a link becomes a card and stands in no text; beside images or a video, and in a comment, it does."""
    return fitting.whole_text(message) if message.media or message.video or comment else message.text


def same_words(message: Message, told: object) -> bool:
    return bare(posted_text(message)) == bare(str(told or ""))


def is_same(message: Message, shown: Shown, *, comment: bool = False) -> bool:
    """Whether this is the message, whatever was made of white space; images by their number."""
    card = "" if message.media or comment else message.link
    return (
        bare(posted_text(message, comment=comment)) == bare(shown.text)
        and len(shown.photos) == len(message.media)
        and (not card or _address(card) == _address(shown.link))
    )


def is_same_text(message: Message, shown: Shown, *, comment: bool = False) -> bool:
    return bare(posted_text(message, comment=comment)) == bare(shown.text)


def sought(graph: Graph, page_id: str, message: Message, key: DeliveryKey) -> Shown | Absent | CannotTell:
    """The post among the page's own since the first attempt began, the oldest if there are two; else what can be said
    about it. The same of an answer, among the page's own comments on the post that it answers."""
    if key.answers is None:
        query = {"fields": FIELDS}
        posts, complete = _listed(graph, f"{page_id}/published_posts", query, of_post, key.moment)
        return _found(posts, complete, message, comment=False)
    query = {"fields": COMMENT_FIELDS, "order": "reverse_chronological", "filter": "toplevel"}
    path = f"{key.answers.remote_id}/comments"
    comments, complete = _listed(graph, path, query, of_comment, key.moment, owner=page_id)
    return _found(comments, complete, message, comment=True)


def _found(shown: Sequence[Shown], complete: bool, message: Message, *, comment: bool) -> Shown | Absent | CannotTell:
    ours = bare(posted_text(message, comment=comment))
    return own_posts.sought(
        shown,
        complete=complete,
        is_same=lambda item: is_same(message, item, comment=comment),
        is_alike=lambda item: own_posts.is_alike(ours, bare(item.text)),
        evidence=Shown.evidence,
        absent=_("It is not among the page's own posts."),
    )


def _listed(
    graph: Graph,
    path: str,
    query: Mapping[str, str],
    read: Callable[[Mapping[str, Any]], Shown],
    since: datetime,
    owner: str = "",
) -> tuple[list[Shown], bool]:
    """What was written since then, newest first, and whether that is all of it."""
    found, asked = list[Shown](), {"limit": "100", **query}
    for _page in range(PAGES):
        response = graph.get(path, **asked)
        rows = response.get("data")
        recent = [row for row in rows if _at(row) >= since - own_posts.CLOCKS_DIFFER]
        found += [read(row) for row in recent if not owner or (row.get("from") or {}).get("id") == owner]
        paging = response.data().get("paging", {})
        if len(recent) < len(rows) or "next" not in paging:
            return found, True
        asked["after"] = str(paging["cursors"]["after"])
    return found, False


def _shown(data: Mapping[str, Any], photos: tuple[str, ...], link: str) -> Shown:
    permalink, at = str(data.get("permalink_url") or ""), str(data.get("created_time") or "")
    return Shown(str(data["id"]), str(data.get("message") or ""), photos, link, permalink, at)


def _items(data: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    return list((data.get(name) or {}).get("data") or [])


def _target(part: Mapping[str, Any]) -> str:
    return str((part.get("target") or {}).get("id") or "")


def _at(row: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(str(row["created_time"]))


def _address(url: str) -> str:
    """Without what Facebook adds to an address or leaves out of it."""
    parts = urlsplit(url)
    query = urlencode([pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != "fbclid"])
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}?{query}"
