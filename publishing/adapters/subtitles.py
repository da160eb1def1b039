"""Captions as platforms take them: the WebVTT of a message as SubRip, and the place that belongs to a language. Pure.

SubRip has no standard and nothing but numbers, times and words. Who speaks (``<v Name>``) is said in words; places on
the screen and colours are left out, as every platform does.
"""

import html
import re

TIMES = re.compile(r"((?:\d+:)?\d\d:\d\d)\.(\d{3})[ \t]+-->[ \t]+((?:\d+:)?\d\d:\d\d)\.(\d{3})")
VOICE, TAG = re.compile(r"<v(?:\.[^ \t>]*)?[ \t]+([^<>]+)>"), re.compile(r"<[^<>]*>")
# Where a language is spoken, where the two are not called the same.
PLACES = {"ar": "AR", "da": "DK", "en": "GB", "nb": "NO", "sv": "SE", "uk": "UA"}


def srt(webvtt: str) -> str:
    """What is said and when, cue by cue; empty when there is no cue."""
    text = webvtt.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    cues = filter(None, map(_cue, re.split(r"\n(?:[ \t]*\n)+", text)))
    return "\n".join(f"{number}\n{cue}\n" for number, cue in enumerate(cues, start=1))


def locale(language: str) -> tuple[str, str]:
    """Of a BCP 47 tag: the language, and the country that it names or that the language is at home in."""
    first, *more = language.replace("_", "-").split("-")
    named = next((part.upper() for part in more if len(part) == 2), "")
    return first.lower(), named or PLACES.get(first.lower(), first.upper())


def _cue(block: str) -> str:
    """Times and words of one block; empty for a heading, a note or a style, and for a cue that says nothing."""
    lines = block.strip("\n").split("\n")
    at = next((number for number, line in enumerate(lines[:2]) if TIMES.match(line.strip())), None)
    if at is None:
        return ""
    match = TIMES.match(lines[at].strip())
    words = [said for line in lines[at + 1 :] if (said := _plain(line))]
    if match is None or not words:
        return ""
    begins, ends = f"{_hours(match[1])},{match[2]}", f"{_hours(match[3])},{match[4]}"
    return "\n".join([f"{begins} --> {ends}", *words])


def _hours(clock: str) -> str:
    return clock if clock.count(":") == 2 else f"00:{clock}"


def _plain(line: str) -> str:
    return html.unescape(TAG.sub("", VOICE.sub(r"\1: ", line))).strip("\u200e\u200f ")
