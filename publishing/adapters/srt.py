"""Captions in SubRip, for platforms that do not read WebVTT. Pure.

SubRip knows no speakers and no places on the screen. Who speaks is written before the words; the rest is left out.
"""

import html
import re
from collections.abc import Iterator

TIME = r"(?:(\d{2,}):)?(\d{2}):(\d{2})[.,](\d{3})"
TIMING = re.compile(rf"^\s*{TIME}\s+-->\s+{TIME}")
SPEAKER = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
TAG = re.compile(r"<[^>]*>")


def from_webvtt(captions: str) -> str:
    """The same words at the same times, numbered from 1."""
    return "\n".join(f"{number}\n{timing}\n{words}\n" for number, (timing, words) in enumerate(_cues(captions), 1))


def _cues(captions: str) -> Iterator[tuple[str, str]]:
    text = captions.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for block in re.split(r"\n{2,}", text):
        lines = block.strip("\n").split("\n")
        at = next((number for number, line in enumerate(lines[:2]) if TIMING.match(line)), None)
        if at is None:  # the header, a note, a style
            continue
        found = TIMING.match(lines[at])
        words = "\n".join(filter(None, map(_plain, lines[at + 1 :])))
        if found and words:
            yield f"{_time(*found.groups()[:4])} --> {_time(*found.groups()[4:])}", words


def _time(hours: str | None, minutes: str, seconds: str, thousandths: str) -> str:
    return f"{hours or '00'}:{minutes}:{seconds},{thousandths}"


def _plain(line: str) -> str:
    spoken = SPEAKER.sub(lambda match: f"{match.group(1).strip()}: ", line)
    return html.unescape(TAG.sub("", spoken)).strip()
