"""A message as a post of LinkedIn's Posts API. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from publishing.adapters import fitting
from publishing.adapters.base import Problem
from publishing.adapters.linkedin_text import is_same, little
from publishing.errors import Words
from publishing.message import Message

TITLE, DESCRIPTION = 400, 4086  # characters of a link's card
SMALLEST = 75_000  # bytes of a video


def text_of(message: Message) -> str:
    """With images or a video the link stands in the text; without, it becomes a card."""
    return fitting.whole_text(message) if message.media or message.video else message.text


def write(owner: str, message: Message, images: Sequence[str]) -> dict[str, Any]:
    """The body of a new post; ``images`` are the URNs of what was uploaded, in order: images, or the one video."""
    made: dict[str, Any] = {
        "author": owner,
        "commentary": little(text_of(message)),
        "visibility": "PUBLIC",
        "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
    }
    content = _content(message, images)
    return {**made, "content": content} if content else made


def patch(message: Message) -> dict[str, Any]:
    """What changes the words of a post that is out."""
    return {"$set": {"commentary": little(text_of(message))}}


def beside_the_words(message: Message) -> dict[str, Any]:
    """What LinkedIn does not change once it is out: the card, each image with its alternative text, or the video."""
    if message.video is not None:
        return {**_content(message, [message.video.sha256]), "captions": message.video.captions}
    return _content(message, [media.sha256 for media in message.media])


def title_of(message: Message) -> str:
    """Of the card: LinkedIn looks nothing up by itself."""
    return message.title or str(urlsplit(message.link).hostname or message.link)


def problems(message: Message) -> Iterator[Problem]:
    """What only LinkedIn minds."""
    if message.video is not None and message.video.size < SMALLEST:
        yield Problem("video", _("The video is too small for LinkedIn."), "video_too_small")
    if message.link and not message.media and message.video is None:
        if len(title_of(message)) > TITLE:
            yield Problem("title", _("The title is too long for the card of the link."), "title_too_long")
        if len(message.summary) > DESCRIPTION:
            yield Problem("text", _("The summary is too long for the card of the link."), "summary_too_long")


def alts(post: dict[str, Any]) -> list[str | None]:
    """The alternative texts of what a post shows, in order."""
    content = post.get("content") or {}
    several = (content.get("multiImage") or {}).get("images")
    shown = several if several is not None else [content["media"]] if content.get("media") else []
    return [item.get("altText") for item in shown]


def video_of(post: Mapping[str, Any]) -> str:
    """The URN of the video that a post shows; empty when it shows none."""
    urn = str(((post.get("content") or {}).get("media") or {}).get("id") or "")
    return urn if urn.startswith("urn:li:video:") else ""


def differences(message: Message, there: dict[str, Any]) -> list[Words]:
    """In what a post that was read back is not as it was sent."""
    same = is_same(text_of(message), str(there.get("commentary") or ""))
    lost = message.video is not None and not video_of(there)
    found = fitting.differences(message, same, [] if lost else alts(there))
    if there.get("lifecycleState") == "PUBLISH_FAILED":
        found.append(_("LinkedIn could not publish it: nobody sees it."))
    return found


def _content(message: Message, images: Sequence[str]) -> dict[str, Any]:
    if message.video is not None:
        return {"media": {"id": images[0], "altText": message.video.description}}
    shown = [
        {"id": urn, "altText": media.alt} if media.alt.strip() else {"id": urn}
        for urn, media in zip(images, message.media, strict=True)
    ]
    if len(shown) > 1:
        return {"multiImage": {"images": shown}}
    if shown:
        return {"media": shown[0]}
    if not message.link:
        return {}
    card = {"source": message.link, "title": title_of(message)}
    return {"article": {**card, "description": message.summary} if message.summary else card}
