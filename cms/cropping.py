"""Which part of a picture a channel shows: a box as fractions of the picture, from the writer or round the focal point.

Pure. Who freezes a picture asks ``box_for`` and cuts by ``Box.pixels``; None means that the whole picture goes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from publishing.adapters.base import Limits

SLACK = 0.01  # a ratio so near to the limit is within it: pixels are whole
SMALLEST = 0.05  # of the picture's side: less shows nothing
SHAPES = ((1, 1), (4, 5), (3, 4), (9, 16), (3, 2), (16, 9), (191, 100))  # ready ratios, width by height


class NoBox(ValueError):
    """What was stored or typed is not a part of a picture."""


@dataclass(frozen=True)
class Box:
    """A part of a picture: its upper left corner and its size, each between 0 and 1 of the picture's own."""

    x: float
    y: float
    width: float
    height: float

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """(left, upper, right, lower) in a picture of that size, never empty."""
        left, upper = min(round(self.x * width), width - 1), min(round(self.y * height), height - 1)
        right, lower = round((self.x + self.width) * width), round((self.y + self.height) * height)
        return left, upper, min(width, max(right, left + 1)), min(height, max(lower, upper + 1))

    def ratio(self, width: int, height: int) -> float:
        """Width by height of the part, in a picture of that size."""
        return (self.width * width) / (self.height * height)

    def to_json(self) -> list[float]:
        return [round(value, 4) for value in (self.x, self.y, self.width, self.height)]

    @classmethod
    def from_json(cls, value: Any) -> "Box":
        """The box that ``to_json`` described; NoBox for anything that does not lie within a picture."""
        if not isinstance(value, list) or len(value) != 4 or not all(_is_number(item) for item in value):
            raise NoBox
        x, y, width, height = value
        if min(x, y) < 0 or min(width, height) < SMALLEST or max(x + width, y + height) > 1.0002:
            raise NoBox
        return cls(x, y, min(width, 1 - x), min(height, 1 - y))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def checked(crops: Any) -> dict[str, list[float]]:
    """The boxes of a channel's version by the image's id, as they are stored; NoBox when there is anything else."""
    if not isinstance(crops, Mapping) or not all(str(key).isdecimal() for key in crops):
        raise NoBox
    return {str(key): Box.from_json(value).to_json() for key, value in crops.items()}


def box_for(variant: Any, image: Any, limits: Limits) -> Box | None:
    """The part of the image that goes to a channel: what the writer chose, within the ratios that the channel takes.

    ``variant`` is the channel's own version of the content, or None. None: the whole picture goes.
    """
    size = (image.width, image.height)
    own = chosen(variant, image)
    if own is None:
        wanted = _nearest(size[0] / size[1], limits.image_ratio)
        return None if wanted is None else around(size, wanted, focus_of(image))
    wanted = _nearest(own.ratio(*size), limits.image_ratio)
    return own if wanted is None else _within(own, size, wanted)


def chosen(variant: Any, image: Any) -> Box | None:
    """The part that the writer chose for this image on this channel, if any."""
    stored = variant.crops.get(str(image.pk)) if variant is not None else None
    return None if stored is None else Box.from_json(stored)


def focus_of(image: Any) -> tuple[float, float]:
    """What must be seen of the image, as fractions of it: Wagtail's focal point, or else the middle."""
    focus = image.get_focal_point()
    if focus is None:
        return 0.5, 0.5
    return focus.centroid_x / image.width, focus.centroid_y / image.height


def around(size: tuple[int, int], ratio: float, focus: tuple[float, float] = (0.5, 0.5)) -> Box:
    """The largest part of that ratio with the focus as near to its middle as the picture allows."""
    own = size[0] / size[1]
    width, height = min(1.0, ratio / own), min(1.0, own / ratio)
    x, y = (min(max(at - side / 2, 0.0), 1 - side) for at, side in zip(focus, (width, height), strict=True))
    return Box(x, y, width, height)


def _within(box: Box, size: tuple[int, int], ratio: float) -> Box:
    """The largest part of a box that has the ratio, from its middle."""
    inner = around((round(box.width * size[0]), round(box.height * size[1])), ratio)
    width, height = box.width * inner.width, box.height * inner.height
    return Box(box.x + box.width * inner.x, box.y + box.height * inner.y, width, height)


def _nearest(ratio: float, taken: tuple[float, float] | None) -> float | None:
    """The ratio that is taken and is nearest to this one; None when this one is taken as it is."""
    if taken is None:
        return None
    low, high = taken
    if ratio < low * (1 - SLACK):
        return low
    return high if ratio > high * (1 + SLACK) else None


def shapes_for(limits: Limits) -> list[tuple[int, int]]:
    """The ready ratios that a channel takes."""
    return [shape for shape in SHAPES if _nearest(shape[0] / shape[1], limits.image_ratio) is None]
