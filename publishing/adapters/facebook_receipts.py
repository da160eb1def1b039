"""What we keep of a post or a comment on Facebook: what reading, correcting and taking it down need to know."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from publishing.adapters import meta_api
from publishing.adapters.base import DeliveryKey, Receipt
from publishing.adapters.facebook_posts import Shown
from publishing.adapters.facebook_requests import beside_the_words
from publishing.http import Response
from publishing.message import Message


def made(node: str, photos: Sequence[str], message: Message, key: DeliveryKey, response: Response) -> Receipt:
    """Of what a good answer has just said."""
    return Receipt(node, _address(node), _details(photos, message, key), meta_api.not_before(response))


def found(shown: Shown, message: Message, key: DeliveryKey) -> Receipt:
    """Of what an earlier attempt had made."""
    return Receipt(shown.id, shown.permalink or _address(shown.id), _details(shown.photos, message, key))


def of_video(message: Message, there: Response, not_before: datetime | None = None) -> Receipt:
    """Of a video as Facebook shows it; its address is told without the site."""
    node, path = str(there.get("id")), str(there.data().get("permalink_url") or "")
    address = f"https://www.facebook.com{path}" if path.startswith("/") else path or _address(node)
    details = {"video": True, "photos": [], "comment": False, "kept": beside_the_words(message, comment=False)}
    return Receipt(node, address, details, not_before)


def is_video(receipt: Receipt) -> bool:
    return bool(receipt.details.get("video"))


def is_comment(receipt: Receipt) -> bool:
    return bool(receipt.details.get("comment"))


def _details(photos: Sequence[str], message: Message, key: DeliveryKey) -> dict[str, Any]:
    comment = key.answers is not None
    return {"photos": list(photos), "comment": comment, "kept": beside_the_words(message, comment=comment)}


def _address(node: str) -> str:
    return f"https://www.facebook.com/{node}"
