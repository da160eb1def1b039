"""The bytes of a file, whole or the one range that was asked for (RFC 9110), a block at a time."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from django.http import StreamingHttpResponse


class Part(NamedTuple):
    """From ``start`` up to ``end`` without it, and the status that says so."""

    start: int
    end: int
    status: int


def answer(
    asked: str, size: int, mime: str, read: Callable[[int, int], Iterator[bytes]], headers: Mapping[str, str]
) -> StreamingHttpResponse:
    """``asked`` is the header Range; ``read`` is called with where the part starts and ends."""
    part = wanted(asked, size)
    told = {**headers, "Accept-Ranges": "bytes", "Content-Length": str(part.end - part.start)}
    if part.status == 206:
        told["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{size}"
    if part.status == 416:
        told["Content-Range"] = f"bytes */{size}"
    blocks = read(part.start, part.end) if part.start < part.end else iter(())
    return StreamingHttpResponse(blocks, status=part.status, content_type=mime, headers=told)


def wanted(asked: str, size: int) -> Part:
    """A range that makes no sense, or several at once, are answered with the whole. Pure."""
    match = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", asked.strip(), re.ASCII)
    first, last = match.groups() if match else ("", "")
    if not first and not last:
        return Part(0, size, 200)
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last) + 1, size) if first and last else size
    if start >= size:
        return Part(0, 0, 416)
    return Part(start, end, 206) if start < end else Part(0, size, 200)
