"""Small colour profiles (ICC.1:2010, version 2), written by hand: no file of anybody's, and nothing to download."""

import struct

D50 = (0.9642, 1.0, 0.8249)
# Display P3, adapted to D50: red, green and blue as XYZ.
P3 = ((0.51512, 0.2412, -0.00105), (0.29198, 0.69225, 0.04189), (0.1571, 0.06657, 0.78407))


def wide():
    """Colours as a telephone takes them (Display P3), with a plain gamma of 2.2."""
    gamma = {name: _curve(2.2) for name in (b"rTRC", b"gTRC", b"bTRC")}
    return _profile(b"RGB ", b"XYZ ", dict(zip((b"rXYZ", b"gXYZ", b"bXYZ"), map(_xyz, P3), strict=True)) | gamma)


def grey(gamma):
    """Grey levels with a gamma of their own."""
    return _profile(b"GRAY", b"XYZ ", {b"kTRC": _curve(gamma)})


def ink():
    """CMYK of an odd printer: cyan prints as a middle grey, everything else as it should."""

    def lab(cyan, magenta, yellow, black):
        light = 255 * (1 - black) * (1 - 0.5 * cyan) * (1 - 0.4 * magenta) * (1 - 0.05 * yellow)
        return round(light), 128 + round(70 * magenta * (1 - black)), 128 + round(80 * yellow * (1 - black))

    corners = [lab(c, m, y, k) for c in (0, 1) for m in (0, 1) for y in (0, 1) for k in (0, 1)]
    straight = bytes(range(256))
    table = struct.pack(">4s4xBBBx", b"mft1", 4, 3, 2) + struct.pack(">9i", *(65536 * (n % 4 == 0) for n in range(9)))
    table += straight * 4 + bytes(value for corner in corners for value in corner) + straight * 3
    return _profile(b"CMYK", b"Lab ", {b"A2B0": table}, b"prtr")


def _profile(space, between, tags, device=b"mntr"):
    words = b"Test\x00"
    tags = {
        b"desc": struct.pack(">4s4xI", b"desc", len(words)) + words + bytes(78),
        b"cprt": b"text" + bytes(4) + b"Nobody\x00",
        b"wtpt": _xyz(D50),
        **tags,
    }
    at, index, body = 128 + 4 + 12 * len(tags), b"", b""
    for name, content in tags.items():
        index += struct.pack(">4sII", name, at + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    head = struct.pack(">I4sI4s4s4s", at + len(body), b"", 0x02400000, device, space, between)
    head += bytes(12) + b"acsp" + bytes(28) + struct.pack(">3i", *(round(value * 65536) for value in D50))
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + index + body


def _xyz(values):
    return struct.pack(">4s4x3i", b"XYZ ", *(round(value * 65536) for value in values))


def _curve(gamma):
    return struct.pack(">4s4xIH", b"curv", 1, round(gamma * 256))
