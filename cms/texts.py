"""Every text of a piece of content that the public can read, and which publication rules concern it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from cms.rules import Kind

# Checks of a whole message; a headline or a block of its own need not meet them.
OF_A_MESSAGE = {"C-07", "C-11", "C-13", "C-34", "C-46", "C-51"}
OF_A_NAME = {"C-01", "C-02", "C-03", "C-06"}  # file names and addresses


@dataclass(frozen=True)
class Text:
    """A text of the content: which field of its form it stands in, and which checks concern it."""

    field: str
    label: str
    text: str
    kind: Kind
    only: frozenset[str] | None = None
    without: frozenset[str] = frozenset()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


def texts(page: Any) -> Iterator[Text]:
    """Every text that can be read by the public: title, summary, body, alternative texts, variants, names of files."""
    kind, part = Kind(page.rules_kind), frozenset(OF_A_MESSAGE)
    yield Text("title", _("the title"), page.title, kind, without=part)
    if page.common_text() != page.title:
        yield Text("summary", _("the text"), page.common_text(), kind, without=_unless_alone(page))
    for correction in page.corrections.all():
        yield Text("corrections", _("the correction"), correction.text, kind, without=part)
    for block in getattr(page, "body", ()):
        yield from _of_block(block.block_type, block.value, kind, part)
    yield from _of_image("social_image_alt", page.social_image, page.social_image_alt)
    yield from _of_credit("image_credit", page.image_credit)
    for row in page.more_images.all():
        yield from _of_image("more_images", row.image, row.alt)
        yield from _of_credit("more_images", row.credit)
    if page.place_name:
        yield Text("place_name", _("the place"), page.place_name, kind, without=part)
    if page.video is not None:
        yield from _of_video(page.video, kind, part)
    for variant in page.variants.all():
        if variant.text:
            label = _("the text for %(channel)s") % {"channel": variant.channel.name}
            yield Text("variants", label, variant.text, kind)
        yield from _of_image("variants", variant.image, variant.image_alt)
    for below in page.parts.all():
        label = _("a part for %(channel)s") % {"channel": below.channel.name}
        yield Text("parts", label, below.text, kind, without=part)
        yield from _of_image("parts", below.picture, below.described)
    if page.has_address and page.slug:
        yield Text("slug", _("the address"), page.slug.replace("-", " "), kind, frozenset(OF_A_NAME))


def _unless_alone(page: Any) -> frozenset[str]:
    """The website adds the appeal sentence itself; where the summary is the whole message, it says so."""
    planned = [placement.channel for placement in page.placements.all() if placement.channel_id]
    own = {variant.channel_id for variant in page.variants.all() if variant.text}
    as_message = any(not channel.limits.publishes_page and channel.pk not in own for channel in planned)
    return frozenset() if as_message or not page.has_address else frozenset({"C-13"})


def _of_block(name: str, value: Any, kind: Kind, part: frozenset[str]) -> Iterator[Text]:
    """A block of the body, of whatever type: its texts, and the images in it."""
    label = _("the body")
    if hasattr(value, "source"):  # rich text
        yield Text("body", label, plain(value.source), kind, without=part)
    elif isinstance(value, str):
        yield Text("body", label, value, kind, without=part)
    elif hasattr(value, "contextual_alt_text"):
        yield from _of_image("body", value, "" if value.decorative else value.contextual_alt_text or "")
    elif hasattr(value, "items"):
        for key, item in value.items():
            yield from _of_block(key, item, kind, part)


def _of_image(field: str, image: Any, alt: str) -> Iterator[Text]:
    if image is None:
        return
    if alt.strip():  # that it is missing is said by the form
        yield Text(field, _("the alternative text"), alt, Kind.ALT_TEXT)
    stem = image.filename.rsplit(".", 1)[0].replace("_", " ").replace("-", " ")
    yield Text(field, _("the name of the image file"), stem, Kind.ALT_TEXT, frozenset(OF_A_NAME))


def _of_credit(field: str, credit: str) -> Iterator[Text]:
    if credit.strip():
        yield Text(field, _("the credit of the image"), credit, Kind.CREDIT, frozenset(OF_A_NAME))


def _of_video(video: Any, kind: Kind, part: frozenset[str]) -> Iterator[Text]:
    """What is said in it and of it; that nothing is said of what is heard is found by C-41."""
    said = "\n".join(video.transcript)
    if not (video.speechless or video.in_picture):
        yield Text("video", _("the captions"), said, Kind.CAPTIONS, frozenset({"C-41"}))
    if said:
        yield Text("video", _("the captions"), said, kind, without=part)
    yield Text("video", _("the description of the video"), video.description, kind, without=part)


def plain(html: str) -> str:
    """Rich text as it is read, a line for each paragraph or point."""
    for end in ("</p>", "</li>", "<br/>", "<br>", "</h2>", "</h3>", "</h4>"):
        html = html.replace(end, f"{end}\n")
    text = strip_tags(html)
    return unescape(text).strip()
