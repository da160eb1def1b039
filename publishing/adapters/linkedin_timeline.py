"""Finding a post among the organisation's own, and what LinkedIn means when it says that it has this post already."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing import http
from publishing.adapters import linkedin_post as post
from publishing.adapters import linkedin_text as text
from publishing.adapters import own_posts
from publishing.adapters.base import Absent, CannotTell
from publishing.adapters.linkedin_api import POSTS, SITE, Api, encoded, words
from publishing.errors import ContentRejected, OutcomeUnknown, RateLimited, TemporaryError
from publishing.message import Message

SIZE, PAGES = 100, 3
ALREADY = _("LinkedIn says that it has this post already.")
_URN = re.compile(r"urn:li:(?:share|ugcPost):(\d{8,})")

Post = Mapping[str, Any]


def sought(api: Api, message: Message, since: datetime, video: str = "") -> Post | Absent | CannotTell:
    """The post with this very ``video``, or with this text and these alternative texts, the oldest if there are two;
    else what can be said."""
    posts, complete = _own_posts(api, since)
    ours = own_posts.bare(post.text_of(message))
    return own_posts.sought(
        posts,
        complete=complete,
        is_same=lambda found: is_same(message, found) or bool(video and post.video_of(found) == video),
        is_alike=lambda found: own_posts.is_alike(ours, _bare(found)),
        evidence=_evidence,
        absent=_("It is not among the organisation's posts."),
    )


def is_same(message: Message, found: Post) -> bool:
    alts = [(alt or "").strip() for alt in post.alts(dict(found))]
    same = text.is_same(post.text_of(message), str(found.get("commentary") or ""))
    if message.video is not None:
        return same and bool(post.video_of(found)) and alts == [message.video.description.strip()]
    return same and alts == [media.alt.strip() for media in message.media]


def is_duplicate(response: http.Response) -> bool:
    """LinkedIn refuses the same words twice, also when the first were deleted a moment ago."""
    errors = (response.data().get("errorDetails") or {}).get("inputErrors") or []
    return response.status == 422 and (
        "DUPLICATE_POST" in [error.get("code") for error in errors] or "is a duplicate of" in words(response)
    )


def already(api: Api, message: Message, since: datetime, response: http.Response) -> str:
    """The URN that a refusal of a duplicate names, if that is what an earlier attempt of ours left.

    ContentRejected: the same was posted before. OutcomeUnknown: it is named, and is not to be seen.
    """
    match = _URN.search(words(response))
    if match is None:
        raise OutcomeUnknown(ALREADY, "duplicate, and it does not say of what")
    urn, begun = match[0], since - own_posts.CLOCKS_DIFFER
    try:
        there = api.look(urn)
    except (TemporaryError, RateLimited) as error:
        raise OutcomeUnknown(ALREADY, error.detail) from None
    made = _made_at(int(match[1])) if there is None else _at(there.data())
    if made < begun:
        gone = _("LinkedIn refuses this text: the organisation posted the same before and deleted it. Change the text.")
        before = _("LinkedIn refuses this text because the organisation has posted the same before.")
        raise ContentRejected(gone if there is None else before, f"duplicate of {urn}")
    if there is None or not is_same(message, there.data()):
        raise OutcomeUnknown(ALREADY, f"duplicate of {urn}, " + ("not there" if there is None else "with other words"))
    return urn


def permalink(urn: str) -> str:
    return f"{SITE}/feed/update/{urn}"


def _own_posts(api: Api, since: datetime) -> tuple[Sequence[Post], bool]:
    """What the organisation posted since then, newest first, and whether that is all of it."""
    found: list[Post] = []
    for page in range(PAGES):
        place = f"?author={encoded(api.owner)}&q=author&count={SIZE}&start={page * SIZE}&sortBy=CREATED"
        response = api.check(api.call("GET", POSTS + place, "FINDER"))
        elements = response.get("elements")
        recent = [item for item in elements if _at(item) >= since - own_posts.CLOCKS_DIFFER]
        found += recent
        if len(elements) < SIZE or len(recent) < len(elements):
            return found, True
    return found, False


def _at(found: Post) -> datetime:
    """When it was made; what does not say was made just now, so that it counts as ours to look at."""
    told = found.get("createdAt") or found.get("publishedAt")
    return datetime.fromtimestamp(told / 1000, UTC) if type(told) is int else datetime.now(UTC)


def _made_at(number: int) -> datetime:
    """A URN's number begins with the milliseconds at which it was given."""
    return datetime.fromtimestamp(min(number >> 22, 4_102_444_800_000) / 1000, UTC)


def _bare(found: Post) -> str:
    return own_posts.bare(text.plain(str(found.get("commentary") or "")))


def _evidence(found: Post) -> Mapping[str, str]:
    said = text.plain(str(found.get("commentary") or ""))
    return {"text": said, "permalink": permalink(str(found.get("id"))), "at": _at(found).isoformat()}
