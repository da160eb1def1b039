"""A video of the library: read, refused with a sentence, and kept without what the camera wrote into it. Pure.

1. ``boxes``    the parts that a file of the family of MP4 is made of (ISO/IEC 14496-12)
2. ``codecs``   is it H.264 and AAC, as every browser and channel plays it?
3. ``tracks``   the picture and the sound: how large, how long, and where their samples lie
4. ``movie``    all of it: what is kept, what is refused
5. ``cleaning`` the same file with nothing in it but what is seen and heard
6. ``captions`` WebVTT, and SRT that becomes it
"""

from cms.videos.cleaning import clean
from cms.videos.movie import Facts, facts
from cms.videos.refusing import Refused

__all__ = ["Facts", "Refused", "clean", "facts"]
