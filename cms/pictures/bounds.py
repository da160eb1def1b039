"""What a channel takes of a picture: plain values."""

from dataclasses import dataclass
from typing import Self

from publishing.adapters.base import Limits

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
# Where a platform names no size: more than any screen shows.
LARGEST = 4096  # pixels of the longer side


@dataclass(frozen=True)
class Bounds:
    """``types`` are the MIME types that can be written; the rest as in ``Limits``, whose part about images this is."""

    types: tuple[str, ...] = (JPEG, PNG, WEBP)
    bytes: int | None = None
    side: int = LARGEST
    area: int | None = None
    ratio: tuple[float, float] | None = None

    @classmethod
    def of(cls, limits: Limits) -> Self:
        taken = tuple(kind for kind in (JPEG, PNG, WEBP) if not limits.image_types or kind in limits.image_types)
        areas = [area for area in (limits.image_area, limits.image_pixels) if area]
        side = limits.image_side or LARGEST
        return cls(taken, limits.image_bytes, side, min(areas, default=None), limits.image_ratio)

    @property
    def keeps_transparency(self) -> bool:
        return PNG in self.types or WEBP in self.types
