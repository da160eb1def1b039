"""A message as a post of X's API, and what is asked of such a post again. Pure."""

from typing import Any

from publishing import http
from publishing.adapters import fitting
from publishing.adapters.base import DeliveryKey
from publishing.message import Message


def write(message: Message, media_ids: list[str], key: DeliveryKey) -> dict[str, Any]:
    made: dict[str, Any] = {"text": fitting.whole_text(message)}
    if media_ids:
        made["media"] = {"media_ids": media_ids}
    if key.answers is not None:
        made["reply"] = {"in_reply_to_tweet_id": key.answers.remote_id}
    return made


def shown(message: Message) -> int:
    """How many media the post shows."""
    return len(message.media) + (message.video is not None)


def alts(response: http.Response) -> list[str | None]:
    """The alternative texts of what a post shows, in order."""
    told = response.data().get("includes", {}).get("media", [])
    by_key = {item.get("media_key"): item.get("alt_text") for item in told}
    return [by_key.get(key) for key in response.get("data").get("attachments", {}).get("media_keys", [])]
