"""Does a message fit a channel? What most kinds share; a kind adds what is its own. Pure."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from publishing.adapters import fitting_video
from publishing.adapters.base import Account, Adapter, Limits, Problem
from publishing.errors import Unsupported, Words
from publishing.message import Media, Message, Video

ROUNDED = 0.005  # of a ratio: sides are whole pixels


def whole_text(message: Message) -> str:
    """The text as it is posted: with the link at the end, unless the writer put it in."""
    if not message.link or message.link in message.text:
        return message.text
    return f"{message.text}\n\n{message.link}".strip()


def described(media: Media | Video) -> dict[str, object]:
    """The bytes of an image or a video in a described request."""
    return {"sha256": media.sha256, "mime": media.mime, "size": media.size}


def described_part(video: Video, start: int, size: int) -> dict[str, object]:
    """A piece of a video in a described request."""
    return {"sha256": video.sha256, "from": start, "size": min(size, video.size - start)}


def descriptions(message: Message) -> list[str]:
    """What its images, or its video, show: in words, in order."""
    return [media.alt for media in message.media] if message.video is None else [message.video.description]


def must_fit(adapter: Adapter, account: Account, message: Message, *, answers: bool = False) -> None:
    """The first step of every send: Unsupported, before anything leaves, when a part would be lost.

    What is asked is what the writer was told before approval, of an answer to a post of ours as of a post.
    """
    refuse((adapter.validate_answer if answers else adapter.validate)(account, message))


def refuse(found: Sequence[Problem]) -> None:
    """Unsupported when there is any."""
    if found:
        raise Unsupported(found[0].message, "; ".join(f"{item.field}: {item.code}" for item in found))


def number(value: object) -> int | None:
    """A whole number from a channel's form; None when nothing usable was filled in."""
    text = str(value or "").strip()
    return int(text) if text.isdecimal() else None


def differences(message: Message, same_text: bool, alts: Sequence[str | None]) -> list[Words]:
    """In what a post that was read back is not as it was sent; ``alts`` are of its images, or of its video."""
    found: list[Words] = [] if same_text else [_("The text differs from what was approved.")]
    if message.video is not None:
        return [*found, *fitting_video.differences(message.video, alts)]
    if len(alts) != len(message.media):
        sentence = _("%(there)s of %(sent)s images are there.")
        found.append(sentence % {"there": len(alts), "sent": len(message.media)})
    for number, (media, alt) in enumerate(zip(message.media, alts, strict=False), start=1):
        if (alt or "").strip() != media.alt.strip():
            sentence = _("The alternative text of image %(number)s is missing or differs.")
            found.append(sentence % {"number": number})
    return found


def problems(message: Message, limits: Limits, *, used: int) -> list[Problem]:
    """Everything in which a message exceeds the limits. ``used`` is its length as the platform counts."""
    found = []
    if not whole_text(message).strip() and not message.media and message.video is None:
        found.append(Problem("text", _("There is nothing to send: write a text."), "empty"))
    if limits.characters is not None and used > limits.characters:
        over = used - limits.characters
        sentence = ngettext_lazy(
            "The text is %(over)s character too long.", "The text is %(over)s characters too long.", over
        )
        found.append(Problem("text", sentence % {"over": over}, "too_long"))
    if len(message.media) > limits.images:
        sentence = ngettext_lazy(
            "There is room for %(images)s image only.", "There is room for %(images)s images only.", limits.images
        )
        found.append(Problem("media", sentence % {"images": limits.images}, "too_many_images"))
    for media in message.media:
        found += _problems_of(media, limits)
    return [*found, *fitting_video.problems(message, limits)]


def _problems_of(media: Media, limits: Limits) -> list[Problem]:
    found = []
    if limits.image_types and media.mime not in limits.image_types:
        found.append(Problem("media", _("Images of this type are not taken. Choose another one."), "image_type"))
    if limits.image_bytes is not None and media.size > limits.image_bytes:
        found.append(Problem("media", _("The image is too large. Choose a smaller one."), "image_bytes"))
    if limits.image_pixels is not None and media.width * media.height > limits.image_pixels:
        found.append(Problem("media", _("The image is too large. Choose a smaller one."), "image_pixels"))
    if limits.image_ratio is not None:
        narrowest, widest = limits.image_ratio
        if not narrowest - ROUNDED <= media.width / max(1, media.height) <= widest + ROUNDED:
            found.append(Problem("media", _("The image is too narrow or too wide for this channel. Crop it."), "ratio"))
    if not media.alt.strip() and not media.decorative:
        found.append(Problem("alt", _("The image needs an alternative text."), "alt_missing"))
    if limits.alt_text is not None and len(media.alt) > limits.alt_text:
        sentence = _("The alternative text has more than %(most)s characters.")
        found.append(Problem("alt", sentence % {"most": limits.alt_text}, "alt_too_long"))
    return found
