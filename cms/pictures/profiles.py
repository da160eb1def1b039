"""Small colour profiles (ICC.1:2010, version 2), written here: of spaces that a file may name without bringing them."""

import struct
from collections.abc import Mapping
from functools import cache

D50 = (0.9642, 1.0, 0.8249)
# Adobe RGB (1998), 4.3.5: adapted to D50; red, green and blue as XYZ, and a gamma of 2 51/256.
ADOBE = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
ADOBE_GAMMA = 563 / 256


@cache
def adobe_rgb() -> bytes:
    """What a camera means by Adobe RGB."""
    return of_colours("Compatible with Adobe RGB (1998)", ADOBE, ADOBE_GAMMA)


def of_colours(name: str, primaries: tuple[tuple[float, ...], ...], gamma: float) -> bytes:
    """An RGB space by its red, green and blue, with one gamma for all three."""
    colours = dict(zip((b"rXYZ", b"gXYZ", b"bXYZ"), map(_xyz, primaries), strict=True))
    return written(name, b"RGB ", b"XYZ ", colours | dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve(gamma)))


def written(name: str, space: bytes, between: bytes, tags: Mapping[bytes, bytes], device: bytes = b"mntr") -> bytes:
    """A whole profile: from ``space`` to ``between``, with these tags beside those that every profile has."""
    words = name.encode("ascii") + b"\x00"
    tags = {
        b"desc": struct.pack(">4s4xI", b"desc", len(words)) + words + bytes(78),
        b"cprt": b"text" + bytes(4) + b"Nobody\x00",
        b"wtpt": _xyz(D50),
        **tags,
    }
    at, index, body = 128 + 4 + 12 * len(tags), b"", b""
    for tag, content in tags.items():
        index += struct.pack(">4sII", tag, at + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    head = struct.pack(">I4sI4s4s4s", at + len(body), b"", 0x02400000, device, space, between)
    head += bytes(12) + b"acsp" + bytes(28) + struct.pack(">3i", *(round(value * 65536) for value in D50))
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + index + body


def curve(gamma: float) -> bytes:
    return struct.pack(">4s4xIH", b"curv", 1, round(gamma * 256))


def _xyz(values: tuple[float, ...]) -> bytes:
    return struct.pack(">4s4x3i", b"XYZ ", *(round(value * 65536) for value in values))
