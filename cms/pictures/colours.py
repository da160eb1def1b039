"""Colours: every picture leaves in sRGB, which is what a file without a profile is taken for."""

import io
import struct

from PIL import Image, ImageChops, ImageCms, ImageFilter, ImageStat

from cms.pictures import profiles

SRGB = ImageCms.createProfile("sRGB")
SPACES = {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK"}
HOW = ImageCms.Flags.BLACKPOINTCOMPENSATION
WHITE, DARK = (255, 255, 255), (24, 24, 24)
READABLE = 3  # WCAG 2.2, 1.4.11: contrast of what is not running text
# Exif 2.32: ColorSpace, and below it the InteroperabilityIndex. A camera that is set to Adobe RGB writes "uncalibrated"
# and R03 (DCF 2.0), and seldom a profile; some write 2, which no standard knows.
EXIF, INTEROPERABILITY, SPACE, INDEX = 0x8769, 0xA005, 0xA001, 1
UNCALIBRATED, ADOBE = 0xFFFF, 2


def profile_of(picture: Image.Image) -> bytes | None:
    """The colour profile of a picture as it was opened: its own, else that of the space which the camera names."""
    own: bytes | None = picture.info.get("icc_profile")
    return own or (profiles.adobe_rgb() if picture.mode == "RGB" and _is_adobe_by_exif(picture) else None)


def _is_adobe_by_exif(picture: Image.Image) -> bool:
    try:
        exif = picture.getexif()
        space, index = exif.get_ifd(EXIF).get(SPACE), exif.get_ifd(INTEROPERABILITY).get(INDEX)
    except (SyntaxError, ValueError, struct.error):  # a broken one names no space
        return False
    return space == ADOBE or (space == UNCALIBRATED and str(index).rstrip("\0 ") == "R03")


def to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB, or RGBA where something shows through. A profile that is broken or of another kind counts as none."""
    alpha = picture.getchannel("A") if picture.mode in ("RGBA", "LA") else None
    colours = picture.convert(picture.mode.removesuffix("A")) if alpha else picture
    colours = _converted(colours, profile) if profile else colours.convert("RGB")
    if alpha:
        colours.putalpha(alpha)
    return colours


def _converted(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        space = source.profile.xcolor_space.strip()
        if space == "RGB":
            picture = picture if picture.mode == "RGB" else picture.convert("RGB")
            if ImageCms.getProfileDescription(source).startswith("sRGB"):
                return picture  # a conversion to the same would round
        if space != SPACES[picture.mode]:
            return picture.convert("RGB")
        intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
        made = ImageCms.buildTransform(source, SRGB, picture.mode, "RGB", intent, HOW).apply(picture)
    except (ImageCms.PyCMSError, OSError):
        return picture.convert("RGB")
    made.info.clear()  # the profile that it was given
    return made


def on_ground(picture: Image.Image) -> Image.Image:
    """Without transparency: on white, unless what borders on it is so light that it would be lost."""
    ground = WHITE if _contrast_to_white(picture) >= READABLE else DARK
    made = Image.new("RGB", picture.size, ground)
    made.paste(picture, mask=picture.getchannel("A"))
    return made


def _contrast_to_white(picture: Image.Image) -> float:
    """Of the rim of what is seen: a light letter inside a dark sign is not lost."""
    seen = picture.getchannel("A").point(lambda level: 255 if level >= 128 else 0)
    rim = ImageChops.subtract(seen, seen.filter(ImageFilter.MinFilter(5)))
    if rim.getbbox() is None:
        return READABLE  # nothing stands on the ground
    red, green, blue = (_linear(level / 255) for level in ImageStat.Stat(picture.convert("RGB"), rim).median)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(level: float) -> float:
    return float(level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4)
