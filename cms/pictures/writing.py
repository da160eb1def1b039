"""As large and as good as the bytes allow: first the quality gives way, down to where it would be seen, then the size.

Drawn pictures and those that something shows through are written without loss while they fit. A JPEG keeps its colours
at full resolution (4:4:4), so that coloured text stays sharp; only a photograph gives that up before it gets smaller.
"""

import io
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageChops, ImageStat

from cms.pictures import framing
from cms.pictures.bounds import JPEG, PNG, WEBP, Bounds
from cms.pictures.reading import CannotCarry

SMALLEST, STEP = 320, 16  # pixels of the longer side: below that nobody sees anything; how finely it is sought
UNSEEN = 1.5  # steps of 255 by which a colour may be off on average


@dataclass(frozen=True)
class Carried:
    """The very bytes that leave."""

    content: bytes = field(repr=False)
    mime: str
    width: int  # pixels
    height: int  # pixels


@dataclass(frozen=True)
class Way:
    """A way of writing, with the qualities between which it may choose; without loss there is nothing to choose."""

    mime: str
    best: int = 100
    least: int = 100
    options: tuple[tuple[str, Any], ...] = ()

    def written(self, picture: Image.Image, quality: int) -> bytes:
        output = io.BytesIO()
        options: dict[str, Any] = dict(self.options)
        if self.mime != PNG:
            options["quality"] = quality
        picture.save(output, self.mime.removeprefix("image/"), **options)
        return output.getvalue()


LOSSLESS = Way(PNG)
SHARP = Way(JPEG, 95, 82, (("subsampling", "4:4:4"),))
PHOTO = Way(JPEG, 92, 75, (("subsampling", "4:2:0"),))
SHOWING_THROUGH = Way(WEBP, 95, 75, (("alpha_quality", 100), ("exact", False)))


def written(picture: Image.Image, bounds: Bounds, *, drawn: bool) -> Carried:
    """The first way that fits at full size; else the last of them, as large as fits at its least quality."""
    full = _resized(picture, framing.scaled(picture.size, bounds.side, bounds.area, bounds.ratio))
    way = None
    for way, version in _tries(full, drawn, bounds.types):
        content = _best(way, version, bounds.bytes)
        if content is not None:
            return Carried(content, way.mime, *full.size)
    if way is None:
        raise CannotCarry(_("This channel takes no type of image that we can make."))
    return _smaller(way, picture, max(full.size), bounds)


def _tries(picture: Image.Image, drawn: bool, types: tuple[str, ...]) -> Iterator[tuple[Way, Image.Image]]:
    transparent = picture.mode == "RGBA"
    if PNG in types and (transparent or drawn or JPEG not in types):
        yield LOSSLESS, picture
        few = _in_few_colours(picture) if drawn and not transparent else None
        if few is not None:
            yield LOSSLESS, few
    if WEBP in types and (transparent or JPEG not in types):
        yield SHOWING_THROUGH, picture
    if JPEG in types and not transparent:
        yield SHARP, picture
        if not drawn:
            yield PHOTO, picture


def _in_few_colours(picture: Image.Image) -> Image.Image | None:
    """With 256 colours, which halves a text; None where it would show."""
    made = picture.quantize(256, dither=Image.Dither.NONE)
    off = ImageStat.Stat(ImageChops.difference(picture, made.convert("RGB"))).rms
    return made if max(off) <= UNSEEN else None


def _best(way: Way, picture: Image.Image, limit: int | None) -> bytes | None:
    """At the highest quality that stays within the bytes; None when even the least does not."""
    content = way.written(picture, way.best)
    if limit is None or len(content) <= limit:
        return content
    found, low, high = None, way.least, way.best - 1
    while low <= high:
        quality = (low + high) // 2
        content = way.written(picture, quality)
        if len(content) <= limit:
            found, low = content, quality + 1
        else:
            high = quality - 1
    return found


def _smaller(way: Way, picture: Image.Image, side: int, bounds: Bounds) -> Carried:
    """As large as fits. Always made from the original size, so nothing is shrunk twice."""

    def at(longest: int) -> Carried:
        made = _resized(picture, framing.scaled(picture.size, longest, bounds.area, bounds.ratio))
        return Carried(way.written(made, way.least), way.mime, *made.size)

    sides = range(side - STEP, SMALLEST, -STEP)
    first = bisect_left(sides, True, key=lambda longest: len(at(longest).content) <= (bounds.bytes or 0))
    if first == len(sides):
        raise CannotCarry(_("The image cannot be made small enough for this channel. Choose a simpler one."))
    return at(sides[first])


def _resized(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    return picture if picture.size == size else picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
