"""A Video: what one channel will show moving, frozen at approval as an image is, and never held in memory whole.

Captions are part of what is approved: their text lies in the message itself, in WebVTT (https://www.w3.org/TR/webvtt1/).
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import storages

from publishing.errors import ChannelMisconfigured
from publishing.media import Media

BLOCK = 1 << 20  # bytes read at a time


@dataclass(frozen=True)
class Video:
    """One video, pinned by the SHA-256 of its bytes; they lie in the ``outbox`` storage under that name.

    ``captions`` may be empty only when nothing is said (``speechless``) or the words stand in the picture itself
    (``in_picture``). ``poster`` is what is shown before it plays, for platforms that take one.
    """

    sha256: str
    mime: str
    size: int  # bytes
    width: int  # pixels
    height: int  # pixels
    milliseconds: int
    filename: str
    description: str  # what somebody who cannot see it needs to know
    captions: str = ""  # WebVTT
    captions_language: str = "da"  # BCP 47
    in_picture: bool = False
    speechless: bool = False
    poster: Media | None = None

    @classmethod
    def freeze(cls, file: IO[bytes], **values: Any) -> "Video":
        """Store what can be read from ``file`` under its own hash (again is harmless); the rest as in the fields."""
        file.seek(0)
        sha256, size = digest(file)
        storage = storages["outbox"]
        if not storage.exists(sha256):
            file.seek(0)
            storage.save(sha256, File(file))
        return cls(sha256=sha256, size=size, **values)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Video":
        poster = data.get("poster")
        return cls(**{**data, "poster": Media(**poster) if poster else None})

    @property
    def seconds(self) -> float:
        return self.milliseconds / 1000

    def part(self, start: int, size: int) -> bytes:
        """So many bytes from there on, fewer at the end, proved to be the approved ones; ChannelMisconfigured else."""
        return b"".join(self.blocks(start, min(start + size, self.size)))

    def blocks(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from ``start`` up to ``end``, a block at a time. ChannelMisconfigured at once, as ``part``."""
        self._prove()
        return self._read(start, self.size if end is None else min(end, self.size))

    def _read(self, start: int, end: int) -> Iterator[bytes]:
        with storages["outbox"].open(self.sha256) as file:
            file.seek(start)
            while start < end and (block := file.read(min(BLOCK, end - start))):
                start += len(block)
                yield block

    def _prove(self) -> None:
        storage = storages["outbox"]
        try:
            stamp = (storage.size(self.sha256), storage.get_modified_time(self.sha256).timestamp())
            found = _digest_of(self.sha256, storage.path(self.sha256), *stamp)
        except FileNotFoundError as error:
            raise ChannelMisconfigured("A frozen video is missing from the outbox storage.", self.sha256) from error
        if found != self.sha256:
            raise ChannelMisconfigured("A frozen video was changed after approval.", self.sha256)


def digest(file: IO[bytes]) -> tuple[str, int]:
    """SHA-256 of what is left to read, and how many bytes that is."""
    hashed, size = hashlib.sha256(), 0
    while block := file.read(BLOCK):
        hashed.update(block)
        size += len(block)
    return hashed.hexdigest(), size


@lru_cache(64)
def _digest_of(name: str, path: str, size: int, changed: float) -> str:
    """A file that is as large and as old as when it was looked at is not read again for every part of it."""
    with storages["outbox"].open(name) as file:
        return digest(file)[0]
