"""Sample posts with which a channel is tried. Plainly invented; nothing of them is ever sent."""

import io
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from PIL import Image

from publishing.message import Media, Message, Video

TEXT = "Prøve: husk lys på cyklen, når det bliver mørkt. #cykellygter"
LINK = "https://example.org/nyheder/proeve-cykellygter/"


def _picture() -> Media:
    """A small grey square, of the one type that every channel takes."""
    size, file = 64, io.BytesIO()
    Image.new("RGB", (size, size), "#999999").save(file, "JPEG")
    content, alt = file.getvalue(), "Prøve: en grå firkant"
    return Media.freeze(content, mime="image/jpeg", width=size, height=size, filename="proeve.jpg", alt=alt)


def _film() -> Video:
    """A file that names itself MP4, of a size that every channel takes: nothing is looked at but what is said of it."""
    content, words = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "Prøve: en grå firkant, der bevæger sig"
    facts = {"mime": "video/mp4", "width": 1280, "height": 720, "milliseconds": 10_000, "filename": "proeve.mp4"}
    return Video.freeze(io.BytesIO(content.ljust(100_000, b"\x00")), description=words, speechless=True, **facts)


def _post(**more: Any) -> Message:
    return Message(text=TEXT, title="Prøve: husk lys på cyklen", summary=TEXT, html=f"<p>{TEXT}</p>", **more)


SAMPLES: dict[str, tuple[Any, Callable[[], Message]]] = {
    "text": (_("A short text"), _post),
    "link": (_("A text with a link"), lambda: _post(link=LINK)),
    "image": (_("A text with a link and an image"), lambda: _post(link=LINK, media=(_picture(),))),
    "video": (_("A text with a link and a video"), lambda: _post(link=LINK, video=_film())),
}
