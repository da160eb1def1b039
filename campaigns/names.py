"""What the calendar names over and over, read once a page: channels, focus areas, units, campaigns, views kept."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language

from campaigns.models import Campaign, FocusArea, SavedView, Unit
from publishing import together
from publishing.models import Channel


@dataclass(frozen=True)
class Name:
    """What something is called; of what has one name only, ``en`` is empty."""

    pk: int
    da: str
    en: str = ""

    def __str__(self) -> str:
        return (self.en or self.da) if get_language() == "en" else self.da


@dataclass(frozen=True)
class Kept:
    """A view that somebody keeps."""

    pk: int
    name: str
    view: str
    query: str


@dataclass(frozen=True)
class Names:
    """Each in the order in which lists of them stand."""

    channels: dict[int, Channel]
    focus_areas: dict[int, Name] = field(default_factory=dict)
    units: dict[int, Name] = field(default_factory=dict)
    campaigns: dict[int, Name] = field(default_factory=dict)
    kept: tuple[Kept, ...] = ()

    def area(self, pk: int | None) -> str:
        return str(self.focus_areas.get(pk or 0, ""))

    def campaign(self, pk: int | None) -> str:
        return str(self.campaigns.get(pk or 0, ""))


def read(user: Any = None) -> Names:
    """Two queries; with the views that ``user`` keeps."""
    channels = {channel.pk: channel for channel in Channel.objects.all()}
    named = ("name_da", "name_en", "")
    found = together.read(
        {
            "areas": (FocusArea.objects.all(), named),
            "units": (Unit.objects.all(), named),
            "campaigns": (Campaign.objects.all(), ("title", "", "")),
            "kept": (SavedView.objects.filter(user=user), ("name", "view", "query")),
        }
    )
    areas, units, campaigns = (
        {pk: Name(pk, da, en) for pk, da, en, _ in found[key]} for key in ("areas", "units", "campaigns")
    )
    return Names(channels, areas, units, campaigns, tuple(Kept(*row) for row in found["kept"]))
