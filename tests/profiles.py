"""Small colour profiles: no file of anybody's, and nothing to download."""

import struct

from cms.pictures.profiles import curve, of_colours, written

# Display P3, adapted to D50: red, green and blue as XYZ.
P3 = ((0.51512, 0.2412, -0.00105), (0.29198, 0.69225, 0.04189), (0.1571, 0.06657, 0.78407))


def wide():
    """Colours as a telephone takes them (Display P3), with a plain gamma of 2.2."""
    return of_colours("Test", P3, 2.2)


def grey(gamma):
    """Grey levels with a gamma of their own."""
    return written("Test", b"GRAY", b"XYZ ", {b"kTRC": curve(gamma)})


def ink():
    """CMYK of an odd printer: cyan prints as a middle grey, everything else as it should."""

    def lab(cyan, magenta, yellow, black):
        light = 255 * (1 - black) * (1 - 0.5 * cyan) * (1 - 0.4 * magenta) * (1 - 0.05 * yellow)
        return round(light), 128 + round(70 * magenta * (1 - black)), 128 + round(80 * yellow * (1 - black))

    corners = [lab(c, m, y, k) for c in (0, 1) for m in (0, 1) for y in (0, 1) for k in (0, 1)]
    straight = bytes(range(256))
    table = struct.pack(">4s4xBBBx", b"mft1", 4, 3, 2) + struct.pack(">9i", *(65536 * (n % 4 == 0) for n in range(9)))
    table += straight * 4 + bytes(value for corner in corners for value in corner) + straight * 3
    return written("Test", b"CMYK", b"Lab ", {b"A2B0": table}, b"prtr")
