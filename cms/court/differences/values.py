"""Numbers as texts write them, in figures or words, made comparable: spans of time, sums, dates."""

from collections.abc import Iterator
from datetime import date

import regex

from cms.rules.dates import MONTHS

WORDS = [
    "nul",
    "en",
    "to",
    "tre",
    "fire",
    "fem",
    "seks",
    "syv",
    "otte",
    "ni",
    "ti",
    "elleve",
    "tolv",
    "tretten",
    "fjorten",
    "femten",
    "seksten",
    "sytten",
    "atten",
    "nitten",
    "tyve",
]
WORD = "|".join((*WORDS[2:], "ét", "et", "en"))
NUMBER = rf"(?:\d{{1,3}}(?:\.\d{{3}})+|\d+|(?<!\p{{L}})(?:{WORD})(?!\p{{L}}))"
SPAN = regex.compile(
    rf"(?i)(?:(?P<years>{NUMBER})[ ]år(?P<of>s\b)?)?(?(years)(?(of)(?!)|))(?:(?:,[ ]|[ ]og[ ]|[ ])?(?P<months>{NUMBER})[ ]måned\p{{L}}*)"
    rf"(?:(?:,[ ]|[ ]og[ ])(?P<days>{NUMBER})[ ]dage?s?\b)?"
    rf"|(?P<years>{NUMBER})[ ]års?\b(?![ ](?:gammel|gamle|siden))(?:[ ]og[ ](?P<days>{NUMBER})[ ]dage?s?\b)?"
    rf"|(?P<weeks>{NUMBER})[ ]uge\p{{L}}*|(?P<days>{NUMBER})[ ](?:dage?s?|døgns?)\b|(?P<hours>{NUMBER})[ ]timers?\b|(?P<hours>{NUMBER})[ ]times?\b"
)
SUM = regex.compile(
    r"(?i)(?<![\d.,])(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:,(?P<part>\d+))?[ ]?(?P<times>mio\.?|millioner|million|tusind)?[ ]?(?:kr\b\.?|kroner\b)"
)
DATED = regex.compile(rf"(?i)(?<![\d.])(?P<day>\d{{1,2}})\.?[ ](?P<month>{'|'.join(MONTHS)})(?:[ ](?P<year>\d{{4}}))?")
FIGURES = regex.compile(r"(?<![\d./-])(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./ -](?P<year>\d{4})(?!\d)")

Place = tuple[int, int]


def number(text: str | None) -> int:
    if not text:
        return 0
    text = text.lower()
    if text in {"et", "ét"}:
        return 1
    return WORDS.index(text) if text in WORDS else int(text.replace(".", ""))


def spans(text: str) -> Iterator[tuple[Place, tuple[int, int, int]]]:
    """(months, days, hours): “1 år og 6 måneder” is “18 måneder”."""
    for match in SPAN.finditer(text):
        months = number(match["years"]) * 12 + number(match["months"])
        start = match.end() - len(match[0].lstrip(" ,"))
        yield (start, match.end()), (months, number(match["days"]) + 7 * number(match["weeks"]), number(match["hours"]))


def sums(text: str) -> Iterator[tuple[Place, int]]:
    for match in SUM.finditer(text):
        times = {"m": 1_000_000, "t": 1000}.get((match["times"] or " ")[0].lower(), 1)
        part = match["part"] or ""
        yield match.span(), number(match["whole"]) * times + (int(part) * times // 10 ** len(part) if part else 0)


def dates(text: str) -> Iterator[tuple[Place, tuple[int, int, int | None]]]:
    for match in DATED.finditer(text):
        year = int(match["year"]) if match["year"] else None
        yield match.span(), (int(match["day"]), MONTHS.index(match["month"].lower()) + 1, year)
    for match in FIGURES.finditer(text):
        yield match.span(), (int(match["day"]), int(match["month"]), int(match["year"]))


def same_day(found: tuple[int, int, int | None], day: date) -> bool:
    return found[:2] == (day.day, day.month) and found[2] in {None, day.year}
