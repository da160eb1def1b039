"""What to consider before content is approved, and need not: on one channel, and of the content as a whole."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from campaigns import closed_times, conflicts, replacing, windows
from campaigns.topics import Topic
from campaigns.windows import Item
from cms import carrying, cropping, mentioning, rendering, threads, topics, versions
from publishing import editing
from publishing.message import Message
from publishing.models import Channel
from publishing.scheduling import problems as channel_problems


def on_channel(page: Any, channel: Channel, message: Message, now: datetime) -> Iterable[str]:
    yield from about_times(page, channel, now)
    yield from about_what_is_out(page, channel, message)
    yield from about_the_channel(page, channel)


def about_times(page: Any, channel: Channel, now: datetime) -> Iterable[str]:
    closed = closed_times.ahead(now)
    topic = topics.of_page(page) if closed else Topic()
    for row in page.placements.all():
        if row.channel_id == channel.pk and row.due_at and row.cancelled_at is None and not row.is_out:
            item = Item(topic, channel.slug) if closed else None
            against = windows.against(item, max(row.due_at, now), closed) if item else []
            due = now if row.waits_at(now) else row.due_at
            yield from conflicts.of_time(channel, due, now) or map(windows.sentence, against)


def about_what_is_out(page: Any, channel: Channel, message: Message) -> Iterable[str]:
    """What a new approval cannot change there; the rest of the content may go on all the same."""
    posts = (replacing.post_of(row.delivery) for row in page.placements.all() if row.channel_id == channel.pk)
    for post in posts:
        if post is not None and editing.possible(post) and editing.differs(post, message):
            stops = {problem.code for problem in channel_problems(channel, message)}
            yield from (str(found.message) for found in editing.problems(post, message) if found.code not in stops)


def about_the_channel(page: Any, channel: Channel) -> Iterable[str]:
    """What is different there, or not as one would think."""
    limits = channel.limits
    if page.social_image and not limits.images and not limits.publishes_page:
        yield _("The image does not go along: this channel takes none.")
    if _is_cut(page, channel):
        yield _("The image is cut to a shape that this channel takes. Choose yourself what is shown of it.")
    if otherwise := versions.to_consider(page, channel):
        yield otherwise
    for handle in mentioning.handles_for(page, channel.kind).unidentified():
        yield _("%(handle)s stays plain text: it is not known yet whose account that is.") % {"handle": handle}
    if limits.by_hand:
        yield _("The duty officer posts it by hand at that minute.")
    if channel.paused_at is not None:
        yield _("This channel is paused, so it would be held: %(reason)s") % {"reason": channel.paused_reason}
    if channel.retired_at is not None:
        yield _("This channel is not in use any more.")


def _is_cut(page: Any, channel: Channel) -> bool:
    variant = rendering.variant_for(page, channel)
    images = rendering.images_on(page, channel)
    asked = [image for image in images if cropping.chosen(variant, image) is None]
    return any(carrying.box_for(page, channel, image) is not None for image in asked)


def of_page(page: Any) -> list[str]:
    """What to consider about the content as a whole."""
    found = [*versions.warnings(page), *threads.astray(page)]
    if not page.initiative_tags.all():
        found.append(_("No initiative is chosen, so this counts for none in the coverage."))
    if page.focus_area_id is None:
        found.append(_("No primary focus area is chosen."))
    if page.social_image is None and page.video is None:
        found.append(_("It has no image."))
    if page.operational:
        found.append(_("It is marked as operational: it goes out also while everything is stopped."))
    return found
