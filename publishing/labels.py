"""What labels mean. A delivery carries opaque ones (``campaign:12``); the layer that set them can name them here.

Registered in ``AppConfig.ready()``, like guards.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from publishing.models import Channel
from publishing.models.delivery import ALL, CHANNEL


@dataclass(frozen=True)
class Family:
    """Labels with one prefix: how one is named, and which of them can be stopped, as (label, name)."""

    name_of: Callable[[str], str]
    choices: Callable[[], Iterable[tuple[str, str]]] = tuple
    heading: Callable[[], str] = str


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


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be stopped, grouped for a form; everything comes first."""
    channels = [(f"{CHANNEL}{channel.pk}", channel.name) for channel in Channel.objects.usable()]
    groups = [(_("Everything"), [(ALL, _("Everything, on every channel"))]), (_("One channel"), channels)]
    groups += [(family.heading(), list(family.choices())) for family in _families.values()]
    return [(heading, options) for heading, options in groups if options]
