"""Threads: the first comment and the further parts that a channel posts below the post. Pure but for the content."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cms import links, mentioning
from cms.models.parts import Part
from publishing.message import Message
from publishing.models import Channel
from publishing.scheduling import problems


def parts_for(page: Any, channel: Channel) -> list[Part]:
    """In the order in which they were put by hand."""
    return [part for part in page.parts.all() if part.channel_id == channel.pk]


def render(page: Any, channel: Channel, *, revision: int | None = None) -> list[Message]:
    """What is posted below the post, part by part."""
    handles = mentioning.handles_for(page, channel.kind)
    return [
        Message(
            text=links.marked_in(text, channel.link_parameters),
            language=page.language,
            embargo_until=page.embargo_until,
            revision=revision,
            extra=handles.meant(text),
        )
        for text in (handles.put_in(part.text) for part in parts_for(page, channel))
    ]


def problems_on(page: Any, channel: Channel, text: str) -> Iterator[str]:
    """What must change in them before they can be carried whole; ``text`` is what the post itself says."""
    messages, seen = render(page, channel), {text.strip()}
    if messages and not channel.limits.replies:
        yield _("%(channel)s cannot post anything below a post. Remove its further parts.") % {"channel": channel.name}
        return
    for number, message in enumerate(messages, start=2):
        where = {"channel": channel.name, "number": number}
        for problem in problems(channel, message, answers=True):
            yield _("%(channel)s, part %(number)s: %(problem)s") % {**where, "problem": problem.message}
        if message.text.strip() in seen:
            yield _("%(channel)s, part %(number)s says the same as an earlier one. Write it anew.") % where
        seen.add(message.text.strip())


def astray(page: Any) -> Iterator[str]:
    """Parts for channels that the content does not go to."""
    planned = {row.channel_id for row in page.placements.all() if row.cancelled_at is None}
    for name in sorted({part.channel.name for part in page.parts.all() if part.channel_id not in planned}):
        yield _("It has further parts for %(channel)s, but does not go there.") % {"channel": name}
