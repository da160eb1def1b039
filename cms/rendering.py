"""Approved content to a Message per channel. Reads the content it is given, and nothing later."""

import hashlib
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _
from PIL import Image as Picture
from wagtail.images.models import Filter

from campaigns import conflicts
from campaigns.models import Placement
from cms import links, mentioning
from cms.models.variants import Variant
from publishing.adapters.base import Limits
from publishing.message import Media, Message
from publishing.models import Channel
from publishing.scheduling import problems as channel_problems

# Widths and qualities tried in turn until the image fits what the channel takes.
STEPS = ((2000, 88), (1600, 85), (1600, 75), (1200, 75), (1000, 65), (800, 60))


def variant_for(page: Any, channel: Channel) -> Variant | None:
    """The text of its own that this content has for a channel, if any."""
    return next((variant for variant in page.variants.all() if variant.channel_id == channel.pk), None)


Freezer = Callable[[Any, str, Limits], Media]


def picture_for(page: Any, channel: Channel) -> tuple[Any, str]:
    """The image that goes to a channel with its alternative text; None where there is none or it cannot be carried."""
    variant = variant_for(page, channel)
    image = (variant and variant.image) or page.social_image
    if image is None or not channel.limits.images:
        return None, ""
    own = variant.image_alt.strip() if variant else ""
    return image, own if variant and variant.image else own or page.social_image_alt.strip()


def render(page: Any, channel: Channel, *, freezing: "Freezer", revision: int | None = None) -> Message:
    """What the channel will carry. ``freezing`` is ``freeze`` for what is approved, ``measure`` for a mere look."""
    variant, limits = variant_for(page, channel), channel.limits
    image, alt = picture_for(page, channel)
    parameters = "" if limits.publishes_page else channel.link_parameters
    return Message(
        text=links.marked_in(_text(page, variant, channel), parameters),
        link=links.marked(_link(page, variant), parameters),
        title=page.title,
        summary=page.summary,
        html=_absolute(page.noted_html(), page) if limits.html else "",
        language=page.language,
        media=(freezing(image, alt, limits),) if image else (),
        embargo_until=page.embargo_until,
        revision=revision,
    )


def _text(page: Any, variant: Variant | None, channel: Channel) -> str:
    text = (variant and variant.text) or page.common_text()
    return mentioning.with_handles(text, mentioning.handles_for(page, channel.kind))


def _link(page: Any, variant: Variant | None) -> str:
    if variant is None or variant.link == Variant.Link.PAGE:
        return str(page.common_link())
    return variant.link_url if variant.link == Variant.Link.OTHER else ""


def _absolute(html: str, page: Any) -> str:
    """Addresses that lead somewhere from outside of the site too."""
    site = page.get_site()
    return re.sub(r'((?:href|src)=")(?=/(?!/))', rf"\g<1>{site.root_url}", html) if site else html


def freeze(image: Any, alt: str, limits: Limits) -> Media:
    """The image as this channel can take it, its bytes kept in the outbox storage."""
    content, kind, width, height = _encoded(image, limits)
    return Media.freeze(
        content, mime=f"image/{kind}", width=width, height=height, filename=f"image-{image.pk}.{kind}", alt=alt
    )


def measure(image: Any, alt: str, limits: Limits) -> Media:
    """The same description, but nothing is kept: for previews and questions. The work is done once a picture."""
    limited = f"{image.file.name}:{image.file_hash}:{limits.image_bytes}:{limits.image_types}"
    key = f"measured:{hashlib.sha256(limited.encode()).hexdigest()}"
    values = cache.get(key)
    if values is None:
        content, kind, width, height = _encoded(image, limits)
        values = (hashlib.sha256(content).hexdigest(), kind, len(content), width, height)
        cache.set(key, values, 3600)
    sha256, kind, size, width, height = values
    return Media(sha256, f"image/{kind}", size, width, height, f"image-{image.pk}.{kind}", alt)


def _encoded(image: Any, limits: Limits) -> tuple[bytes, str, int, int]:
    """Re-encoded, so that no camera data goes along, and as large as the channel takes."""
    kind = "png" if limits.image_types == ("image/png",) else "jpeg"
    content, width, height = b"", 0, 0
    for longest, quality in STEPS:
        spec = f"max-{longest}x{longest}|format-{kind}"
        spec += f"|jpegquality-{quality}|bgcolor-fff" if kind == "jpeg" else ""
        output = io.BytesIO()
        Filter(spec=spec).run(image, output)
        content, (width, height) = output.getvalue(), _size(output)
        if limits.image_bytes is None or len(content) <= limits.image_bytes:
            break
    return content, kind, width, height


def _size(output: io.BytesIO) -> tuple[int, int]:
    output.seek(0)
    with Picture.open(output) as picture:
        return picture.size


def labels(page: Any, placement: Placement) -> list[str]:
    """Opaque to the outbox; STOP and the screens above find deliveries by them."""
    found = [f"page:{page.pk}", f"type:{page._meta.model_name}"]
    if page.campaign_id or placement.campaign_id:
        found.append(f"campaign:{page.campaign_id or placement.campaign_id}")
    if page.focus_area_id:
        found.append(f"focus:{page.focus_area_id}")
    if page.owner_unit_id:
        found.append(f"unit:{page.owner_unit_id}")
    return found


@dataclass(frozen=True)
class Finding:
    """Something that stops the content from going where it is planned. ``field`` is one of the page form."""

    placement: Placement
    field: str
    sentence: str


FIELDS = {"alt": "social_image_alt", "media": "social_image", "title": "title"}


def problems(page: Any, now: datetime) -> Iterator[Finding]:
    """Everything that must change before the content can be carried whole where it is planned. No network."""
    for placement in page.placements.all():
        if placement.cancelled_at is None and placement.channel_id is not None and not placement.is_out:
            if breaks_embargo(placement.channel, page.embargo_until, placement.due_at):
                sentence = _("%(channel)s would break the embargo. Choose a later time there.")
                yield Finding(placement, "embargo_until", sentence % {"channel": placement.channel.name})
            for field, sentence in problems_on(page, placement.channel, now):
                yield Finding(placement, field, sentence)


def breaks_embargo(channel: Channel, embargo: datetime | None, moment: datetime | None) -> bool:
    """Only a list of people who know of it may have it before."""
    return embargo is not None and moment is not None and moment < embargo and not channel.limits.fan_out


def problems_on(page: Any, channel: Channel, now: datetime) -> Iterator[tuple[str, str]]:
    """The same for one channel, as (field of the page form, sentence)."""
    if channel.limits.publishes_page and not page.has_address:
        values = {"type": page._meta.verbose_name.capitalize(), "channel": channel.name}
        yield "summary", _("%(type)s has no page of its own, so it cannot go to %(channel)s.") % values
        return
    message = render(page, channel, freezing=measure)
    for problem in channel_problems(channel, message):
        yield FIELDS.get(problem.field, "summary"), f"{channel.name}: {problem.message}"
    if not channel.limits.publishes_page:
        for sentence in conflicts.of_text(channel, message.text, now, except_label=f"page:{page.pk}"):
            yield "summary", sentence
