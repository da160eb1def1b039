"""Bodies of requests that are read while they leave, so that no video is ever in memory whole."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from publishing.message import Media, Video

Part = bytes | Callable[[], Iterator[bytes]]


@dataclass(frozen=True)
class Body:
    """Its length is known beforehand: the other side is told it, as with any other body."""

    parts: tuple[Part, ...]
    size: int

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[bytes]:
        for part in self.parts:
            yield from [part] if isinstance(part, bytes) else part()


def of(video: Video) -> Body:
    """The very bytes of a video. ChannelMisconfigured, once it is read, if they are not the approved ones."""
    return Body((video.blocks,), video.size)


def form(fields: Mapping[str, str], files: Mapping[str, Media | Video]) -> tuple[Body, str]:
    """A form with files (RFC 7578), and its content type."""
    boundary = uuid.uuid4().hex
    parts: list[Part] = []
    size = 0
    for name, text in fields.items():
        parts.append(_head(boundary, name) + text.encode() + b"\r\n")
    for name, file in files.items():
        parts.append(_head(boundary, name, file.filename, file.mime))
        parts.append(file.blocks if isinstance(file, Video) else file.read())
        parts.append(b"\r\n")
        size += file.size if isinstance(file, Video) else 0
    parts.append(f"--{boundary}--\r\n".encode())
    size += _length(part for part in parts if isinstance(part, bytes))
    return Body(tuple(parts), size), f"multipart/form-data; boundary={boundary}"


def _head(boundary: str, name: str, filename: str = "", mime: str = "text/plain") -> bytes:
    file = f'; filename="{quote(filename)}"' if filename else ""
    kind = f"\r\nContent-Type: {mime}" if filename else ""
    return f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{file}{kind}\r\n\r\n'.encode()


def _length(parts: Iterable[bytes]) -> int:
    return sum(map(len, parts))
