"""What helps whoever writes for one channel, beside the card: what will not be as written, and buttons that mend it.

A remedy only fills in the form (cms/static/cms/composer.js); everything it does can be done there by hand. No network.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cms import cropping, hashtags, mentioning, rendering
from cms.cards import Card
from publishing.adapters.limits import Problem
from publishing.scheduling import problems as channel_problems

# After so many characters a reader presses "more", by the look of the channel.
FOLDS = {"photo": 125, "professional": 210, "page_post": 480}
SPACE = re.compile(r"\s+")
NEARLY = 0.9  # of the room: "nearly full"


@dataclass(frozen=True)
class Remedy:
    """A button: ``do`` is what the editor does with the form, ``value`` what it needs for it."""

    do: str
    label: Any
    value: str = ""


@dataclass(frozen=True)
class Crop:
    """What the crop editor of one image on one channel starts from."""

    number: int  # of the image, in the order in which they are shown
    image: Any
    shapes: tuple[tuple[int, int], ...]
    whole: bool  # the channel takes the image as it is
    box: tuple[float, ...]  # what is shown now; the whole image where nothing is cut
    own: bool  # the writer chose it
    focus: tuple[float, float]


@dataclass(frozen=True)
class Help:
    """``notes`` say what is otherwise than in the common form; ``remedies`` are offered once each."""

    notes: tuple[Any, ...]
    remedies: tuple[Remedy, ...]
    crops: tuple[Crop, ...]  # one an image
    tags: tuple[str, ...]
    accounts: tuple[Any, ...]
    own_text: bool
    percent: int | None  # of the room, at most 100
    room: Any  # the same in a word
    shown: str  # the text up to where a reader presses "more"
    folded: str  # the rest of it


ROOM = (
    (NEARLY, gettext_lazy("room enough")),
    (1.0, gettext_lazy("nearly full")),
    (float("inf"), pgettext_lazy("text", "too long")),
)
REMEDIES: dict[str, Callable[[Problem], Remedy]] = {
    "text": lambda problem: Remedy("text", _("Write a text for this channel")),
    "link": lambda problem: Remedy("no-link", _("Leave the link out here")),
    "media": lambda problem: Remedy("image", _("Choose another image here")),
    "title": lambda problem: Remedy("focus", _("Change the title"), "title"),
    "video": lambda problem: Remedy("no-video", _("Leave the video out here")),
}


def help_for(page: Any, card: Card) -> Help:
    """Everything for one card. A handful of queries, none of them for a card that is looked back at."""
    variant = rendering.variant_for(page, card.channel)
    found = channel_problems(card.channel, card.message)
    used = card.used / card.allowed if card.allowed else None
    shown, folded = fold(card.text, FOLDS.get(card.look))
    is_page = card.channel.limits.publishes_page
    return Help(
        notes=tuple(_notes(page, card, found, folded)),
        remedies=tuple(dict.fromkeys(_remedies(page, card, found))),
        crops=tuple(_crops(page, card.channel)),
        tags=() if is_page else tuple(hashtags.used_before(page, card.channel, card.text)),
        accounts=() if is_page else tuple(mentioning.unmentioned(page, card.text)),
        own_text=bool(variant and variant.text),
        percent=None if used is None else min(100, round(used * 100)),
        room="" if used is None else next(word for most, word in ROOM if used <= most),
        shown=shown,
        folded=folded,
    )


def fold(text: str, most: int | None) -> tuple[str, str]:
    """The text as far as it is seen at once, cut between words, and the rest. Pure."""
    if most is None or len(text) <= most:
        return text, ""
    at = max((found.start() for found in SPACE.finditer(text, 0, most)), default=most)
    return text[:at], text[at:]


def _notes(page: Any, card: Card, found: list[Problem], folded: str) -> Iterator[str]:
    limits, message = card.channel.limits, card.message
    if limits.publishes_page:
        return
    if message.video is not None and limits.video and (page.social_image or page.more_images.all()):
        yield _("The video goes here instead of the images.")
    if message.link and not limits.link and not any(problem.field == "link" for problem in found):
        yield _("The link cannot be clicked here: readers see it as text. Say where to find it, or leave it out.")
    if folded:
        shown = {"shown": len(card.text) - len(folded)}
        yield _("Readers see the first %(shown)s characters and press “more” for the rest.") % shown
    if page.body_html() and not limits.html:
        yield (
            _("The long text stays on the website; here go the short text and the link.")
            if message.link
            else _("The long text does not go along here, and there is no link to it.")
        )


def _remedies(page: Any, card: Card, found: list[Problem]) -> Iterator[Remedy]:
    for problem in found:
        if problem.field == "alt":
            own = Remedy("alt", _("Write an alternative text for this channel"))
            yield own if page.social_image_alt.strip() else Remedy("focus", _("Describe the image"), "social_image_alt")
        elif problem.field in REMEDIES:
            yield REMEDIES[problem.field](problem)
    if card.message.link and not card.channel.limits.link:
        yield REMEDIES["link"](found[0] if found else Problem("link", ""))


def _crops(page: Any, channel: Any) -> Iterator[Crop]:
    if channel.limits.publishes_page:
        return
    variant, limits = rendering.variant_for(page, channel), channel.limits
    for number, image in enumerate(rendering.images_on(page, channel), start=1):
        box = cropping.box_for(variant, image, limits)
        yield Crop(
            number=number,
            image=image,
            shapes=tuple(cropping.shapes_for(limits)),
            whole=cropping.box_for(None, image, limits) is None,
            box=tuple(box.to_json()) if box else (0, 0, 1, 1),
            own=cropping.chosen(variant, image) is not None,
            focus=cropping.focus_of(image),
        )
