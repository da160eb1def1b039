"""What a camera writes into a picture is taken out before it is kept: place, time, owner, thumbnails. Pure.

The picture itself is not touched: parts of the file are left out, and the colour profile stays; where the camera only
named its colours, their profile is put in, for the name goes. Only where the file says that it must be turned, or is
put together in a way we do not know, it is written anew.
"""

import io
import struct
from collections.abc import Iterator

from PIL import Image, ImageOps

from cms.pictures import colours

JPEG, PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
PROFILE = b"ICC_PROFILE\x00"
# JFIF, the colour profile, and how the colours are coded; every other application's part and comments go.
JPEG_KEPT = {0xE0, 0xE2, 0xEE}
PNG_DROPPED = {b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME"}
WEBP_DROPPED = {b"EXIF", b"XMP "}
WEBP_FLAGS = 0b00001100  # "has EXIF", "has XMP"
ORIENTATION = 0x0112


class Unfamiliar(ValueError):
    """A file that is put together otherwise than we know."""


def clean(data: bytes) -> bytes:
    """The same picture with nothing about where, when and by whom it was taken."""
    with Image.open(io.BytesIO(data)) as picture:
        turned = picture.getexif().get(ORIENTATION, 1) not in (0, 1)
        named = None if "icc_profile" in picture.info else colours.profile_of(picture)
    if turned or (named and not data.startswith(JPEG)):
        return _written_anew(data)
    try:
        if data.startswith(JPEG):
            return b"".join(_jpeg(data, named))
        if data.startswith(PNG):
            return PNG + b"".join(_png(data))
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
    except (Unfamiliar, struct.error, IndexError):
        pass  # nothing is kept that was not understood
    return _written_anew(data)


def _jpeg(data: bytes, profile: bytes | None) -> Iterator[bytes]:
    """Segment by segment up to the end of the picture; what is hung on behind it (motion, previews) goes.

    ``profile`` is put in behind the JFIF part, which must be the first; it fits one segment.
    """
    yield JPEG
    at = 2
    while True:
        if data[at] != 0xFF:
            raise Unfamiliar
        marker = data[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        if profile and marker != 0xE0:
            content = PROFILE + b"\x01\x01" + profile
            yield b"\xff\xe2" + struct.pack(">H", len(content) + 2) + content
            profile = None
        if marker == 0xD9:
            yield b"\xff\xd9"
            return
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or _is_kept(marker, data[at + 4 : end]):
            yield data[at:end]
        at = end
        if marker == 0xDA:
            end = _end_of_scan(data, at)
            yield data[at:end]
            at = end


def _is_kept(marker: int, content: bytes) -> bool:
    """Of APP0 only JFIF itself, of APP2 only the colour profile: both have been used for previews."""
    wanted = {0xE0: b"JFIF\x00", 0xE2: PROFILE, 0xEE: b"Adobe"}
    return marker in JPEG_KEPT and content.startswith(wanted[marker])


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker stands after the coded picture: neither a stuffed byte nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise Unfamiliar
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def _png(data: bytes) -> Iterator[bytes]:
    at = len(PNG)
    while True:
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise Unfamiliar
        if kind not in PNG_DROPPED:
            yield data[at:end]
        if kind == b"IEND":
            return
        at = end


def _webp(data: bytes) -> bytes:
    parts, at, last = [], 12, min(len(data), 8 + struct.unpack_from("<I", data, 4)[0])
    while at + 8 <= last:
        kind, length = struct.unpack_from("<4sI", data, at)
        end = at + 8 + length + length % 2
        content = data[at + 8 : at + 8 + length]
        if kind == b"VP8X":
            content = bytes([content[0] & ~WEBP_FLAGS]) + content[1:]
        if kind not in WEBP_DROPPED:
            parts.append(struct.pack("<4sI", kind, length) + content + b"\x00" * (length % 2))
        at = end
    if not parts:
        raise Unfamiliar
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _written_anew(data: bytes) -> bytes:
    """Turned as it was meant to be seen, in the same format, with its colour profile."""
    with Image.open(io.BytesIO(data)) as picture:
        form, profile = picture.format, colours.profile_of(picture)
        upright = ImageOps.exif_transpose(picture)
        for name in ("exif", "xmp", "comment", "photoshop"):
            upright.info.pop(name, None)
        output = io.BytesIO()
        options = {"JPEG": {"quality": 95, "subsampling": 0}, "WEBP": {"quality": 95}}.get(form or "", {})
        upright.save(output, form, exif=b"", **options, **({"icc_profile": profile} if profile else {}))
    return output.getvalue()
