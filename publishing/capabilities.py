"""What each kind of channel can carry, read off its ``Limits``: for the admin, the README and the command line."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import adapters
from publishing.adapters.base import Adapter, Limits
from publishing.errors import Words

BEGIN, END = "<!-- manage.py channels capabilities --write README.md -->", "<!-- end of the table -->"


@dataclass(frozen=True)
class Capability:
    """One row of the table: what it is called, and what a kind's limits say about it."""

    label: Words
    says: Callable[[Limits], str]


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")


def _number(value: int | None) -> str:
    return number_format(value, force_grouping=True) if value is not None else _("no limit")


def _of_images(say: Callable[[Limits], str]) -> Callable[[Limits], str]:
    return lambda limits: say(limits) if limits.images else "–"


def _characters(limits: Limits) -> str:
    if limits.bytes is None:
        return _number(limits.characters)
    told = {"characters": _number(limits.characters), "bytes": _number(limits.bytes)}
    return _("%(characters)s, and %(bytes)s bytes") % told


def _size(limits: Limits) -> str:
    """In megabytes of a million bytes, as the platforms give them, and millions of pixels."""
    parts = []
    if limits.image_bytes is not None:
        parts.append(_("%(size)s MB") % {"size": number_format(round(limits.image_bytes / 1e6, 1))})
    if limits.image_pixels is not None:
        parts.append(_("%(size)s million pixels") % {"size": number_format(round(limits.image_pixels / 1e6, 1))})
    return ", ".join(parts) or _("no limit")


def _kept(limits: Limits) -> str:
    """Beyond this the platform shrinks it itself, or we do before."""
    parts = []
    if limits.image_side is not None:
        parts.append(_("%(pixels)s pixels on the longer side") % {"pixels": _number(limits.image_side)})
    if limits.image_area is not None:
        parts.append(_("%(size)s million pixels") % {"size": number_format(round(limits.image_area / 1e6, 1))})
    return ", ".join(parts) or _("no limit")


def _shape(ratio: tuple[float, float] | None) -> str:
    """Width by height."""
    if ratio is None:
        return _("any")
    narrowest, widest = (number_format(round(side, 2) if side % 1 else int(side)) for side in ratio)
    return _("from %(narrowest)s:1 to %(widest)s:1") % {"narrowest": narrowest, "widest": widest}


def _carried(limits: Limits) -> str:
    return _("fetched from an open address of ours") if limits.fetches_media else _("sent along")


def _types(types: Iterable[str]) -> str:
    return ", ".join(mime.rpartition("/")[2].upper() for mime in types) or _("any")


def _down(limits: Limits) -> str:
    if limits.withdraw:
        return _("yes")
    return _("no") if limits.fan_out else _("by hand")


def _images(limits: Limits) -> str:
    if limits.publishes_page:
        return _("as on the page")
    return _number(limits.images) if limits.images else _("no")


def _of_videos(say: Callable[[Limits], str]) -> Callable[[Limits], str]:
    return lambda limits: say(limits) if limits.video else "–"


def _video(limits: Limits) -> str:
    return _("as on the page") if limits.publishes_page else _yes(limits.video)


def _size_of_video(limits: Limits) -> str:
    parts = []
    if limits.video_bytes is not None:
        size = number_format(round(limits.video_bytes / 1e6, 1), force_grouping=True)
        parts.append(_("%(size)s MB") % {"size": size})
    if limits.video_pixels is not None:
        parts.append(_("%(size)s million pixels") % {"size": number_format(round(limits.video_pixels / 1e6, 1))})
    return ", ".join(parts) or _("no limit")


def _length_of_video(limits: Limits) -> str:
    if limits.video_seconds is None:
        return _("any")
    shortest, longest = (number_format(round(side, 1) if side % 1 else int(side)) for side in limits.video_seconds)
    return _("%(shortest)s to %(longest)s seconds") % {"shortest": shortest, "longest": longest}


