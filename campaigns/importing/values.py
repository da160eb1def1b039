"""Days, times and numbers as people and spreadsheets write them in Denmark. Pure. ValueError for what is none."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from campaigns import clock as wall_clock

MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
ENGLISH = {"may": 5, "oct": 10}
EXCEL = date(1899, 12, 30)  # the day that spreadsheets count from
NUMERIC = re.compile(r"(\d{1,2})[./-] ?(\d{1,2})[./-] ?(\d{4}|\d{2})")
WORDS = re.compile(r"(\d{1,2})\.? ?([a-zæøå]+)\.? (\d{4})")
CLOCK = re.compile(r"(?:kl\.? ?)?(\d{1,2})(?:[.:](\d{2}))?(?:[.:]00)?(?: ?h)?")
SERIAL = re.compile(r"\d+([.,]\d+)?")


def moment(day_text: str, time_text: str) -> datetime | None:
    """Day and time on the clock, from two cells or both in the first; None when both are empty."""
    day_text, time_text = day_text.strip(), time_text.strip()
    if not day_text and not time_text:
        return None
    inside = re.fullmatch(r"(.*\d)(?:,? kl\.? ?|[ T]+)(\d{1,2}[.:]\d{2}(?:[.:]\d{2})?)", day_text)
    if inside and not time_text:
        day_text, time_text = inside.groups()
    elif re.fullmatch(r"\d{5}[.,]\d+", day_text) and not time_text:  # a spreadsheet's day and time in one number
        time_text = "0." + re.split("[.,]", day_text)[1]
    return datetime.combine(day(day_text), clock(time_text))


def day(text: str) -> date:
    """24.11.2026, 24-11-26, 24. november 2026, tirsdag den 24. nov. 2026, 2026-11-24, 46350."""
    found = _day(text)
    if not wall_clock.can_be_meant(found):
        raise ValueError(text)
    return found


def _day(text: str) -> date:
    plain = re.sub(r"^[a-zæøå]+(?:dag)?,? (?:den |d\. )?", "", text.strip().casefold())
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}( 00:00)?", plain):
        return date.fromisoformat(plain[:10])
    if found := NUMERIC.fullmatch(plain):
        d, m, y = (int(part) for part in found.groups())
        return date(y + 2000 if y < 100 else y, m, d)
    if found := WORDS.fullmatch(plain):
        return date(int(found[3]), _month(found[2]), int(found[1]))
    if SERIAL.fullmatch(plain) and 36526 <= (number := int(re.split("[.,]", plain)[0])) <= 73050:
        return EXCEL + timedelta(days=number)  # 2000 to 2099
    raise ValueError(text)


def _month(word: str) -> int:
    if word[:3] in MONTHS:
        return MONTHS.index(word[:3]) + 1
    if word[:3] in ENGLISH:
        return ENGLISH[word[:3]]
    raise ValueError(word)


def clock(text: str) -> time:
    """9, 9.00, 09:00, kl. 9.30; a spreadsheet's share of a day (0,375)."""
    plain = text.strip().casefold()
    if re.fullmatch(r"0[.,]\d{3,}|0[.,]5|0[.,]25|0[.,]75", plain):
        minutes = round(float(plain.replace(",", ".")) * 1440)
        return time(minutes // 60, minutes % 60) if minutes < 1440 else time(23, 59)
    found = CLOCK.fullmatch(plain)
    if found is None:
        raise ValueError(text)
    return time(int(found[1]), int(found[2] or 0))


def number(text: str) -> str:
    """A whole number as it is printed: 1.191 and 1191,0 are 1191. What is none comes back as it is."""
    plain = text.strip()
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", plain):
        return plain.replace(".", "")
    return re.sub(r"[.,]0+$", "", plain)


def decimal(text: str) -> Decimal:
    """12, 1.234,5, 1234.5, 62,5 %; ValueError for what is none."""
    plain = re.sub(r"[\s%\u00a0]", "", text)
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", plain):
        plain = plain.replace(".", "")
    plain = plain.replace(",", ".")
    if not re.fullmatch(r"-?\d+(\.\d+)?", plain):
        raise ValueError(text)
    return Decimal(plain)


def several(text: str) -> list[str]:
    """A cell that names several: X, Facebook; X + Facebook; a line each."""
    return [part.strip() for part in re.split(r"[,;+\n]| og | and | & ", text) if part.strip()]
