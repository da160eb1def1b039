"""A track: picture or sound of a video, how large and long it is, and where its samples lie in the file. Pure."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from cms.videos.boxes import CUT_OFF, Box, find, inside, need
from cms.videos.refusing import Refused

Range = tuple[int, int]  # from, up to


@dataclass(frozen=True)
class Track:
    """``box`` is its ``trak`` in ``data``."""

    data: bytes
    box: Box

    @cached_property
    def handler(self) -> bytes:
        at = need(self.data, self.box, b"mdia", b"hdlr").body
        return self.data[at + 8 : at + 12]

    @cached_property
    def entry(self) -> Box:
        """How its samples are coded. Refused when they are in several ways."""
        entries = list(inside(self.data, need(self.data, self.box, b"mdia", b"minf", b"stbl", b"stsd"), skip=8))
        if len(entries) != 1:
            raise Refused(CUT_OFF)
        return entries[0]

    @cached_property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, upright as it is shown."""
        at = need(self.data, self.box, b"tkhd").body
        later = 12 if self.data[at] == 1 else 0
        a, b, _u, c, d = struct.unpack_from(">5i", self.data, at + 40 + later)
        width, height = (side >> 16 for side in struct.unpack_from(">2I", self.data, at + 76 + later))
        if not width or not height:
            width, height = struct.unpack_from(">2H", self.data, self.entry.body + 24)
        on_its_side = a == d == 0 and b != 0 and c != 0
        return (height, width) if on_its_side else (width, height)

    @cached_property
    def milliseconds(self) -> int:
        return length(self.data, need(self.data, self.box, b"mdia", b"mdhd"))

    def ranges(self) -> Iterator[Range]:
        """Where in the file its samples lie, a chunk at a time (ISO/IEC 14496-12, 8.7)."""
        table = need(self.data, self.box, b"mdia", b"minf", b"stbl")
        sizes, each, count = self._sizes(table)
        offsets, runs = self._offsets(table), self._runs(table)
        sample = run = 0
        for number, offset in enumerate(offsets, start=1):
            while run + 1 < len(runs) and runs[run + 1][0] <= number:
                run += 1
            samples = min(runs[run][1], count - sample)
            length = each * samples if each else sum(sizes[sample : sample + samples])
            if length:
                yield offset, offset + length
            sample += samples

    def _sizes(self, table: Box) -> tuple[tuple[int, ...], int, int]:
        """Of each sample, or the one size that all have; and how many there are."""
        box = need(self.data, table, b"stsz")
        each, count = struct.unpack_from(">2I", self.data, box.body + 4)
        return ((), each, count) if each else (self._numbers(box, 12, count, "I"), 0, count)

    def _offsets(self, table: Box) -> tuple[int, ...]:
        short = find(self.data, table, b"stco")
        box, kind = (short, "I") if short is not None else (need(self.data, table, b"co64"), "Q")
        return self._numbers(box, 8, struct.unpack_from(">I", self.data, box.body + 4)[0], kind)

    def _runs(self, table: Box) -> list[tuple[int, int]]:
        """(first chunk, samples in each chunk from there on)."""
        box = need(self.data, table, b"stsc")
        count = struct.unpack_from(">I", self.data, box.body + 4)[0]
        numbers = self._numbers(box, 8, count * 3, "I")
        if not numbers:
            raise Refused(CUT_OFF)
        return list(zip(numbers[::3], numbers[1::3], strict=True))

    def _numbers(self, box: Box, skip: int, count: int, kind: str) -> tuple[int, ...]:
        if box.body + skip + count * struct.calcsize(kind if kind == "I" else ">Q") > box.end:
            raise Refused(CUT_OFF)
        return struct.unpack_from(f">{count}{kind}", self.data, box.body + skip)


def length(data: bytes, header: Box) -> int:
    """Milliseconds by an ``mvhd`` or ``mdhd``; 0 when it does not say."""
    long = data[header.body] == 1
    scale, units = struct.unpack_from(">IQ" if long else ">II", data, header.body + (20 if long else 12))
    unknown = units == (2**64 - 1 if long else 2**32 - 1)
    return 0 if unknown or not scale else round(units * 1000 / scale)
