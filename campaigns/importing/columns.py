"""Which column of a file is what: guessed from its headings, Danish or English, and chosen by the person. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from publishing.errors import Words


@dataclass(frozen=True)
class Field:
    """What a row can say. ``names`` are headings it is known by, first the one of our own template."""

    key: str
    label: Words
    names: tuple[str, ...]
    needed: bool = False


FIELDS = (
    Field("title", _("Title"), ("titel", "title", "overskrift", "headline", "emne", "indhold", "content"), True),
    Field("text", _("Text"), ("tekst", "text", "opslagstekst", "besked", "message", "body")),
    Field("day", _("Date"), ("dato", "date", "dag", "day"), False),
    Field("time", _("Time"), ("tid", "time", "klokkeslæt", "kl", "tidspunkt")),
    Field("channel", _("Channel"), ("kanal", "channel", "kanaler", "channels", "platform", "medie"), True),
    Field("campaign", _("Campaign"), ("kampagne", "campaign")),
    Field("initiative", _("Initiative"), ("initiativ", "initiative", "initiativer", "initiatives", "initiativnr")),
    Field("focus_area", _("Focus area"), ("indsatsområde", "focus area", "fokusområde", "indsats")),
    Field("note", _("Note"), ("note", "noter", "bemærkning", "bemærkninger", "kommentar", "notes")),
    Field("key", _("Row key"), ("nøgle", "row key", "key", "id", "række", "nr")),
)


def guess(headings: Sequence[str], fields: Sequence[Field] = FIELDS) -> dict[str, int]:
    """Field to column: the whole heading first, then one that begins with a known name. No column twice."""
    plain = [re.sub(r"[^\w ]", "", heading).strip().casefold() for heading in headings]
    found: dict[str, int] = {}
    for fits in (_equal, _begins):
        for field in fields:
            for number, heading in enumerate(plain):
                if field.key not in found and number not in found.values() and fits(heading, field.names):
                    found[field.key] = number
    return found


def _equal(heading: str, names: Sequence[str]) -> bool:
    return heading in names


def _begins(heading: str, names: Sequence[str]) -> bool:
    return any(heading.startswith(f"{name} ") for name in names)


def missing(mapping: Mapping[str, int], fields: Sequence[Field] = FIELDS) -> list[Field]:
    """Fields that no file can do without and that have no column yet."""
    return [field for field in fields if field.needed and field.key not in mapping]


def letter(number: int) -> str:
    """The column as a spreadsheet names it: 0 is A, 26 is AA."""
    first, second = divmod(number, 26)
    return (chr(ord("A") + first - 1) if first else "") + chr(ord("A") + second)
