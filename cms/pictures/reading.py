"""A file becomes a picture: decoded, upright, in a mode that can be worked with."""

import io

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from cms.pictures import colours
from publishing.errors import Words

MOVES = _("The image moves, and would be shown as a still. Choose one that does not move.")
ALPHA = "A"
# A telephone's file with a depth map or a second view behind the picture is several frames, and does not move.
STILL = {"MPO"}


class CannotCarry(ValueError):
    """The picture cannot go there whole. ``sentence`` tells the editor what to do."""

    def __init__(self, sentence: Words) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def moves(data: bytes) -> bool:
    """Whether it is animated."""
    with Image.open(io.BytesIO(data)) as picture:
        return _moves(picture)


def _moves(picture: Image.Image) -> bool:
    return bool(getattr(picture, "is_animated", False)) and picture.format not in STILL


def opened(data: bytes) -> tuple[Image.Image, bytes | None]:
    """The picture in RGB, RGBA, L, LA or CMYK, and its colour profile. CannotCarry when it moves or cannot be read."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if _moves(picture):
                raise CannotCarry(MOVES)
            profile = colours.profile_of(picture)
            return _workable(ImageOps.exif_transpose(picture)), profile
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise CannotCarry(_("The image cannot be read. Upload it again.")) from error


def _workable(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):  # sixteen bits of grey: Pillow would cut off what is above eight
        picture = picture.convert("I").point(lambda level: level * (1 / 257) + 0.5).convert("L")
    elif picture.has_transparency_data:
        picture = picture.convert("LA" if picture.mode in ("L", "LA", "La") else "RGBA")
        if picture.getchannel(ALPHA).getextrema() == (255, 255):
            picture = picture.convert(picture.mode.removesuffix(ALPHA))
    elif picture.mode not in ("RGB", "L", "CMYK"):
        picture = picture.convert("L" if picture.mode == "1" else "RGB")
    picture.info.clear()  # nothing of it may reach a file that leaves
    return picture
