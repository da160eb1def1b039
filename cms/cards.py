"""A card a channel: how the content will look there, how much room is left, and what speaks against it. No network."""

import base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns import closed_times, conflicts, replacing, windows
from campaigns.topics import Topic
from campaigns.windows import Item
from cms import carrying, cropping, films, mentioning, publication, rendering, threads, topics, versions
from cms.films import Film
from cms.models.base import FeedAudience
from publishing import editing
from publishing.adapters import fitting
from publishing.message import Media, Message
from publishing.models import Channel
from publishing.scheduling import problems as channel_problems

ABOUT = {"theme": gettext_lazy("Theme"), "unit": gettext_lazy("Unit"), "place": gettext_lazy("Place")}


@dataclass(frozen=True)
class Card:
    """``stops`` must change before it can be approved; ``consider`` need not."""

    channel: Channel
    message: Message
    text: str  # as it is posted, with the link where the channel puts it
    image: Any  # of the page itself, as the website shows it
    used: int
    allowed: int | None
    stops: tuple[str, ...]
    consider: tuple[str, ...]
    has_own: bool  # a text, picture or link of its own instead of the common one
    pictures: tuple[tuple[str, Media], ...] = ()  # address and description of each, byte for byte as it leaves
    film: Film | None = None
    parts: tuple["Below", ...] = ()
    help: Any = None  # ``composing.Help``, for whoever writes or approves

    @property
    def template(self) -> list[str]:
        return [f"cms/channel_preview/{self.look}.html", "cms/channel_preview/plain.html"]

    @property
    def look(self) -> str:
        return self.channel.adapter.look_for(self.channel.account())

    @property
    def left(self) -> int | None:
        return None if self.allowed is None else self.allowed - self.used

    @property
    def count(self) -> str:
        """How much of the room is used, in the channel's own way of counting."""
        return _in_words(self.used, self.allowed)

    @property
    def about(self) -> list[tuple[Any, Any]]:
        """What is said with it beside the text, as (name, words)."""
        extra = self.message.extra
        said = [(name, extra[key]) for key, name in ABOUT.items() if extra.get(key)]
        if not self.channel.limits.keeps_embargo:
            return said
        return [*said, (_("Who may read it"), dict(FeedAudience.choices)[extra.get("audience") or None])]

    @property
    def handle(self) -> str:
        """The account as people know it."""
        return self.channel.account_name or self.channel.name


@dataclass(frozen=True)
class Below:
    """A first comment or further part, as it is posted below the post."""

    number: int
    text: str
    used: int
    allowed: int | None
    pictures: tuple[tuple[str, Media], ...] = ()

    @property
    def count(self) -> str:
        return _in_words(self.used, self.allowed)

    @property
    def over(self) -> bool:
        return self.allowed is not None and self.used > self.allowed


def _in_words(used: int, allowed: int | None) -> str:
    if allowed is None:
        return ngettext("%(used)s character", "%(used)s characters", used) % {"used": used}
    return _("%(used)s of %(allowed)s") % {"used": used, "allowed": allowed}


def below(
    channel: Channel, messages: Iterable[Message], shown: Callable[[int, Media], str] | None = None
) -> tuple[Below, ...]:
    """Each part counted in the channel's own way. ``shown`` gives the address of an image of the part of that number.

    Without it the frozen images themselves are shown.
    """
    address = shown or (lambda number, media: _itself(media))
    counted = [(message, channel.adapter.count_answer(channel.account(), message)) for message in messages]
    return tuple(
        Below(
            number,
            fitting.whole_text(message),
            used,
            allowed,
            tuple((address(number, media), media) for media in message.media),
        )
        for number, (message, (used, allowed)) in enumerate(counted, start=2)
    )


def cards(page: Any, channels: Iterable[Channel], now: datetime) -> list[Card]:
    """Each with what helps whoever writes for it."""
    from cms import composing

    found = [card(page, channel, now) for channel in channels]
    return [replace(one, help=composing.help_for(page, one)) for one in found]


