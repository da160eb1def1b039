"""A small writer of MP4 files: what a telephone or a camera of sport makes, with its traces in it."""

import io
import struct

from django.core.files.base import ContentFile

SECRETS = [b"+55.6761+012.5683/", b"Hemmelig gade", b"Politi-iPhone", b"GoPro AVC encoder", b"5.55N 12.56E", b"PRVW"]
TAKEN = 3_800_000_000  # seconds since 1904
PICTURE = [bytes([0, 0, 0, 4, 0x65, n, n, n]) for n in range(1, 6)]  # five samples of the picture
SOUND = [bytes([0x21, n, n, n, n, n]) for n in range(1, 4)]
BETWEEN = b"Hemmelig gade 4"  # lies between the samples, and belongs to none


def box(kind, *content, large=False):
    body = b"".join(content)
    if large:
        return struct.pack(">I4sQ", 1, kind, len(body) + 16) + body
    return struct.pack(">I4s", len(body) + 8, kind) + body


def full(kind, *content, version=0, flags=0):
    return box(kind, struct.pack(">I", version << 24 | flags), *content)


def matrix(turned):
    one = 0x10000
    return struct.pack(
        ">9i", *((0, one, 0, -one, 0, 0, one * 100, 0, 1 << 30) if turned else (one, 0, 0, 0, one, 0, 0, 0, 1 << 30))
    )


def picture_entry(codec=b"avc1", profile=100):
    extra = [box(b"avcC", bytes([1, profile, 0, 30, 0xFF, 0xE1])), box(b"uuid", b"Hemmelig gade")]
    head = struct.pack(">6xH4x4s8xHH8x4xH32sHh", 1, b"GoPr", 64, 48, 1, b"\x11GoPro AVC encoder", 24, -1)
    return box(codec, head, *extra)


def sound_entry(codec=b"mp4a", kind=0x40):
    decoder = bytes([0x04, 13, kind]) + bytes(12)
    esds = full(b"esds", bytes([0x03, 3 + len(decoder)]), b"\x00\x01\x00", decoder)
    return box(codec, struct.pack(">6xH8xHH4xI", 1, 2, 16, 48000 << 16), esds)


def other_entry(codec):
    return box(codec, bytes(8))


def track(number, handler, entry, sizes, offset, *, name=b"Politi-iPhone", turned=False, long=False, extra=b""):
    """One chunk of samples that lie one after the other at ``offset``; 500 units of 1/250 second: two seconds."""
    times = struct.pack(">QQ" if long else ">II", TAKEN, TAKEN)
    table = box(
        b"stbl",
        full(b"stsd", struct.pack(">I", 1), entry),
        full(b"stts", struct.pack(">III", 1, len(sizes), 100)),
        full(b"stsc", struct.pack(">IIII", 1, 1, len(sizes), 1)),
        full(b"stsz", struct.pack(f">II{len(sizes)}I", 0, len(sizes), *sizes)),
        full(b"stco", struct.pack(">II", 1, offset)),
    )
    header = struct.pack(">II" if not long else ">IQ", 250, 500)
    media = box(
        b"mdia",
        full(b"mdhd", times, header, struct.pack(">HH", 0x55C4, 0), version=int(long)),
        full(b"hdlr", struct.pack(">I4s12x", 0, handler), name, b"\0"),
        box(b"minf", box(b"dinf", full(b"dref", struct.pack(">I", 1), full(b"url ", flags=1))), table),
    )
    top = struct.pack(">II", number, 0) + struct.pack(">Q" if long else ">I", 500)
    sides = struct.pack(">II", 64 << 16, 48 << 16) if handler == b"vide" else bytes(8)
    head = full(b"tkhd", times, top, bytes(16), matrix(turned), sides, version=int(long), flags=3)
    return box(b"trak", head, media, box(b"udta", b"Hemmelig gade"), extra)


def movie(*, codec=b"avc1", profile=100, sound=True, sound_codec=b"mp4a", sound_kind=0x40, turned=False, long=False,
          brand=b"isom", further=True, fragments=False, second_picture=False):  # fmt: skip
    """The bytes of a video of two seconds, 64 by 48 pixels, with everything in it that must not go out."""
    gpmd = [b"5.55N 12.56E"]
    before = box(b"ftyp", brand, bytes(4), b"mp42")
    xmp = box(b"uuid", bytes(16), b"<x:xmpmeta>Hemmelig gade</x:xmpmeta>")
    start = len(before) + len(xmp) + (16 if long else 8)
    at_picture = start
    at_between = at_picture + sum(map(len, PICTURE))
    at_sound = at_between + len(BETWEEN)
    at_further = at_sound + sum(map(len, SOUND))
    media = box(b"mdat", *PICTURE, BETWEEN, *SOUND, *gpmd, large=long)
    sizes = [len(sample) for sample in PICTURE]
    tracks = [track(1, b"vide", picture_entry(codec, profile), sizes, at_picture, turned=turned, long=long,
                    extra=box(b"tref", box(b"tmcd", struct.pack(">I", 3))))]  # fmt: skip
    if second_picture:
        tracks.append(tracks[0])
    if sound:
        entry = sound_entry(sound_codec, sound_kind)
        tracks.append(track(2, b"soun", entry, [len(sample) for sample in SOUND], at_sound))
    if further:
        tracks.append(track(3, b"meta", other_entry(b"gpmd"), [len(gpmd[0])], at_further, name=b"GoPro MET"))
        tracks.append(track(4, b"tmcd", other_entry(b"tmcd"), [4], at_further))
    times = struct.pack(">QQ" if long else ">II", TAKEN, TAKEN)
    rest = struct.pack(">IQ" if long else ">II", 1000, 2000) + bytes(80)
    traces = box(b"udta", box(b"\xa9xyz", b"\x00\x12\x15\xc7+55.6761+012.5683/"), box(b"\xa9mod", b"Politi-iPhone"))
    parts = [full(b"mvhd", times, rest, version=int(long)), *tracks, traces, full(b"meta", b"Hemmelig gade")]
    if fragments:
        parts.append(box(b"mvex"))
    return before + xmp + media + box(b"moov", *parts) + box(b"PRVW", b"PRVW Hemmelig gade")


def file(**options):
    return io.BytesIO(movie(**options))


def as_file(**options):
    return ContentFile(movie(**options), name="video.mp4")
