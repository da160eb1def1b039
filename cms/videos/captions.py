"""Captions: WebVTT (https://www.w3.org/TR/webvtt1/) as it is kept, and SRT that becomes it. Pure.

What is kept is written anew from the lines that are shown: notes and styles of whoever made the file do not go out.
"""

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from publishing.errors import Words

HEADER = "WEBVTT"
MOMENT = r"(?:(\d{1,3}):)?(\d\d):(\d\d)[.,](\d{3})"
TIMES = re.compile(rf"{MOMENT}[ \t]+-->[ \t]+{MOMENT}(?:[ \t]+(.*))?", re.ASCII)
SETTING = re.compile(r"(?:vertical|line|position|size|align|region):\S+", re.ASCII)
LEFT_OUT = ("NOTE", "STYLE", "REGION")
TAG = re.compile(r"</?[a-zA-Z0-9.:]*(?:[ \t][^<>]*)?>")
PLAIN_TAG = re.compile(r"&lt;(/?[ibu])&gt;")
PLACED = re.compile(r"\{\\[^{}]*\}")  # where players of SRT put a line
MOST = 1 << 20  # characters
MOST_OF_A_LINE = 1000


class Wrong(ValueError):
    """``line`` counts from one; ``sentence`` says what to do there."""

    def __init__(self, line: int, sentence: Words) -> None:
        super().__init__(str(sentence))
        self.line, self.sentence = line, sentence

    def in_words(self) -> str:
        return str(_("Line %(line)s: %(sentence)s") % {"line": self.line, "sentence": self.sentence})


@dataclass(frozen=True)
class Cue:
    """What is shown from ``start`` up to ``end``, in milliseconds; ``text`` is marked up as in WebVTT."""

    start: int
    end: int
    text: str
    settings: str = ""

    @property
    def words(self) -> str:
        """As it is read: no markup, one line."""
        return " ".join(unescape(TAG.sub("", self.text)).split())


class Block(NamedTuple):
    """Lines between two empty ones; the first has this number."""

    number: int
    lines: list[str]


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8, or what Windows in Denmark writes."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def kept(text: str, milliseconds: int | None = None) -> str:
    """As it is kept, in WebVTT; empty for nothing. Wrong, with the first thing to change."""
    if not text.strip():
        return ""
    cues = read(text, milliseconds)
    shown = "".join(f"\n{_moment(c.start)} --> {_moment(c.end)} {c.settings}".rstrip() + f"\n{c.text}\n" for c in cues)
    return f"{HEADER}\n{shown}"


def read(text: str, milliseconds: int | None = None) -> tuple[Cue, ...]:
    """Every line that is shown, in order. ``milliseconds`` is how long the video takes."""
    if len(text) > MOST:
        raise Wrong(1, _("This is too long for captions."))
    is_vtt = text.lstrip("\ufeff").startswith(HEADER)
    cues: list[Cue] = []
    for block in _blocks(text, skip_header=is_vtt):
        if is_vtt and block.lines[0].split(maxsplit=1)[0] in LEFT_OUT and "-->" not in block.lines[0]:
            continue
        cues.append(_cue(block, is_vtt, cues[-1].start if cues else 0, milliseconds))
    if not cues:
        raise Wrong(1, _("No line is shown. Each needs a time, as “00:01.000 --> 00:03.500”, and a text below."))
    return tuple(cues)


def transcript(text: str) -> list[str]:
    """What is said, a line each, for whoever reads instead. What is kept cannot be wrong."""
    lines: list[str] = []
    for cue in read(text) if text.strip() else ():
        if cue.words and (not lines or lines[-1] != cue.words):
            lines.append(cue.words)
    return lines


def as_address(text: str) -> str:
    """For a player in the admin: the captions themselves as an address; empty for none."""
    return f"data:text/vtt;base64,{b64encode(text.encode()).decode()}" if text else ""


def _blocks(text: str, *, skip_header: bool) -> Iterator[Block]:
    lines: list[str] = []
    skipping = skip_header
    numbered = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate([*numbered, ""], start=1):
        if line.strip():
            lines.append(line.rstrip())
        elif lines:
            if not skipping:
                yield Block(number - len(lines), lines)
            lines, skipping = [], False


def _cue(block: Block, is_vtt: bool, before: int, milliseconds: int | None) -> Cue:
    at = 0 if "-->" in block.lines[0] else 1
    number = block.number + at
    if at >= len(block.lines) or "-->" not in block.lines[at]:
        raise Wrong(block.number, _("Here a time is missing, as “00:01.000 --> 00:03.500”."))
    found = TIMES.fullmatch(block.lines[at].strip())
    if found is None:
        raise Wrong(number, _("This time cannot be read. Write it as “00:01.000 --> 00:03.500”."))
    start, end = _milliseconds(number, *found.groups()[:4]), _milliseconds(number, *found.groups()[4:8])
    if end <= start:
        raise Wrong(number, _("The line ends before it begins."))
    if start < before:
        raise Wrong(number, _("The line begins before the one above it. Put them in order."))
    if milliseconds is not None and start >= milliseconds:
        raise Wrong(number, _("The line begins after the video has ended."))
    lines = block.lines[at + 1 :]
    if not lines:
        raise Wrong(number, _("Below this time a text is missing."))
    if any(len(line) > MOST_OF_A_LINE for line in lines):
        raise Wrong(number + 1, _("No picture has room for a line as long as this one. Divide it."))
    if any("-->" in line for line in lines):
        raise Wrong(number + 1, _("Put an empty line between two lines that are shown."))
    settings = " ".join(part for part in (found[9] or "").split() if is_vtt and SETTING.fullmatch(part))
    return Cue(start, end, "\n".join(lines if is_vtt else map(_from_srt, lines)), settings)


def _from_srt(line: str) -> str:
    """SRT knows <i>, <b> and <u>; everything else that looks like markup is text, or goes."""
    without = re.sub(r"</?font[^<>]*>", "", PLACED.sub("", line), flags=re.IGNORECASE)
    return PLAIN_TAG.sub(r"<\1>", escape(without, quote=False)).strip()


def _milliseconds(number: int, hours: str | None, minutes: str, seconds: str, thousandths: str) -> int:
    if int(minutes) > 59 or int(seconds) > 59:
        raise Wrong(number, _("A minute has sixty seconds, and an hour sixty minutes."))
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(thousandths)


def _moment(milliseconds: int) -> str:
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}"
