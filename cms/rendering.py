"""Approved content to a Message per channel. Reads the content it is given, and nothing later."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from campaigns import conflicts
from campaigns.models import Placement
from cms import carrying, links, mentioning, threads, versions
from cms.carrying import Freezer
from cms.models.variants import Variant
from publishing.adapters.base import Limits
from publishing.message import Media, Message, Video
from publishing.models import Channel
from publishing.scheduling import problems as channel_problems


def variant_for(page: Any, channel: Channel) -> Variant | None:
    """The text of its own that this content has for a channel, if any."""
    return next((variant for variant in page.variants.all() if variant.channel_id == channel.pk), None)


class Picture(NamedTuple):
    """An image of the library with what is said of it."""

    image: Any
    alt: str
    credit: str = ""


def picture_for(page: Any, channel: Channel) -> Picture:
    """The first image that goes to a channel; its image is None where none goes."""
    return next(iter(pictures_for(page, channel)), Picture(None, ""))


def pictures_for(page: Any, channel: Channel) -> list[Picture]:
    """The images that go to a channel: its own one alone, or all of the content; none where the video goes instead."""
    if not channel.limits.images or video_for(page, channel) is not None:
        return []
    variant = variant_for(page, channel)
    own = variant.image_alt.strip() if variant else ""
    if variant and variant.image:
        return [Picture(variant.image, own)]
    first = Picture(page.social_image, own or page.social_image_alt.strip(), page.image_credit.strip())
    more = [Picture(row.image, row.alt.strip(), row.credit.strip()) for row in page.more_images.all()]
    return [first, *more] if page.social_image else more


def images_on(page: Any, channel: Channel) -> list[Any]:
    """Each image that the channel shows, once: those of the post, and those below it."""
    below = [part.picture for part in threads.parts_for(page, channel) if part.picture and channel.limits.images]
    return list(dict.fromkeys([*(picture.image for picture in pictures_for(page, channel)), *below]))


def video_for(page: Any, channel: Channel) -> Any | None:
    """The video of the library that goes to a channel; None where the writer left it out."""
    variant = variant_for(page, channel)
    return None if variant is not None and variant.without_video else page.video


def poster_for(page: Any) -> tuple[Any, str]:
    """The picture that stands for the video before it plays, with its alternative text; None where there is none."""
    if page.video.poster is not None:
        return page.video.poster, page.video.description
    return page.social_image, page.social_image_alt.strip()


def render(page: Any, channel: Channel, *, freezing: Freezer, revision: int | None = None) -> Message:
    """What the channel will carry. ``freezing`` is ``carrying.freeze`` for what is approved, ``measure`` for a look."""
    variant, limits = variant_for(page, channel), channel.limits
    parameters = "" if limits.publishes_page else channel.link_parameters
    handles = mentioning.handles_for(page, channel.kind)
    text = handles.put_in((variant and variant.text) or page.common_text())
    return Message(
        text=links.marked_in(text, parameters),
        link=links.marked(_link(page, variant), parameters),
        title=page.title,
        summary=page.summary,
        html=_absolute(page.noted_html(), page) if limits.html else "",
        language=page.language,
        media=tuple(_media(page, channel, freezing)),
        embargo_until=page.embargo_until,
        revision=revision,
        extra={**dict(_about(page, limits)), **handles.meant(text)},
        video=_video(page, channel, freezing),
    )


def _about(page: Any, limits: Limits) -> Iterator[tuple[str, str]]:
    """What it is about in words, and who may read it, for channels that say so. What nobody chose is left out."""
    if limits.about:
        about = {"theme": page.focus_area, "unit": page.owner_unit}
        yield from ((name, found.name) for name, found in about.items() if found is not None)
        if place := page.place_name.strip():
            yield "place", place
    if limits.keeps_embargo and page.feed_audience:
        yield "audience", page.feed_audience


def _video(page: Any, channel: Channel, freezing: Freezer) -> Video | None:
    """As it lies in the library; that its bytes are kept, ``carrying.keep`` sees to before anything is approved."""
    video = video_for(page, channel)
    if video is None:
        return None
    image, alt = poster_for(page)
    box = None if image is None else carrying.box_of_poster(image, video)
    return carrying.film(video, image and freezing(image, alt, carrying.POSTER, box))


def _media(page: Any, channel: Channel, freezing: Freezer) -> Iterator[Media]:
    for picture in pictures_for(page, channel):
        media = freezing(picture.image, picture.alt, channel.limits, carrying.box_for(page, channel, picture.image))
        if media is not None:  # merely looked at, what cannot be carried is left out: ``problems_on`` says why
            yield replace(media, credit=picture.credit) if channel.limits.about else media


def _link(page: Any, variant: Variant | None) -> str:
    if variant is None or variant.link == Variant.Link.PAGE:
        return str(page.common_link())
    return variant.link_url if variant.link == Variant.Link.OTHER else ""


def _absolute(html: str, page: Any) -> str:
    """Addresses that lead somewhere from outside of the site too."""
    site = page.get_site()
    return re.sub(r'((?:href|src)=")(?=/(?!/))', rf"\g<1>{site.root_url}", html) if site else html


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


FIELDS = {"alt": "social_image_alt", "media": "social_image", "title": "title", "video": "video"}


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
    """Only people who know of it may have it before: a list of them, or whoever a channel lets in itself."""
    if embargo is None or moment is None or moment >= embargo:
        return False
    return not (channel.limits.fan_out or channel.limits.keeps_embargo)


def problems_on(page: Any, channel: Channel, now: datetime) -> Iterator[tuple[str, str]]:
    """The same for one channel, as (field of the page form, sentence)."""
    if channel.limits.publishes_page and not page.has_address:
        values = {"type": page._meta.verbose_name.capitalize(), "channel": channel.name}
        yield "summary", _("%(type)s has no page of its own, so it cannot go to %(channel)s.") % values
        return
    if otherwise := versions.against(page, channel):
        yield "language", otherwise
    message = render(page, channel, freezing=carrying.measure)
    images = pictures_for(page, channel)
    if len(message.media) < len(images):
        boxes = [(one.image, carrying.box_for(page, channel, one.image)) for one in images]
        reasons = [carrying.obstacle(image, channel.limits, box) for image, box in boxes]
        yield from (("social_image", f"{channel.name}: {reason}") for reason in reasons if reason)
    if message.video is not None and message.video.poster is None:
        image, _alt = poster_for(page)
        if image is not None:
            yield "video", f"{channel.name}: {carrying.obstacle(image, carrying.POSTER, None)}"
    for problem in channel_problems(channel, message):
        yield FIELDS.get(problem.field, "summary"), f"{channel.name}: {problem.message}"
    if not channel.limits.publishes_page:
        yield from (("parts", sentence) for sentence in threads.problems_on(page, channel, message.text))
        for sentence in conflicts.of_text(channel, message.text, now, except_label=f"page:{page.pk}"):
            yield "summary", sentence
