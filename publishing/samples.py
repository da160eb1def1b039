"""Sample posts with which a channel is tried. Plainly invented; nothing of them is ever sent."""

import struct
import zlib
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing.message import Media, Message

TEXT = "Prøve: husk lys på cyklen, når det bliver mørkt. #cykellygter"
LINK = "https://example.org/nyheder/proeve-cykellygter/"


def _picture() -> Media:
    """A small grey square."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    size = 8
    rows = b"".join(b"\x00" + b"\x99" * size for _row in range(size))
    head = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return Media.freeze(
        png, mime="image/png", width=size, height=size, filename="proeve.png", alt="Prøve: en grå firkant"
    )


def _post(**more: Any) -> Message:
    return Message(text=TEXT, title="Prøve: husk lys på cyklen", summary=TEXT, html=f"<p>{TEXT}</p>", **more)


SAMPLES: dict[str, tuple[Any, Callable[[], Message]]] = {
    "text": (_("A short text"), _post),
    "link": (_("A text with a link"), lambda: _post(link=LINK)),
    "image": (_("A text with a link and an image"), lambda: _post(link=LINK, media=(_picture(),))),
}
