"""Finding a post on the account's own timeline, where the server does not know it by a key of ours."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing.adapters import fediverse_text, fitting, own_posts
from publishing.adapters.base import Absent, CannotTell, DeliveryKey
from publishing.adapters.fediverse import Server
from publishing.message import Message

KEYS_KEPT = timedelta(minutes=50)  # by the server for an hour, counted from when it posted
PAGES = 5  # at most: more than 200 posts since the first attempt are not gone through

Status = Mapping[str, Any]


def find(server: Server, message: Message, key: DeliveryKey) -> Status | Absent | CannotTell:
    """Look for it among the account's own posts, back to when the first attempt began.

    Where the server merges a repeat, sending again within the hour is as safe as proof.
    """
    config = server.account.config
    account_id = str(config.get("account_id") or server.me().get("id"))
    posts, complete = listed(server, account_id, key.moment)
    answers = key.answers.remote_id if key.answers is not None else ""
    found = sought(message, [post for post in posts if _answered(post) == answers], complete=complete)
    if isinstance(found, CannotTell) and config.get("keeps_keys") and datetime.now(UTC) - key.moment < KEYS_KEPT:
        return Absent(_("The server merges a repeat with the same key."))
    return found


def listed(server: Server, account_id: str, since: datetime) -> tuple[list[Status], bool]:
    """What the account posted since then, newest first, and whether that is all of it."""
    found: list[Status] = []
    query = {"limit": "40", "exclude_reblogs": "true"}
    for _page in range(PAGES):
        response = server.check(server.call("GET", f"/api/v1/accounts/{account_id}/statuses", params=query))
        page = response.json()
        if not isinstance(page, list):
            raise response.unreadable("no list")
        recent = [status for status in page if _at(status) >= since - own_posts.CLOCKS_DIFFER]
        found += recent
        if not page or len(recent) < len(page):
            return found, True
        query["max_id"] = str(page[-1]["id"])
    return found, False


def sought(message: Message, posts: Sequence[Status], *, complete: bool) -> Status | Absent | CannotTell:
    """The post with this text and these alternative texts; the oldest, should there be two."""
    text, alts = fitting.whole_text(message), [words.strip() for words in fitting.descriptions(message)]
    return own_posts.sought(
        posts,
        complete=complete,
        is_same=lambda status: _alts(status) == alts and fediverse_text.is_same(text, str(status["content"])),
        is_alike=lambda status: fediverse_text.is_alike(text, str(status["content"])),
        evidence=_evidence,
        absent=_("It is not on the account's timeline."),
    )


def _answered(status: Status) -> str:
    """The id of the post that this one answers; empty when it answers none."""
    return str(status.get("in_reply_to_id") or "")


def _alts(status: Status) -> list[str]:
    return [str(item.get("description") or "").strip() for item in status.get("media_attachments", [])]


def _at(status: Status) -> datetime:
    return datetime.fromisoformat(str(status["created_at"]))


def _evidence(status: Status) -> Mapping[str, str]:
    text = fediverse_text.plain(str(status["content"]))
    return {"text": text, "permalink": str(status.get("url") or ""), "at": str(status["created_at"])}
