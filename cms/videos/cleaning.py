"""What a camera writes into a video is taken out before it is kept: place, time, owner, device, further tracks. Pure.

What is seen and heard is not touched, and stays where it lies in the file. Only what is known to be needed for it is
kept; every other box becomes ``free`` and is overwritten, times become zero, and so does every byte between samples.
"""

import struct
from collections.abc import Callable
from typing import IO

from cms.videos import codecs, movie
from cms.videos.boxes import CUT_OFF, Box, inside
from cms.videos.movie import Facts, Movie
from cms.videos.refusing import Refused
from cms.videos.tracks import Range

BLOCK = 1 << 20  # bytes at a time
OUTERMOST = {b"ftyp", b"moov", b"mdat"}
KEPT = {
    b"moov": {b"mvhd", b"trak"},
    b"trak": {b"tkhd", b"mdia", b"edts", b"tapt"},
    b"edts": {b"elst"},
    b"tapt": {b"clef", b"prof", b"enof"},
    b"mdia": {b"mdhd", b"hdlr", b"minf"},
    b"minf": {b"vmhd", b"smhd", b"hdlr", b"dinf", b"stbl"},
    b"dinf": {b"dref"},
    b"stbl": {
        b"stsd", b"stts", b"ctts", b"cslg", b"stss", b"stps", b"stsc", b"stsz", b"stco", b"co64", b"sdtp", b"sgpd",
        b"sbgp",
    },
}  # fmt: skip
# Beside how a sample is coded: shape and colours of the picture, speakers of the sound.
CODED = {
    b"avcC", b"pasp", b"colr", b"btrt", b"clap", b"fiel", b"gama", b"mdcv", b"clli", b"esds", b"wave", b"chan",
    b"chnl", b"srat",
}  # fmt: skip
WAVE = {b"frma", b"mp4a", b"esds", b"enda"}


def clean(file: IO[bytes], into: IO[bytes]) -> Facts:
    """Write the same video with nothing else in it; a block at a time. Refused as in ``facts``."""
    try:
        found = movie.opened(file)
        facts, samples = found.facts(), found.samples()
        description = _described(found)
    except (struct.error, IndexError) as error:
        raise Refused(CUT_OFF) from error
    for box in found.outermost:
        if box.kind == b"moov":
            into.write(description)
            continue
        file.seek(box.start)
        header = bytearray(file.read(box.body - box.start))
        if box.kind not in OUTERMOST:
            header[4:8] = b"free"
        into.write(header)
        kept = [(box.body, box.end)] if box.kind == b"ftyp" else samples if box.kind == b"mdat" else []
        _copy(file, into, box, kept)
    return facts


def _copy(file: IO[bytes], into: IO[bytes], box: Box, kept: list[Range]) -> None:
    """The content of a box: of what is kept the bytes, of all the rest zeros."""
    at = box.body
    for start, end in kept:
        if end <= box.body or start >= box.end:
            continue
        _fill(into, start - at)
        file.seek(start)
        at = start
        while at < end:
            block = file.read(min(BLOCK, end - at))
            if not block:
                raise Refused(CUT_OFF)
            into.write(block)
            at += len(block)
    _fill(into, box.end - at)


def _fill(into: IO[bytes], count: int) -> None:
    while count > 0:
        into.write(bytes(min(BLOCK, count)))
        count -= BLOCK


def _described(found: Movie) -> bytes:
    """The description with what is kept in it, of the same length."""
    data = bytearray(found.data)
    kept = {track.box for track in found.kept}
    for box in inside(found.data, found.box):
        if box.kind == b"trak" and box not in kept:
            _blank(data, box)
    _tidy(data, found.box)
    return bytes(data)


def _tidy(data: bytearray, parent: Box) -> None:
    at = parent.body
    for box in inside(data, parent):
        at = box.end
        if box.kind not in KEPT[parent.kind]:
            _blank(data, box)
        elif box.kind in KEPT:
            _tidy(data, box)
        elif box.kind in PLAIN:
            PLAIN[box.kind](data, box)
    data[at : parent.end] = bytes(parent.end - at)


def _blank(data: bytearray, box: Box) -> None:
    data[box.start + 4 : box.start + 8] = b"free"
    data[box.body : box.end] = bytes(box.end - box.body)


def _without_times(data: bytearray, box: Box) -> None:
    """Zero says that nobody knows when it was made or changed."""
    size = 16 if data[box.body] == 1 else 8
    data[box.body + 4 : box.body + 4 + size] = bytes(size)


def _without_name(data: bytearray, box: Box) -> None:
    """Of a handler only what it handles; devices sign with their name here."""
    data[box.body + 12 : box.end] = bytes(box.end - box.body - 12)


def _without_paths(data: bytearray, box: Box) -> None:
    """The samples lie in this very file; where they lay in another is nobody's business."""
    for entry in inside(data, box, skip=8):
        if not data[entry.body + 3] & 1:
            raise Refused(CUT_OFF)
        data[entry.body + 4 : entry.end] = bytes(entry.end - entry.body - 4)


def _without_makers(data: bytearray, box: Box) -> None:
    """How samples are coded, without the names of who coded them."""
    for entry in inside(data, box, skip=8):
        skip = codecs.extensions(data, entry)
        data[entry.body + 12 : entry.body + 16] = bytes(4)  # vendor
        if entry.kind in codecs.H264:
            data[entry.body + 42 : entry.body + 74] = bytes(32)  # compressor
        for extension in inside(data, entry, skip):
            if extension.kind not in CODED:
                _blank(data, extension)
            elif extension.kind == b"wave":
                for part in inside(data, extension):
                    if part.kind not in WAVE:
                        _blank(data, part)


PLAIN: dict[bytes, Callable[[bytearray, Box], None]] = {
    b"mvhd": _without_times,
    b"tkhd": _without_times,
    b"mdhd": _without_times,
    b"hdlr": _without_name,
    b"dref": _without_paths,
    b"stsd": _without_makers,
}
