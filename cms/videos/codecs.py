"""Is it coded as every browser and channel plays it: H.264 with eight bits a colour, and AAC? Pure."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from cms.videos.boxes import CUT_OFF, Box, inside
from cms.videos.refusing import Refused

H264 = {b"avc1", b"avc3"}
STILLS = {b"jpeg", b"png ", b"mjpa", b"mjpg"}  # a cover, hung on as a second picture
PROFILES = {66, 77, 88, 100}  # ISO/IEC 14496-10, A.2: those with 4:2:0 and eight bits
AAC = {0x40, 0x66, 0x67, 0x68}  # ISO/IEC 14496-1, table 5: objectTypeIndication
NAMES = {
    b"hvc1": "HEVC (H.265)",
    b"hev1": "HEVC (H.265)",
    b"dvh1": "Dolby Vision",
    b"dvhe": "Dolby Vision",
    b"av01": "AV1",
    b"vp08": "VP8",
    b"vp09": "VP9",
    b"apch": "ProRes",
    b"apcn": "ProRes",
    b"apcs": "ProRes",
    b"apco": "ProRes",
    b"ap4h": "ProRes",
    b"mp4v": "MPEG-4 Visual",
}
PICTURE = 78  # bytes of a picture's entry before its boxes
SOUND = {0: 28, 1: 44, 2: 64}  # the same of sound, by QuickTime's version


def check_picture(data: bytes, entry: Box) -> None:
    """Refused for what is no H.264, or needs more than a browser has."""
    if entry.kind in (b"encv", b"drmi"):
        raise Refused(_("The video is protected against copying. Export it without."))
    if entry.kind not in H264:
        name = NAMES.get(entry.kind, entry.kind.decode("latin-1").strip())
        sentence = _(
            "The picture is coded as %(codec)s, which not every browser and channel shows. Export it as MP4 with "
            "H.264; on a telephone choose “Most compatible” in the settings of the camera and film again."
        )
        raise Refused(sentence % {"codec": name})
    configuration = next((box for box in inside(data, entry, PICTURE) if box.kind == b"avcC"), None)
    if configuration is None:
        raise Refused(CUT_OFF)
    if data[configuration.body + 1] not in PROFILES:
        raise Refused(_("The colours of the picture are finer than browsers show. Export it as H.264, 8 bit, 4:2:0."))


def is_aac(data: bytes, entry: Box) -> bool:
    if entry.kind != b"mp4a":
        return False
    return any(_object_type(data, box) in AAC for box in _descriptors(data, entry))


def extensions(data: bytes | bytearray, entry: Box) -> int:
    """How many bytes of an entry stand before its boxes."""
    if entry.kind in H264:
        return PICTURE
    version = int.from_bytes(data[entry.body + 8 : entry.body + 10], "big")
    if version not in SOUND:
        raise Refused(CUT_OFF)
    return SOUND[version]


def _descriptors(data: bytes, entry: Box) -> Iterator[Box]:
    for box in inside(data, entry, extensions(data, entry)):
        if box.kind == b"esds":
            yield box
        elif box.kind == b"wave":
            yield from (inner for inner in inside(data, box) if inner.kind == b"esds")


def _object_type(data: bytes, esds: Box) -> int:
    """What the elementary stream is (ISO/IEC 14496-1, 7.2.6.5 and 7.2.6.6); 0 when it does not say."""
    content = data[esds.body + 4 : esds.end]
    at = _after_length(content, 0, 0x03)
    if at is None or at + 3 > len(content):
        return 0
    flags = content[at + 2]
    if flags & 0x40:  # an address of something elsewhere
        return 0
    at = _after_length(content, at + 3 + (2 if flags & 0x80 else 0) + (2 if flags & 0x20 else 0), 0x04)
    return content[at] if at is not None and at < len(content) else 0


def _after_length(content: bytes, at: int, tag: int) -> int | None:
    """Where the content of a descriptor with this tag begins."""
    if at >= len(content) or content[at] != tag:
        return None
    at += 1
    while at < len(content) and content[at] & 0x80:
        at += 1
    return at + 1