def card(page: Any, channel: Channel, now: datetime) -> Card:
    """The content as it stands on this channel. Keeps nothing and sends nothing."""
    message = rendering.render(page, channel, freezing=carrying.measure)
    used, allowed = channel.adapter.count(channel.account(), message)
    return Card(
        channel=channel,
        message=message,
        text=fitting.whole_text(message),
        image=page.social_image if channel.limits.publishes_page and films.leaves_the_image(page) else None,
        pictures=tuple(_pictures(page, channel, message)),
        film=films.of_draft(page, message.video) if message.video is not None else None,
        used=used,
        allowed=allowed,
        stops=tuple(sentence for _field, sentence in rendering.problems_on(page, channel, now)),
        consider=(
            *_about_times(page, channel, now),
            *_about_what_is_out(page, channel, message),
            *_to_consider(page, channel),
        ),
        has_own=rendering.variant_for(page, channel) is not None,
        parts=() if channel.limits.publishes_page else _parts(page, channel),
    )


def _parts(page: Any, channel: Channel) -> tuple[Below, ...]:
    parts = threads.parts_for(page, channel)

    def shown(number: int, media: Media) -> str:
        picture = parts[number - 2].picture
        return carrying.address(picture, channel, carrying.box_for(page, channel, picture), media)

    return below(channel, threads.render(page, channel, freezing=carrying.measure), shown)


def _pictures(page: Any, channel: Channel, message: Message) -> Iterable[tuple[str, Media]]:
    images = rendering.pictures_for(page, channel)
    if len(images) == len(message.media):  # else some cannot be carried, and the card says which
        for picture, media in zip(images, message.media, strict=True):
            box = carrying.box_for(page, channel, picture.image)
            yield carrying.address(picture.image, channel, box, media), media


def of_message(channel: Channel, message: Message, parts: Iterable[Message] = ()) -> Card:
    """What was frozen for a channel, pictures and all: for whoever looks back."""
    used, allowed = channel.adapter.count(channel.account(), message)
    frozen = [(_itself(media), media) for media in message.media]
    text, said = fitting.whole_text(message), below(channel, parts)
    return Card(
        channel, message, text, None, used, allowed, (), (), False, tuple(frozen), films.of_message(message.video), said
    )


def _itself(media: Media) -> str:
    return f"data:{media.mime};base64,{base64.b64encode(media.read()).decode()}"


def _about_times(page: Any, channel: Channel, now: datetime) -> Iterable[str]:
    closed = closed_times.ahead(now)
    topic = topics.of_page(page) if closed else Topic()
    for row in page.placements.all():
        if row.channel_id == channel.pk and row.due_at and row.cancelled_at is None and not row.is_out:
            item = Item(topic, channel.slug) if closed else None
            against = windows.against(item, max(row.due_at, now), closed) if item else []
            due = now if row.waits_at(now) else row.due_at
            yield from conflicts.of_time(channel, due, now) or map(windows.sentence, against)


def _about_what_is_out(page: Any, channel: Channel, message: Message) -> Iterable[str]:
    """What a new approval cannot change there; the rest of the content may go on all the same."""
    posts = (replacing.post_of(row.delivery) for row in page.placements.all() if row.channel_id == channel.pk)
    for post in posts:
        if post is not None and editing.possible(post) and editing.differs(post, message):
            stops = {problem.code for problem in channel_problems(channel, message)}
            yield from (str(found.message) for found in editing.problems(post, message) if found.code not in stops)


def _to_consider(page: Any, channel: Channel) -> Iterable[str]:
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


@dataclass(frozen=True)
class Finding:
    """What a publication rule says of the content, and whether somebody let it pass."""

    weight: str  # stop, consider or passed
    word: str
    sentence: str
    said: str = ""  # by whoever let it pass


def findings(page: Any) -> list[Finding]:
    """The publication rules over the content as it stands, gravest first."""
    return [_finding(found) for found in publication.findings(page)]


def _finding(found: publication.Found) -> Finding:
    if found.override is not None:
        by = found.override.by.get_full_name() or found.override.by.get_username() if found.override.by else "–"
        return Finding("passed", _("Let pass"), found.sentence, f"{by}: {found.override.reason}")
    severity = found.finding.severity.value
    return Finding("stop" if found.stops else "consider", str(publication.SEVERITIES[severity]), found.sentence)


def page_warnings(page: Any) -> list[str]:
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
