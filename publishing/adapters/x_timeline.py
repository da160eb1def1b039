"""Recognising a post in what X shows of it, and finding it among the account's own.

X writes every link as t.co and says in ``entities`` what it stands for, appends one for images and videos,
and escapes &, < and >.
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing.adapters import own_posts, x_counting
from publishing.adapters.base import Absent, CannotTell
from publishing.adapters.x_api import POST_FIELDS, Api

PAGES = 3  # of a hundred

Post = Mapping[str, Any]


def sought(
    api: Api, user_id: str, text: str, shown: int, since: datetime, answers: str = ""
) -> Post | Absent | CannotTell:
    """The post with this text and as many media that answers the same post or none, the oldest if there are two;
    else what can be said about it."""
    posts, complete = _own_posts(api, user_id, since)
    if posts is None:
        return CannotTell(_("X does not let us read the account's own posts."))
    return own_posts.sought(
        [post for post in posts if _answered(post) == answers],
        complete=complete,
        is_same=lambda post: is_same(text, post) and len(post.get("attachments", {}).get("media_keys", [])) == shown,
        is_alike=lambda post: own_posts.is_alike(_ours(text), _theirs(post)),
        evidence=_evidence,
        absent=_("It is not on the account's timeline."),
    )


def _answered(post: Post) -> str:
    """The id of the post that this one answers; empty when it answers none."""
    linked = post.get("referenced_tweets") or []
    return next((str(item["id"]) for item in linked if item.get("type") == "replied_to"), "")


def is_same(text: str, post: Post) -> bool:
    """Whether this post says this text, whatever X made of links and white space."""
    return _ours(text) == _theirs(post)


def _own_posts(api: Api, user_id: str, since: datetime) -> tuple[Sequence[Post] | None, bool]:
    """What the account posted since then, newest first, and whether that is all; None when we may not read it."""
    start = (since - own_posts.CLOCKS_DIFFER).strftime("%Y-%m-%dT%H:%M:%SZ")
    query = {"max_results": "100", "start_time": start, "exclude": "retweets", "tweet.fields": POST_FIELDS}
    found: list[Post] = []
    for _page in range(PAGES):
        response = api.call("GET", f"/2/users/{user_id}/tweets", params=query)
        if response.status == 403:
            return None, False
        api.check(response)
        found += response.data().get("data", [])
        token = response.get("meta").get("next_token")
        if not token:
            return found, True
        query["pagination_token"] = token
    return found, False


def _ours(text: str) -> str:
    text, parts, at = unicodedata.normalize("NFC", text), list[str](), 0
    for start, end in x_counting.links(text):
        parts += [text[at:start], _address(text[start:end])]
        at = end
    return "".join("".join([*parts, text[at:]]).split())


def _theirs(post: Post) -> str:
    text = html.unescape(str(post.get("text", "")))
    for short, whole, of_image in _links(post):
        text = text.replace(short, "" if of_image else _address(whole), 1)
    return own_posts.bare(text)


def _links(post: Post) -> Iterator[tuple[str, str, bool]]:
    """What stands in the text, what it leads to, and whether X put it there for an image or a video."""
    for link in (post.get("entities") or {}).get("urls") or []:
        short, whole = link.get("url"), link.get("expanded_url") or ""
        if short:
            of_media = re.search(rf"/status/{post.get('id')}/(photo|video)/", whole)
            yield short, whole, bool(link.get("media_key") or of_media)


def _address(url: str) -> str:
    """Without what X adds to an address or leaves out of it."""
    return url.partition("://")[2].rstrip("/") if "://" in url else url.rstrip("/")


def _evidence(post: Post) -> Mapping[str, str]:
    text = str(post.get("text", ""))
    for short, whole, of_image in _links(post):
        text = text.replace(short, "" if of_image else whole, 1)
    permalink = f"https://x.com/i/web/status/{post.get('id')}"
    return {"text": html.unescape(text), "permalink": permalink, "at": str(post.get("created_at", ""))}