TABLE = (
    Capability(gettext_lazy("Characters"), _characters),
    Capability(gettext_lazy("Counted"), lambda limits: str(limits.counting) if limits.characters is not None else "–"),
    Capability(gettext_lazy("Images"), _images),
    Capability(gettext_lazy("Size of an image"), _of_images(_size)),
    Capability(gettext_lazy("Shown of an image"), _of_images(_kept)),
    Capability(
        gettext_lazy("Shape of an image, width to height"), _of_images(lambda limits: _shape(limits.image_ratio))
    ),
    Capability(gettext_lazy("Types of images"), _of_images(lambda limits: _types(limits.image_types))),
    Capability(gettext_lazy("Images get there"), _of_images(_carried)),
    Capability(gettext_lazy("Characters of alternative text"), _of_images(lambda limits: _number(limits.alt_text))),
    Capability(gettext_lazy("Video"), _video),
    Capability(gettext_lazy("Size of a video"), _of_videos(_size_of_video)),
    Capability(gettext_lazy("Length of a video"), _of_videos(_length_of_video)),
    Capability(
        gettext_lazy("Shape of a video, width to height"), _of_videos(lambda limits: _shape(limits.video_ratio))
    ),
    Capability(gettext_lazy("Types of videos"), _of_videos(lambda limits: _types(limits.video_types))),
    Capability(gettext_lazy("A video is made ready before its hour"), _of_videos(lambda limits: _yes(limits.ahead))),
    Capability(
        gettext_lazy("A draft that is given up is taken away"), _of_videos(lambda limits: _yes(limits.discards))
    ),
    Capability(gettext_lazy("What the video shows, in words"), _of_videos(lambda limits: _yes(limits.describes_video))),
    Capability(gettext_lazy("Captions beside the picture"), _of_videos(lambda limits: _yes(limits.captions))),
    Capability(gettext_lazy("Link"), lambda limits: _yes(limits.link)),
    Capability(gettext_lazy("Formatted text"), lambda limits: _yes(limits.html)),
    Capability(gettext_lazy("First comment and threads"), lambda limits: _yes(limits.replies)),
    Capability(gettext_lazy("Edited after sending"), lambda limits: _yes(limits.edit or limits.publishes_page)),
    Capability(gettext_lazy("Taken down"), _down),
    Capability(gettext_lazy("Sending twice is harmless"), lambda limits: _yes(limits.idempotent)),
    Capability(gettext_lazy("The point of no return is noted"), lambda limits: _yes(limits.departs)),
    Capability(gettext_lazy("A lost answer can be looked up"), lambda limits: _yes(limits.find)),
    Capability(gettext_lazy("Read back after sending"), lambda limits: _yes(limits.read)),
    Capability(gettext_lazy("Figures"), lambda limits: _yes(limits.metrics)),
    Capability(gettext_lazy("Needs a risk decision"), lambda limits: _yes(not limits.in_house)),
    Capability(gettext_lazy("What is under embargo, for the press"), lambda limits: _yes(limits.keeps_embargo)),
    Capability(gettext_lazy("Mentions are looked up beforehand"), lambda limits: _yes(limits.identifies)),
    Capability(gettext_lazy("Says its unit and theme"), lambda limits: _yes(limits.about)),
    Capability(gettext_lazy("One message for each recipient"), lambda limits: _yes(limits.fan_out)),
    Capability(gettext_lazy("Posted by a person"), lambda limits: _yes(limits.by_hand)),
)


def kinds() -> list[Adapter]:
    """Every kind there is, in the order of the registry."""
    return [adapters.get(kind) for kind in adapters.KINDS]


def rows(limits: Iterable[Limits]) -> list[tuple[str, list[str]]]:
    """The whole table, a row a capability and a column for each of ``limits``."""
    columns = list(limits)
    return [(str(item.label), [item.says(column) for column in columns]) for item in TABLE]


def access(adapter: Adapter) -> str:
    """How somebody gives a channel of this kind access."""
    if adapter.connects:
        return _("in a browser")
    return _("typed in the form") if any(setting.secret for setting in adapter.settings) else _("none needed")


def in_short(limits: Limits) -> list[str]:
    """The few words that tell kinds apart in a list."""
    words = []
    if limits.characters is not None:
        words.append(_("%(number)s characters") % {"number": _number(limits.characters)})
    if limits.images:
        words.append(_("images up to %(number)s") % {"number": limits.images})
    if limits.html and not limits.images:
        words.append(_("whole articles"))
    if limits.fan_out:
        words.append(_("one message for each recipient"))
    if limits.by_hand:
        words.append(_("posted by a person"))
    elif limits.withdraw:
        words.append(_("can be taken down"))
    return words


def _table() -> list[tuple[str, list[str]]]:
    return [*rows(adapter.limits for adapter in kinds()), (_("Access"), [access(adapter) for adapter in kinds()])]


def markdown() -> str:
    """The table as it stands in the README, in English."""
    with translation.override("en"):
        lines = [
            "| | " + " | ".join(str(adapter.label) for adapter in kinds()) + " |",
            "|---" * (len(kinds()) + 1) + "|",
        ]
        lines += [f"| {label} | " + " | ".join(values) + " |" for label, values in _table()]
    return "\n".join(lines)


def as_json() -> str:
    """Kind -> capability -> what it says, in English."""
    with translation.override("en"):
        table = _table()
        found = {item.kind: {label: values[n] for label, values in table} for n, item in enumerate(kinds())}
    return json.dumps(found, ensure_ascii=False, indent=1)


def write_into(file: Path) -> bool:
    """Put the table between the marks; whether anything changed. ValueError when the marks are not there."""
    before = file.read_text(encoding="utf-8")
    head, begin, rest = before.partition(BEGIN)
    _old, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{file} has no marks: {BEGIN} and {END}")
    after = f"{head}{begin}\n{markdown()}\n{end}{tail}"
    file.write_text(after, encoding="utf-8")
    return after != before
