"""C-32 and C-48: dates, times and numbers as they are written in Danish, and days that have passed."""

from collections.abc import Iterator
from datetime import date, timedelta

import regex
from django.utils.translation import gettext as _

from cms.rules.base import Context, Finding, Severity, at
from cms.rules.normalising import Normal

MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)
DAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
NUMERIC = regex.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?![\d/]|[.-]\d)")
ISO = regex.compile(r"(?<![\d./-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
NAMED = regex.compile(
    rf"(?i)(?:\b(?P<weekday>{'|'.join(DAYS)})[ ](?:den[ ])?)?(?<![\d.])(?P<day>\d{{1,2}})\.?[ ](?P<month>{'|'.join(MONTHS)})(?:[ ](?P<year>\d{{4}}))?(?!\p{{L}})"
)
ENGLISH = regex.compile(
    rf"(?i)\b(?P<month>{'|'.join(MONTHS)})[ ](?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?[ ](?P<year>\d{{4}}))?(?![\d.%]|[ ]?(?:kr|pct|personer|biler|år))"
)
ORDERLESS = regex.compile(rf"(?<![\d.])(?P<day>\d{{1,2}})[ ](?P<month>{'|'.join(MONTHS)})\b")
CAPITAL = regex.compile(rf"(?<=[a-zæøå,][ ])(?:{'|'.join(word.capitalize() for word in (*MONTHS, *DAYS))})\b")
CLOCK = regex.compile(r"(?i)(?<![\d:.])(?P<kl>kl\.?[ ]?)?(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?![\d:])")
THOUSANDS = regex.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])|(?<![\d.,])\d{1,3},\d{3}\.\d\d(?!\d)")
HALF_YEAR = timedelta(days=183)
PAST = regex.compile(
    r"(?i)\b(?:var|blev|er[ ]blevet|havde|kom|fandt|skete|fik|idømte?|dømt|stod|gik|blevet|siden|har)\b"
)


def danish_dates(normal: Normal, context: Context) -> Iterator[Finding]:
    text = normal.text
    for match in NUMERIC.finditer(text):
        yield from _numeric(normal, match)
    for match in ISO.finditer(text):
        day = _date(match[1], match[2], match[3])
        if day is not None:
            yield at("C-48", Severity.WARN, normal, match.span(), _as_danish(day), written(day))
    for match in ENGLISH.finditer(text):
        if not regex.search(r"\d{1,2}\.?[ ]$", text[: match.start()][-4:]) and 1 <= int(match["day"]) <= 31:
            better = f"{int(match['day'])}. {match['month'].lower()}" + (f" {match['year']}" if match["year"] else "")
            message = _("In Danish the day comes first: “%(date)s”.") % {"date": better}
            yield at("C-48", Severity.WARN, normal, match.span(), message, better)
    for match in ORDERLESS.finditer(text):
        better = f"{int(match['day'])}. {match['month']}"
        message = _("Put a full stop after the day: “%(date)s”.") % {"date": better}
        yield at("C-48", Severity.WARN, normal, match.span(), message, better)
    for match in CAPITAL.finditer(text):
        message = _("Months and days of the week have no capital in Danish: “%(word)s”.") % {"word": match[0].lower()}
        yield at("C-48", Severity.WARN, normal, match.span(), message, match[0].lower())
    yield from _named(normal, context)


def _numeric(normal: Normal, match: "regex.Match[str]") -> Iterator[Finding]:
    day = _date(match[4], match[3], match[1])
    if day is None:
        american = _date(match[4], match[1], match[3])
        if american is not None:
            yield at("C-48", Severity.WARN, normal, match.span(), _as_danish(american), written(american))
    elif match[2] != "." or match[1].startswith("0") or match[3].startswith("0"):
        yield at("C-48", Severity.WARN, normal, match.span(), _as_danish(day), written(day))


def _named(normal: Normal, context: Context) -> Iterator[Finding]:
    moment = context.due or context.now
    today = moment.date() if moment is not None else None
    for match in NAMED.finditer(normal.text):
        day, month = int(match["day"]), MONTHS.index(match["month"].lower()) + 1
        year = int(match["year"]) if match["year"] else None
        if year is None and today is not None:
            nearest = [found for at_year in (-1, 0, 1) if (found := _date(today.year + at_year, month, day))]
            guess = min(nearest, key=lambda found: abs(found - today), default=None)
            year = guess.year if guess else None
        exact = _date(year, month, day) if year is not None else None
        if match["weekday"] and exact is not None and DAYS[exact.weekday()] != match["weekday"].lower():
            better = DAYS[exact.weekday()]
            message = _("%(date)s is a %(weekday)s. Correct the day or the date.") % {
                "date": written(exact),
                "weekday": better,
            }
            yield at("C-48", Severity.WARN, normal, match.span(), message)
        elif match["year"] and exact is None:
            yield at("C-48", Severity.WARN, normal, match.span(), _("This day does not exist. Correct the date."))
        if today is None or exact is None:
            continue
        if exact < today and not PAST.search(normal.text) and today - exact < HALF_YEAR and not context.about_case:
            message = _("This day has passed when it is sent. Correct the date, or say it as something that was.")
            yield at("C-32", Severity.WARN, normal, match.span(), message)


def clock_and_numbers(normal: Normal, context: Context) -> Iterator[Finding]:
    for match in CLOCK.finditer(normal.text):
        ranged = regex.search(r"(?i)kl\.?[ ]?[\d.:]+[ ]?(?:-|til|og)[ ]?$", normal.text[: match.start()][-20:])
        better = ("" if ranged else "kl. ") + f"{match['hour']}.{match['minute']}"
        message = _("Write the time as “%(time)s”.") % {"time": better}
        yield at("C-48", Severity.WARN, normal, match.span(), message, better)
    for match in THOUSANDS.finditer(normal.text):
        better = match[0].translate(str.maketrans(",.", ".,"))
        message = _("Thousands have a full stop in Danish: “%(number)s”.") % {"number": better}
        yield at("C-48", Severity.WARN, normal, match.span(), message, better)


def written(day: date) -> str:
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def _as_danish(day: date) -> str:
    return _("Write the date as “%(date)s”.") % {"date": written(day)}


def _date(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
