"""A card a channel: how the content will look there, how much room is left, and what speaks against it. No network."""

import base64
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms import carrying, considering, films, publication, rendering, threads
from cms.films import Film
from cms.models.base import FeedAudience
from publishing.adapters import fitting
from publishing.message import Media, Message
from publishing.models import Channel

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
        consider=tuple(considering.on_channel(page, channel, message, now)),
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


@dataclass(frozen=True)
class Finding:
    """What a publication rule says of the content, and whether somebody let it pass."""

    weight: str  # stop, consider or passed
    word: str
    sentence: str
    code: str  # of the rule: for support, who asks for it; the sentence is what people read
    said: str = ""  # by whoever let it pass


def findings(page: Any) -> list[Finding]:
    """The publication rules over the content as it stands, gravest first; what is found in several texts once."""
    alike: dict[Any, list[publication.Found]] = defaultdict(list)
    for found in publication.findings(page):
        of, given = found.finding, found.override
        answer = (given.by_id, given.reason) if given is not None else None
        words = "" if found.is_of_the_whole else found.excerpt.casefold()
        alike[of.severity, of.check, words, of.message, answer].append(found)
    return [_finding(together) for together in alike.values()]


def _finding(alike: list[publication.Found]) -> Finding:
    found, sentence = alike[0], publication.Found.said_of(alike)
    code = found.finding.check
    if found.override is not None:
        by = found.override.by.get_full_name() or found.override.by.get_username() if found.override.by else "–"
        return Finding("passed", _("Let pass"), sentence, code, f"{by}: {found.override.reason}")
    word = str(publication.SEVERITIES[found.finding.severity.value])
    return Finding("stop" if found.stops else "consider", word, sentence, code)
