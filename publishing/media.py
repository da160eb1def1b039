"""Media: one image of a message, frozen at approval under the hash of its bytes."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from publishing.errors import ChannelMisconfigured


@dataclass(frozen=True)
class Media:
    """One image, pinned by the SHA-256 of its bytes; the bytes lie in the ``outbox`` storage under that name."""

    sha256: str
    mime: str
    size: int  # bytes
    width: int  # pixels
    height: int  # pixels
    filename: str
    alt: str  # empty only when decorative
    decorative: bool = False
    credit: str = ""  # who made it, for channels that say so

    @classmethod
    def freeze(
        cls,
        content: bytes,
        *,
        mime: str,
        width: int,
        height: int,
        filename: str,
        alt: str,
        decorative: bool = False,
    ) -> "Media":
        """Store the bytes under their own hash (again is harmless) and return the pinned description."""
        sha256 = hashlib.sha256(content).hexdigest()
        storage = storages["outbox"]
        if not storage.exists(sha256):
            storage.save(sha256, ContentFile(content))
        return cls(sha256, mime, len(content), width, height, filename, alt, decorative)

    def to_json(self) -> dict[str, Any]:
        """A credit only where there is one: without it the hash is what it was before there were any."""
        data = asdict(self)
        return data if self.credit else {name: value for name, value in data.items() if name != "credit"}

    def read(self) -> bytes:
        """The bytes, proved to be the approved ones; ChannelMisconfigured if they are gone or changed."""
        try:
            with storages["outbox"].open(self.sha256) as file:
                content: bytes = file.read()
        except FileNotFoundError as error:
            raise ChannelMisconfigured("A frozen image is missing from the outbox storage.", self.sha256) from error
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise ChannelMisconfigured("A frozen image was changed after approval.", self.sha256)
        return content

    def blocks(self, start: int, end: int) -> Iterator[bytes]:
        """The bytes from ``start`` up to ``end``, as ``Video.blocks``; ChannelMisconfigured at once."""
        return iter((self.read()[start:end],))
