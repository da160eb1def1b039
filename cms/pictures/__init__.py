"""A picture as one channel takes it: whole, upright, in the colours it was meant to have, and nothing of the camera.

Pure: bytes in, bytes out, and the same bytes every time, so that what was looked at is what is frozen at approval. The
original in the library is not touched.

1. ``reading``   decoded, turned upright; what moves is refused, because a still of it is another picture
2. ``framing``   the part that ``cms.cropping`` says, no larger than the platform shows it
3. ``colours``   converted to sRGB from whatever the file says; put on a ground only where nothing transparent is taken
4. ``drawing``   is it drawn (text, lines, a logo) or photographed? That decides how it is kept sharp
5. ``writing``   as large and as good as the platform's bytes allow, never larger than it was
"""

from cms.cropping import Box
from cms.pictures import colours, drawing, framing, reading, writing
from cms.pictures.bounds import Bounds
from cms.pictures.reading import MOVES, CannotCarry, moves
from cms.pictures.writing import Carried

__all__ = ["MOVES", "Bounds", "CannotCarry", "Carried", "carry", "moves"]


def carry(data: bytes, bounds: Bounds, box: Box | None = None) -> Carried:
    """The best that fits the bounds. CannotCarry, with a sentence for the editor, when nothing honest does."""
    picture, profile = reading.opened(data)
    picture = picture.crop(framing.frame(picture.size, box, bounds.ratio))
    picture = colours.to_srgb(picture, profile)
    if picture.mode == "RGBA" and not bounds.keeps_transparency:
        picture = colours.on_ground(picture)
    return writing.written(picture, bounds, drawn=drawing.is_drawn(picture))
