"""Boxes: what a file of the family of MP4 is made of (ISO/IEC 14496-12, 4.2). Pure."""

import struct
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple

from django.utils.translation import gettext_lazy as _

from cms.videos.refusing import Refused

CUT_OFF = _("The file is cut off or damaged. Export or upload it again.")
Read = Callable[[int, int], bytes]  # where, and how many bytes


class Box(NamedTuple):
    """From ``start`` up to ``end``; its content begins at ``body``."""

    kind: bytes
    start: int
    body: int
    end: int


def boxes(read: Read, start: int, end: int) -> Iterator[Box]:
    """One after the other. Refused where one of them reaches over the end."""
    at = start
    while at + 8 <= end:
        size, kind = struct.unpack(">I4s", read(at, 8))
        body = at + 8
        if size == 1 and at + 16 <= end:
            size, body = struct.unpack(">Q", read(body, 8))[0], at + 16
        elif size == 0 and kind == b"mdat":  # up to the end of the file
            size = end - at
        elif size == 0:  # how QuickTime ends a list
            return
        if size < body - at or at + size > end:
            raise Refused(CUT_OFF)
        yield Box(kind, at, body, at + size)
        at += size


def of_file(file: IO[bytes]) -> Iterator[Box]:
    """The outermost ones."""
    size = file.seek(0, 2)

    def read(at: int, count: int) -> bytes:
        file.seek(at)
        return file.read(count)

    yield from boxes(read, 0, size)


def inside(data: bytes | bytearray, box: Box, skip: int = 0) -> Iterator[Box]:
    """Those within a box that lies in memory, ``skip`` bytes after the beginning of its content."""
    return boxes(lambda at, count: bytes(data[at : at + count]), box.body + skip, box.end)


def find(data: bytes | bytearray, box: Box, *path: bytes) -> Box | None:
    """The first one on this path."""
    for kind in path:
        found = next((child for child in inside(data, box) if child.kind == kind), None)
        if found is None:
            return None
        box = found
    return box


def need(data: bytes | bytearray, box: Box, *path: bytes) -> Box:
    """The same, of what must be there."""
    found = find(data, box, *path)
    if found is None:
        raise Refused(CUT_OFF)
    return found
