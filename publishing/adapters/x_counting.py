"""How X counts: weighted characters, 280 of them. Pure.

The rules are version 3 of X's own (docs.x.com, "Counting characters"): after NFC every character weighs 2, those of
Latin, Greek, Cyrillic, Arabic, Hebrew and Georgian scripts and common punctuation 1; an emoji 2 however it is composed;
a link 23 however long it is. A link is what X turns into one: also a bare ``politi.dk``, if what ends it is a top-level
domain, so that a space forgotten after a full stop can cost more than it seems.
"""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import regex

MOST = 280
LINK = 23
LIGHT = ((0, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))  # code points that weigh 1
REFUSED = regex.compile(r"[\ufffe\ufeff\uffff]")  # X takes no text with one of these

_PERSON = r"\p{Emoji_Modifier_Base}\p{Emoji_Modifier}"
# Those with a form as text too: U+FE0F, which says that the picture is meant, then belongs to them.
_TWO_FORMS = (
    r"[⌚⌛◽◾☔☕♈-♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛔⛪⛲⛳⛵⛺⛽❗⬛⬜⭐⭕🀄🈚🈯]"
    r"|(?!\p{Emoji_Presentation})\p{Extended_Pictographic}"
)
_PICTURE = rf"(?:{_PERSON}|(?:{_TWO_FORMS})\ufe0f|(?![©®])\p{{Extended_Pictographic}})"
EMOJI = regex.compile(
    rf"\p{{RI}}{{2}}|[0-9#*]\ufe0f?\u20e3|\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f|{_PICTURE}(?:\u200d{_PICTURE})*"
)

_ENDINGS = (Path(__file__).parent / "data" / "x_endings.txt").read_text().split("\n", 2)[2].split()
_ENDING = r"(?:\L<endings>|xn--[\-0-9a-z]+)(?=[^0-9a-z@+\-]|$)"
_ACCENTS = (  # Latin with signs: in a bare name and in a path
    r"\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272"
    r"\u0289\u028b\u02bb\u0300-\u036f\u1e00-\u1eff"
)
# Of a name, in any script.
_LETTER = r"[^\s\x00-\x1f\x7f\u180e\u202a-\u202e\ufffe\ufeff\uffff!'#%&()*+,\\\-./:;<=>?@\[\]\^_{|}~$]"
_NAME = rf"(?:{_LETTER}(?:[_\-]|{_LETTER})*)?{_LETTER}\."
_LAST = rf"(?:{_LETTER}(?:\-|{_LETTER})*)?{_LETTER}\."
_IN_PATH = rf"[a-z\u0400-\u04ff0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{_ACCENTS}]"
_PARENS = rf"\((?:{_IN_PATH}+|{_IN_PATH}*\({_IN_PATH}+\){_IN_PATH}*)\)"
_PATH_END = rf"(?:[+\-a-z\u0400-\u04ff0-9=_#/{_ACCENTS}]|{_PARENS})"
_PATH = rf"(?:{_IN_PATH}*(?:{_PARENS}{_IN_PATH}*)*{_PATH_END}|@{_IN_PATH}+/)"
_QUERY = r"\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/]"
_URL = regex.compile(
    rf"(?P<before>[^a-z0-9@＠$#＃\ufffe\ufeff\uffff]|^)"
    rf"(?P<url>(?P<scheme>https?://)?(?P<domain>(?:{_NAME}){{0,10}}{_LAST}{_ENDING})"
    rf"(?::[0-9]+)?(?P<path>/{_PATH}*)?(?:{_QUERY})?)",
    regex.IGNORECASE,
    endings=_ENDINGS,
)
_BARE = regex.compile(rf"(?:[\-a-z0-9{_ACCENTS}]+\.)+{_ENDING}", regex.IGNORECASE, endings=_ENDINGS)
_SHORT = regex.compile(rf"https?://t\.co/[a-z0-9]+(?:{_QUERY})?", regex.IGNORECASE)


def count(text: str) -> int:
    """What X says that the text weighs."""
    text = unicodedata.normalize("NFC", text)
    weight, at = 0, 0
    for start, end in links(text):
        weight += _weight(text[at:start]) + LINK
        at = end
    return weight + _weight(text[at:])


def links(text: str) -> Iterator[tuple[int, int]]:
    """Where X sees links: start and end of each, in order."""
    at = 0
    while match := _URL.search(text, at):
        at = match.end()
        start, end = match.span("url")
        if match["scheme"]:
            short = _SHORT.match(text, start)
            yield start, short.end() if short else end
        elif not match["before"] or match["before"] not in "-_./":
            yield from _bare(text, match)


def _bare(text: str, match: "regex.Match[str]") -> Iterator[tuple[int, int]]:
    """Names without a scheme that are written in Latin letters, inside of what looks like one."""
    found = [inner.span() for inner in _BARE.finditer(text, *match.span("domain"))]
    for start, end in found:
        last = (start, end) == found[-1]
        yield start, match.end("url") if last and match["path"] else end


def _weight(text: str) -> int:
    weight, at = 0, 0
    for emoji in EMOJI.finditer(text):
        weight += sum(map(_of, text[at : emoji.start()])) + 2
        at = emoji.end()
    return weight + sum(map(_of, text[at:]))


def _of(character: str) -> int:
    return 1 if any(first <= ord(character) <= last for first, last in LIGHT) else 2
