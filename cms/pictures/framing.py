"""Which part of a picture, and how large: arithmetic, without a picture."""

from math import sqrt

from cms.cropping import Box

Size = tuple[int, int]
A_BIT = 1e-9  # 1.91 * 1000 is not quite 1910


def frame(size: Size, box: Box | None, ratio: tuple[float, float] | None) -> tuple[int, int, int, int]:
    """(left, upper, right, lower) of the box, or of everything; what a rounded box is too wide or too high by goes."""
    left, upper, right, lower = box.pixels(*size) if box else (0, 0, *size)
    if ratio is None:
        return left, upper, right, lower
    width, height = shaped((right - left, lower - upper), ratio)
    left, upper = left + (right - left - width) // 2, upper + (lower - upper - height) // 2
    return left, upper, left + width, upper + height


def shaped(size: Size, ratio: tuple[float, float]) -> Size:
    """The largest size within this one whose width by height lies between both."""
    (width, height), (narrowest, widest) = size, ratio
    return (
        max(1, min(width, int(height * widest + A_BIT))),
        max(1, min(height, int(width / narrowest + A_BIT))),
    )


def scaled(size: Size, side: int, area: int | None = None, ratio: tuple[float, float] | None = None) -> Size:
    """No side longer than ``side`` pixels, no more than ``area`` in all, and never larger than it is."""
    width, height = size
    factor = min(1.0, side / max(size))
    if area is not None:
        factor = min(factor, sqrt(area / (width * height)))
    if factor == 1:
        return size
    made = max(1, round(width * factor)), max(1, round(height * factor))
    if area is not None and made[0] * made[1] > area:
        made = max(1, int(width * factor)), max(1, int(height * factor))
    return shaped(made, ratio) if ratio else made
