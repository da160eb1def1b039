"""What is asked of Facebook to make a post or a comment: paths and forms. Pure."""

import json
from collections.abc import Sequence
from typing import Any

from publishing.adapters.base import Account, DeliveryKey
from publishing.adapters.facebook_posts import posted_text
from publishing.message import Media, Message

Form = dict[str, Any]


def page_of(account: Account) -> str:
    """The page's id, as it was picked; before that the page of whoever has the access."""
    return str(account.config.get("page_id") or "me")


def is_photo(message: Message, key: DeliveryKey) -> bool:
    """Whether the post is the photo itself: one image, and not in a comment."""
    return len(message.media) == 1 and key.answers is None


def beside_the_words(message: Message, *, comment: bool) -> list[list[str]]:
    """What Facebook does not change once it is out: each image with its alternative text, the video with its captions,
    or the link of the card."""
    if message.video is not None:
        return [["video", message.video.sha256], ["captions", message.video.captions]]
    card = message.link if not message.media and not comment else ""
    return [*([media.sha256, media.alt] for media in message.media), *([["link", card]] if card else [])]


def photos(account: Account, message: Message, key: DeliveryKey) -> list[tuple[Media, str, Form]]:
    """Each image with where it goes and what goes with it; seen by nobody yet, unless it is the post itself."""
    path, made = f"{page_of(account)}/photos", []
    for media in message.media:
        form: Form = {"alt_text_custom": media.alt} if media.alt.strip() else {}
        if is_photo(message, key):
            text = posted_text(message)
            form |= {"published": "true", **({"caption": text} if text else {})}
        else:
            form["published"] = "false"
        made.append((media, path, form))
    return made


def post(account: Account, message: Message, key: DeliveryKey, photo_ids: Sequence[str]) -> tuple[str, Form]:
    """The request that makes it appear."""
    text = posted_text(message, comment=key.answers is not None)
    form: Form = {"message": text} if text else {}
    if key.answers is not None:
        return f"{key.answers.remote_id}/comments", form | ({"attachment_id": photo_ids[0]} if photo_ids else {})
    if photo_ids:
        form["attached_media"] = json.dumps([{"media_fbid": photo} for photo in photo_ids], ensure_ascii=False)
    elif message.link:
        form["link"] = message.link
    return f"{page_of(account)}/feed", form


def source(media: Media) -> dict[str, tuple[str, bytes, str]]:
    """The bytes of an image as a file of a form; its name is not told."""
    return {"source": ("image", media.read(), media.mime)}
