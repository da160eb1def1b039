"""A message as a record of Bluesky (lexicon ``app.bsky.feed.post``). Pure: the same delivery gives the same bytes."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any
from urllib.parse import urlsplit

from publishing.adapters import atproto, bluesky_video, fitting, rich_text
from publishing.adapters.base import DeliveryKey, Receipt
from publishing.adapters.bluesky_blobs import blob
from publishing.message import Message

POST = "app.bsky.feed.post"


def text_of(message: Message) -> str:
    """With images or a video the link stands in the text; without, it becomes a card."""
    return fitting.whole_text(message) if message.media or message.video else message.text


def moment(key: DeliveryKey) -> str:
    """When it was first sent, or its hour, if it was made ready ahead of that."""
    return (
        max(key.moment, key.hour or key.moment)
        .astimezone(UTC)
        .isoformat(timespec="milliseconds")
        .replace("+00:00", "Z")
    )


def write(did: str, message: Message, key: DeliveryKey) -> dict[str, Any]:
    """The body of ``putRecord``: written only where nothing is."""
    text = text_of(message)
    record: dict[str, Any] = {
        "$type": POST,
        "text": text,
        "createdAt": moment(key),
        "langs": [message.language],
        "facets": rich_text.facets(text, message.mentions()),
    }
    if key.answers is not None:
        record["reply"] = {"root": root(key.answers), "parent": _reference(key.answers)}
    if embed := _embed(message):
        record["embed"] = embed
    return {"repo": did, "collection": POST, "rkey": atproto.tid(key), "swapRecord": None, "record": record}


def root(answered: Receipt) -> dict[str, str]:
    """The first post of the thread that the answered one belongs to."""
    found = answered.details.get("root") or _reference(answered)
    return {"uri": str(found["uri"]), "cid": str(found["cid"])}


def alts(value: Mapping[str, Any]) -> list[str]:
    """Of a record that is there: what its images, or its video, show in words, in order."""
    embed = value.get("embed", {})
    shown = [embed] if "video" in embed else embed.get("images", [])
    return [item.get("alt", "") for item in shown]


def _reference(post: Receipt) -> dict[str, str]:
    return {"uri": post.remote_id, "cid": str(post.details["cid"])}


def _embed(message: Message) -> dict[str, Any] | None:
    if message.video is not None:
        return bluesky_video.embed(message.video)
    return _images(message) if message.media else _card(message)


def _images(message: Message) -> dict[str, Any]:
    return {
        "$type": "app.bsky.embed.images",
        "images": [
            {
                "alt": media.alt,
                "aspectRatio": {"width": media.width, "height": media.height},
                "image": blob(media.sha256, media.mime, media.size),
            }
            for media in message.media
        ],
    }


def _card(message: Message) -> dict[str, Any] | None:
    if not message.link:
        return None
    title = message.title or str(urlsplit(message.link).hostname)
    card = {"uri": message.link, "title": title, "description": message.summary}
    return {"$type": "app.bsky.embed.external", "external": card}
