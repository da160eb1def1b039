"""C-01: CPR numbers, in whatever way they are written.

Never modulus 11: valid numbers without it are issued (R-76). Day + 60 is a replacement number.
"""

from collections.abc import Iterator

import regex
from django.utils.translation import gettext as _

from cms.rules.base import Context, Finding, Severity, at
from cms.rules.normalising import Normal
from cms.rules.places import apart

CODED = r"(?:&\w{2,8};|&#\w{2,6};|%[0-9A-Fa-f]{2})"  # as in addresses and HTML
GAP = rf"(?:{CODED}|[ ]?[-./\\_·|+*~;][ ]?|[ ,])?"
SERIAL = r"(?:</?\w+>)?(?:\s{0,3}[-./\\_·|+:,;*~(]{0,3}\s{0,3}|" + CODED + r")(?:</?\w+>)?"
FIGURES = regex.compile(
    rf"(?<!\d|\d[.,])(?P<day>\d{{2}}){GAP}(?P<month>\d{{2}}){GAP}(?P<year>\d{{2}}){SERIAL}"
    r"(?P<serial>\d{4}|\d{2}[ ]\d{2}|\d[ .-]\d[ .-]\d[ .-]\d)(?![\d]|[.,]\d{2,})"
)
SPACED = regex.compile(r"(?<!\d|\d[ ._-])\d(?:[ ._-]{1,3}\d){9}(?![\d]|[ ._-]\d)")
PAIRS = regex.compile(r"(?<!\d|\d[ ])\d\d(?:([ ./-])\d\d)(?:\1\d\d){3}(?![\d]|[ ]\d)")
LONG_YEAR = regex.compile(
    r"(?<!\d|\d[./-])(\d{1,2})[./ -]{0,2}(\d{1,2})[./ -]{0,2}((?:19|20)\d\d)[ ]?-[ ]?(\d{4})(?![\d]|[.,:]\d)"
)
SHORT_DAY = regex.compile(r"(?<!\d|\d[./-])(\d{1,2})[./-](\d{1,2})[./-](\d{2})[ ]?-[ ]?(\d{4})(?![\d]|[.,:]\d)")
MONTHS = "jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec"
NAMED_MONTH = regex.compile(
    rf"(?i)(?<!\d)(\d{{1,2}})\.?[ ](?:{MONTHS})\p{{L}}*\.?[ ](?:(?:\d\d)?\d\d[ ]?-|\d\d)[ ]?\d{{4}}(?!\d)"
)
DISGUISED = regex.compile(r"(?<![\w])(?=(?:[OoIl -]*\d){7})([\dOoIl]{6})[ ]?-?[ ]?([\dOoIl]{4})(?!\w)")
WORD = r"(?:nul|en|et|ét|én|to|tre|fire|fem|seks|syv|otte|ni)"
SPELLED = regex.compile(rf"(?i)\b{WORD}(?:[ ,.-]{{1,3}}{WORD}){{9}}\b")
BY_WORD = regex.compile(
    r"(?i)\b(?:cpr|c\.p\.r\.|cpr|personnummer|person-?nr|person-?id|fødselsnummer)[\w.-]*[^\d\n]{0,25}"
    r"(\d(?:[^\w\n]{0,3}\d){9})(?!\d)"
)
LETTERS = str.maketrans("OoIl", "0011")


def cpr(normal: Normal, context: Context) -> Iterator[Finding]:
    message = _("This looks like a CPR number. Remove it: nothing of it may be published.")
    for place in apart(sorted(_cpr_places(normal.text))):
        yield at("C-01", Severity.BLOCK_HARD, normal, place, message)


def _cpr_places(text: str) -> Iterator[tuple[int, int]]:
    for match in FIGURES.finditer(text, overlapped=True):
        if _day_and_month(match["day"], match["month"]):
            yield match.span()
    for pattern in (SPACED, PAIRS):
        for match in pattern.finditer(text):
            digits = regex.sub(r"\D", "", match[0])
            if _day_and_month(digits[:2], digits[2:4]):
                yield match.span()
    for match in LONG_YEAR.finditer(text):
        if _day_and_month(match[1], match[2]) and not (match[3] >= "2000" and match[4][:2] in {"19", "20"}):
            yield match.span()
    for match in SHORT_DAY.finditer(text):
        if _day_and_month(match[1], match[2]):
            yield match.span()
    for match in DISGUISED.finditer(text):
        digits = match[1].translate(LETTERS)
        if _day_and_month(digits[:2], digits[2:4]):
            yield match.span()
    for match in BY_WORD.finditer(text):
        digits = regex.sub(r"\D", "", match[1])
        if _day_and_month(digits[:2], digits[2:4]):
            yield match.span(1)
    for pattern in (NAMED_MONTH, SPELLED):
        yield from (match.span() for match in pattern.finditer(text))


def _day_and_month(day: str, month: str) -> bool:
    return (1 <= int(day) <= 31 or 61 <= int(day) <= 91) and 1 <= int(month) <= 12
