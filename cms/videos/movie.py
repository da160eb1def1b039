"""What a video is, and whether the library takes it. Only its description is read into memory, never its samples."""

import struct
from dataclasses import dataclass
from functools import cached_property
from typing import IO

from django.utils.translation import gettext_lazy as _

from cms.videos import boxes, codecs
from cms.videos.boxes import CUT_OFF, Box, find, inside, need
from cms.videos.refusing import Refused
from cms.videos.tracks import Range, Track, length

LARGEST = 64 << 20  # bytes of a description: enough for many hours
PICTURE, SOUND = b"vide", b"soun"


@dataclass(frozen=True)
class Facts:
    """As it is shown: upright, in pixels and milliseconds."""

    mime: str
    width: int
    height: int
    milliseconds: int
    has_sound: bool


@dataclass(frozen=True)
class Movie:
    """A file that the library takes: its outermost boxes, its description and the tracks that are kept."""

    outermost: tuple[Box, ...]
    data: bytes  # the description, ``moov``, from its header on
    mime: str

    @property
    def box(self) -> Box:
        """The description within ``data``."""
        whole = self.found
        return Box(whole.kind, 0, whole.body - whole.start, whole.end - whole.start)

    @property
    def found(self) -> Box:
        """The description in the file."""
        return next(box for box in self.outermost if box.kind == b"moov")

    @cached_property
    def kept(self) -> tuple[Track, ...]:
        """The picture, and the sound if there is any. Refused when they are not as every browser plays them."""
        tracks = [Track(self.data, box) for box in inside(self.data, self.box) if box.kind == b"trak"]
        pictures = [t for t in tracks if t.handler == PICTURE and t.entry.kind not in codecs.STILLS]
        if not pictures:
            raise Refused(_("There is no moving picture in this file."))
        if len(pictures) > 1:
            raise Refused(_("There is more than one picture in this file. Export it with one."))
        codecs.check_picture(self.data, pictures[0].entry)
        sounds = [track for track in tracks if track.handler == SOUND]
        heard = [track for track in sounds if codecs.is_aac(self.data, track.entry)]
        if sounds and not heard:
            raise Refused(_("The sound is not coded as AAC, as every browser and channel plays it. Export it so."))
        if len(heard) > 1:
            raise Refused(_("There is more than one sound in this file. Export it with one."))
        return (*pictures, *heard)

    def facts(self) -> Facts:
        picture, *sound = self.kept
        width, height = picture.size
        milliseconds = length(self.data, need(self.data, self.box, b"mvhd")) or picture.milliseconds
        if not (width and height and milliseconds):
            raise Refused(CUT_OFF)
        return Facts(self.mime, width, height, milliseconds, bool(sound))

    def samples(self) -> list[Range]:
        """Where in the file picture and sound lie, in order and without overlaps. Refused for what is not there."""
        merged: list[Range] = []
        for start, end in sorted(found for track in self.kept for found in track.ranges()):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        places = [(box.body, box.end) for box in self.outermost if box.kind == b"mdat"]
        if not all(any(first <= start and end <= last for first, last in places) for start, end in merged):
            raise Refused(CUT_OFF)
        return merged


def facts(file: IO[bytes]) -> Facts:
    """Refused, with a sentence, for what the library does not take."""
    found = opened(file)
    found.samples()
    return found.facts()


def opened(file: IO[bytes]) -> Movie:
    try:
        return _opened(file)
    except (struct.error, IndexError) as error:
        raise Refused(CUT_OFF) from error


def _opened(file: IO[bytes]) -> Movie:
    file.seek(0)
    head = file.read(12)
    if head[4:8] != b"ftyp":
        raise Refused(_("This is no MP4 or MOV file. Export the video as MP4 with H.264 and AAC."))
    outermost = tuple(boxes.of_file(file))
    found = [box for box in outermost if box.kind == b"moov"]
    if len(found) != 1 or found[0].end - found[0].start > LARGEST:
        raise Refused(CUT_OFF)
    file.seek(found[0].start)
    movie = Movie(
        outermost,
        file.read(found[0].end - found[0].start),
        "video/quicktime" if head[8:12] == b"qt  " else "video/mp4",
    )
    if find(movie.data, movie.box, b"mvex") is not None or any(box.kind == b"moof" for box in outermost):
        raise Refused(_("The video is stored in fragments, as for a live broadcast. Export it as an ordinary MP4."))
    if find(movie.data, movie.box, b"cmov") is not None:
        raise Refused(_("The description of the video is compressed, which browsers do not read. Export it again."))
    return movie
