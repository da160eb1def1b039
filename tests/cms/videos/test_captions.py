"""Captions are kept in WebVTT, and what is wrong with them is said with its line."""

import time

import pytest

from cms.videos import captions
from publishing.adapters import subtitles

VTT = """WEBVTT - from our editor

NOTE Ring til Mette, hvis det er forkert

STYLE
::cue { color: red }

1
00:01.000 --> 00:02.500 line:0% nonsense
<v Betjent>Husk lygterne</v>

00:00:03.000 --> 00:00:04.000
på cyklen &amp; løbehjulet
"""
SRT = (
    "1\r\n00:00:01,000 --> 00:00:02,500\r\n{\\an8}<i>Husk</i> <font color=red>lygterne</font>\r\n\r\n"
    "2\r\n00:00:03,000 --> 00:00:04,000\r\nRød < grøn & gul\r\n"
)


def test_what_goes_out_is_only_what_is_shown():
    kept = captions.kept(VTT, 5000)
    assert kept == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.500 line:0%\n<v Betjent>Husk lygterne</v>\n\n"
        "00:00:03.000 --> 00:00:04.000\npå cyklen &amp; løbehjulet\n"
    )
    assert captions.kept(kept) == kept


def test_srt_becomes_webvtt():
    assert captions.kept(SRT) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n<i>Husk</i> lygterne\n\n"
        "00:00:03.000 --> 00:00:04.000\nRød &lt; grøn &amp; gul\n"
    )


def test_the_transcript_is_what_is_said():
    assert captions.transcript(captions.kept(VTT)) == ["Husk lygterne", "på cyklen & løbehjulet"]
    assert captions.transcript("") == []


def test_danish_letters_of_windows_are_read():
    assert captions.decoded("Blå".encode("cp1252")) == captions.decoded("\ufeffBlå".encode()) == "Blå"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("WEBVTT\n\nHusk lygterne", 3, "time is missing"),
        ("WEBVTT\n\n00:01 --> 00:02\nHusk", 3, "cannot be read"),
        ("WEBVTT\n\n00:61.000 --> 01:02.000\nHusk", 3, "sixty"),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nHusk", 3, "ends before"),
        ("WEBVTT\n\n00:02.000 --> 00:03.000\nHusk\n\n00:01.000 --> 00:03.000\nlygten", 6, "in order"),
        ("WEBVTT\n\n00:02.000 --> 00:03.000\n\nHusk", 3, "text is missing"),
        ("WEBVTT\n\n00:02.000 --> 00:03.000\nHusk\n00:04.000 --> 00:05.000\nlygten", 4, "empty line"),
        ("WEBVTT\n\n00:09.000 --> 00:10.000\nHusk", 3, "after the video"),
        ("WEBVTT\n", 1, "No line is shown"),
        (f"WEBVTT\n\n00:01.000 --> 00:02.000\n{'<a ' * 400}", 4, "as long as this"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, line, said):
    with pytest.raises(captions.Wrong, match=said) as caught:
        captions.read(text, 5000)
    assert caught.value.line == line
    assert caught.value.in_words().startswith(f"Line {line}: ")


def test_what_was_made_to_keep_a_reader_busy_is_read_at_once():
    begun = time.monotonic()
    for line in ("<a " * 300, "{\\\\" * 300, "<font " * 150, "<v " * 300):
        text = "WEBVTT\n\n00:01.000 --> 00:02.000\n" + f"{line}\n" * 1000
        captions.transcript(captions.kept(text))
        subtitles.srt(text)
        captions.kept(text.removeprefix("WEBVTT\n\n").replace(".", ","))
    assert time.monotonic() - begun < 5
