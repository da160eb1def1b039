"""Captions in SubRip say what the WebVTT says, when it says it."""

import pytest

from publishing.adapters import subtitles

WEBVTT = """\ufeffWEBVTT - Lys på cyklen

STYLE
::cue { color: yellow }

NOTE
skrevet af Mette

00:01.000 --> 00:02.500 line:90% align:center
<v Mette Holm>Husk <i>lys</i> &amp; refleks</v>
når det er mørkt.

slut
01:00:03.000 --> 01:00:04.250
<00:59:59.000>Tak &lt;3

00:09.000 --> 00:10.000
<b></b>
"""

SRT = """1
00:00:01,000 --> 00:00:02,500
Mette Holm: Husk lys & refleks
når det er mørkt.

2
01:00:03,000 --> 01:00:04,250
Tak <3
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_cue_that_says_something_is_there_with_its_times(ends):
    assert subtitles.srt(WEBVTT.replace("\n", ends)) == SRT


def test_without_a_cue_there_is_nothing():
    assert subtitles.srt("") == subtitles.srt("WEBVTT\n\nNOTE intet\n") == ""


@pytest.mark.parametrize(
    ("tag", "place"),
    [
        ("da", ("da", "DK")),
        ("en", ("en", "GB")),
        ("en-US", ("en", "US")),
        ("pl", ("pl", "PL")),
        ("zh-Hant-TW", ("zh", "TW")),
    ],
)
def test_a_language_has_a_place(tag, place):
    assert subtitles.locale(tag) == place
