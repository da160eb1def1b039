"""What labels mean. A delivery carries opaque ones (``campaign:12``); the layer that set them can name them here.

Registered in ``AppConfig.ready()``, like guards.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from publishing import together
from publishing.models import Channel, Delivery
from publishing.models.delivery import ALL, CHANNEL


@dataclass(frozen=True)
class Family:
    """Labels with one prefix: how one is named, and which of them can be stopped: ``choices`` as (label, name), or
    ``rows`` whose ids are what stands behind the prefix, with the column of their names.

    ``url_of`` gives the page behind a label that this person may open, or nothing, and ``opens`` what the way there is
    called if not as the label, ``more`` what else one can do there; ``story`` adds what happened to a delivery in the
    layer above, as (moment, sentence).
    """

    name_of: Callable[[str], str]
    choices: Callable[[], Iterable[tuple[str, str]]] = tuple
    heading: Callable[[], str] = str
    opens: Callable[[], str] = str
    url_of: Callable[[str, Any], str] = lambda label, user: ""
    more: Callable[[str, Any], "Iterable[Link]"] = lambda label, user: ()
    story: Callable[[str, Delivery], Iterable[tuple[datetime, str]]] = lambda label, delivery: ()
    rows: Callable[[], tuple["QuerySet[Any]", str]] | None = None


@dataclass(frozen=True)
class Link:
    """What a label of a delivery leads to."""

    name: str
    url: str


_families: dict[str, Family] = {}


def register(prefix: str, family: Family) -> None:
    """Name the labels that begin with ``prefix`` and a colon; the same prefix again replaces it."""
    _families[prefix] = family


def name_of(scope: str) -> str:
    """The scope of a stop in words: everything, a channel's name, or what the family of the label calls it."""
    if scope == ALL:
        return _("Everything")
    if scope.startswith(CHANNEL):
        channel = Channel.objects.filter(pk=scope.removeprefix(CHANNEL)).first()
        return channel.name if channel else scope
    family = _families.get(scope.partition(":")[0])
    return family.name_of(scope) if family else scope


def knows(scope: str) -> bool:
    """Whether there is anything that a stop of this scope would stop: one that stops nothing must not look like one."""
    if any(scope == label for _heading, options in choices() for label, _name in options):
        return True
    return not scope.startswith(CHANNEL) and Delivery.objects.within(scope).exists()


def links(delivery: Delivery, user: Any) -> Iterator[Link]:
    """Where one can go from a delivery: its content, its campaign, as far as this person may."""
    for label, family in _known(delivery):
        url = family.url_of(label, user)
        if url:
            yield Link(family.opens() or family.name_of(label), url)
        yield from family.more(label, user)


def story(delivery: Delivery) -> Iterator[tuple[datetime, str]]:
    """What happened to it in the layers above."""
    for label, family in _known(delivery):
        yield from family.story(label, delivery)


def _known(delivery: Delivery) -> Iterator[tuple[str, Family]]:
    for label in delivery.label_list():
        family = _families.get(label.partition(":")[0])
        if family is not None:
            yield label, family


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be stopped, grouped for a form; everything comes first. One query, for STOP stands on every page."""
    asked: dict[str, together.Asked] = {CHANNEL: (Channel.objects.usable(), ("name",))}
    for prefix, family in _families.items():
        if family.rows is not None:
            rows, name = family.rows()
            asked[f"{prefix}:"] = (rows, (name,))
    found = {prefix: [(f"{prefix}{pk}", name) for pk, name in rows] for prefix, rows in together.read(asked).items()}
    groups = [(_("Everything"), [(ALL, _("Everything, on every channel"))]), (_("One channel"), found[CHANNEL])]
    groups += [
        (family.heading(), [*family.choices(), *found.get(f"{prefix}:", ())]) for prefix, family in _families.items()
    ]
    return [(heading, options) for heading, options in groups if options]
