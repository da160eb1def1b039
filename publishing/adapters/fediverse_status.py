"""A message as a status of Mastodon's API, and a status as a receipt. Pure."""

from collections.abc import Mapping
from typing import Any

from publishing.adapters import fediverse_media, fitting
from publishing.adapters.base import Account, DeliveryKey, Receipt
from publishing.message import Message


def named(key: DeliveryKey) -> dict[str, str]:
    return {"Idempotency-Key": str(key.uuid)}


def posted(account: Account, message: Message, media_ids: list[str], key: DeliveryKey) -> dict[str, Any]:
    """As JSON: some servers drop the images of a form without a word."""
    answers = {"in_reply_to_id": key.answers.remote_id} if key.answers is not None else {}
    return {
        "status": fitting.whole_text(message),
        "media_ids": media_ids,
        "visibility": message.extra.get("visibility") or account.config.get("visibility") or "public",
        "language": message.language.partition("-")[0],
        "sensitive": False,
        **answers,
    }


def edited(
    account: Account, message: Message, media_ids: list[str], key: DeliveryKey, *, described: bool
) -> dict[str, Any]:
    """Who can see a post, and what it answers, is decided when it is posted. ``described``: media that are there
    already are told their words."""
    status = posted(account, message, media_ids, key)
    body = {name: value for name, value in status.items() if name not in ("visibility", "in_reply_to_id")}
    words = zip(media_ids, fitting.descriptions(message), strict=True)
    attributes = [{"id": made, "description": said} for made, said in words] if described else []
    return {**body, **({"media_attributes": attributes} if attributes else {})}


def receipt(status: Mapping[str, Any], message: Message) -> Receipt:
    permalink = str(status.get("url") or status.get("uri") or "")
    return Receipt(str(status["id"]), permalink, fediverse_media.details(message, status))
