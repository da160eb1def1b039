"""Threads: the first comment and the further parts that a channel posts below the post. Pure but for the content."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from cms import carrying, links, mentioning
from cms.carrying import Freezer
from cms.models.parts import Part
from publishing.message import Media, Message
from publishing.models import Channel
from publishing.scheduling import problems


def parts_for(page: Any, channel: Channel) -> list[Part]:
    """In the order in which they were put by hand."""
    return [part for part in page.parts.all() if part.channel_id == channel.pk]


def render(page: Any, channel: Channel, *, freezing: Freezer, revision: int | None = None) -> list[Message]:
    """What is posted below the post, part by part. ``freezing`` as for the post itself (``cms.rendering``)."""
    handles = mentioning.handles_for(page, channel.kind)
    return [
        Message(
            text=links.marked_in(text, channel.link_parameters),
            language=page.language,
            media=tuple(_media(page, part, channel, freezing)),
            embargo_until=page.embargo_until,
            revision=revision,
            extra=handles.meant(text),
        )
        for part, text in ((part, handles.put_in(part.text)) for part in parts_for(page, channel))
    ]


def _media(page: Any, part: Part, channel: Channel, freezing: Freezer) -> Iterator[Media]:
    if part.picture is None:
        return
    media = freezing(part.picture, part.described, channel.limits, carrying.box_for(page, channel, part.picture))
    if media is not None:  # merely looked at, what cannot be carried is left out: ``problems_on`` says why
        yield replace(media, decorative=part.picture_decorative)


def problems_on(page: Any, channel: Channel, text: str) -> Iterator[str]:
    """What must change in them before they can be carried whole; ``text`` is what the post itself says."""
    messages, seen = render(page, channel, freezing=carrying.measure), {text.strip()}
    if messages and not channel.limits.replies:
        yield _("%(channel)s cannot post anything below a post. Remove its further parts.") % {"channel": channel.name}
        return
    for number, (part, message) in enumerate(zip(parts_for(page, channel), messages, strict=True), start=2):
        where = {"channel": channel.name, "number": number}
        found = [problem.message for problem in problems(channel, message, answers=True)]
        if part.picture is not None and not message.media:
            found.append(carrying.obstacle(part.picture, channel.limits, carrying.box_for(page, channel, part.picture)))
        for sentence in found:
            yield _("%(channel)s, part %(number)s: %(problem)s") % {**where, "problem": sentence}
        if message.text.strip() in seen:
            yield _("%(channel)s, part %(number)s says the same as an earlier one. Write it anew.") % where
        seen.add(message.text.strip())


def astray(page: Any) -> Iterator[str]:
    """Parts for channels that the content does not go to."""
    planned = {row.channel_id for row in page.placements.all() if row.cancelled_at is None}
    for name in sorted({part.channel.name for part in page.parts.all() if part.channel_id not in planned}):
        yield _("It has further parts for %(channel)s, but does not go there.") % {"channel": name}
