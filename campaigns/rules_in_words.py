"""A recurrence as a sentence, in the language that is active: "every Tuesday and Thursday at 16.00". Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from campaigns.recurrence import OnHolidays, Recurrence
from campaigns.rules import Rule

NTH = {
    1: pgettext_lazy("ordinal", "first"),
    2: pgettext_lazy("ordinal", "second"),
    3: pgettext_lazy("ordinal", "third"),
    4: pgettext_lazy("ordinal", "fourth"),
    5: pgettext_lazy("ordinal", "fifth"),
    -1: pgettext_lazy("ordinal", "last"),
    -2: pgettext_lazy("ordinal", "last but one"),
}
WORKING = set(range(5))
AROUND_HOLIDAYS = {
    OnHolidays.SKIP: gettext_lazy("not on public holidays"),
    OnHolidays.BEFORE: gettext_lazy("on the working day before when it is a public holiday"),
    OnHolidays.AFTER: gettext_lazy("on the next working day when it is a public holiday"),
}


def sentence(recurrence: Recurrence, rule: Rule, today: date) -> str:
    """All of it. ``today`` decides which dates can be said without their year."""
    wall = datetime.combine(today, recurrence.at)
    at = date_format(wall, pgettext("time of day", "H:i"))
    parts = [_("%(days)s at %(time)s") % {"days": of_rule(rule), "time": at}]
    if recurrence.starts_on > today:
        parts.append(_("from %(date)s") % {"date": _date(recurrence.starts_on, today)})
    if recurrence.until is not None:
        parts.append(_("until %(date)s") % {"date": _date(recurrence.until, today)})
    said = " ".join(parts)
    asides = []
    if recurrence.count is not None:
        asides.append(ngettext("%(count)s time", "%(count)s times", recurrence.count) % {"count": recurrence.count})
    if recurrence.on_holidays in AROUND_HOLIDAYS:
        asides.append(str(AROUND_HOLIDAYS[recurrence.on_holidays]))
    if recurrence.excluded:
        days = listed([_date(day, today) for day in sorted(recurrence.excluded)])
        asides.append(_("except on %(dates)s") % {"dates": days})
    return ", ".join([said, *asides])


def of_rule(rule: Rule) -> str:
    """The days alone, without time and end."""
    words = {"DAILY": _daily, "WEEKLY": _weekly, "MONTHLY": _monthly, "YEARLY": _yearly}[rule.freq](rule)
    if rule.weekdays and rule.month_days:
        words = _("%(days)s, when it is %(weekdays)s") % {"days": words, "weekdays": _weekdays(rule, _("or"))}
    if rule.months and rule.freq != "YEARLY":
        words = _("%(days)s, only in %(months)s") % {"days": words, "months": _months(rule.months)}
    return words


def listed(words: Sequence[str]) -> str:
    """a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return _("%(most)s and %(last)s") % {"most": ", ".join(words[:-1]), "last": words[-1]}


def _daily(rule: Rule) -> str:
    if rule.weekdays:
        return _every(rule)
    return ngettext("every day", "every %(number)s days", rule.interval) % {"number": rule.interval}


def _weekly(rule: Rule) -> str:
    if rule.interval == 1:
        return _every(rule)
    if rule.interval == 2:
        return _("every second week on %(days)s") % {"days": _weekdays(rule)}
    return _("one week out of %(number)s on %(days)s") % {"number": rule.interval, "days": _weekdays(rule)}


def _every(rule: Rule) -> str:
    days = {day for day, _nth in rule.weekdays}
    if len(days) == 7:
        return ngettext("every day", "every %(number)s days", 1)
    if days == WORKING:
        return _("every weekday (Monday to Friday)")
    return _("every %(days)s") % {"days": _weekdays(rule)}


def _monthly(rule: Rule) -> str:
    month = _("every month")
    if rule.interval == 2:
        month = _("every second month")
    elif rule.interval > 2:
        month = _("one month out of %(number)s") % {"number": rule.interval}
    return _("%(days)s of %(month)s") % {"days": _within(rule), "month": month}


def _yearly(rule: Rule) -> str:
    year = _("every year")
    if rule.interval == 2:
        year = _("every second year")
    elif rule.interval > 2:
        year = _("one year out of %(number)s") % {"number": rule.interval}
    one_date = rule.month_days and not rule.weekdays and not rule.positions and len(rule.months) == 1
    if one_date and min(rule.month_days) > 0:
        numbers = listed([pgettext("day of the month", "%(day)s") % {"day": day} for day in rule.month_days])
        return _("%(year)s on %(day)s %(month)s") % {"year": year, "day": numbers, "month": MONTHS[rule.months[0]]}
    return _("%(year)s, %(days)s of %(months)s") % {"year": year, "days": _within(rule), "months": _months(rule.months)}


def _within(rule: Rule) -> str:
    """Which days of a month."""
    if rule.positions:
        nth = listed([str(NTH[position]) for position in rule.positions])
        kind = _kind_of_day(rule)
        return _("the %(nth)s %(day)s") % {"nth": nth, "day": kind}
    if rule.weekdays and not rule.month_days:
        return listed([_nth_weekday(day, nth) for day, nth in rule.weekdays])
    return _month_days(rule.month_days)


def _kind_of_day(rule: Rule) -> str:
    days = {day for day, _nth in rule.weekdays}
    if days == WORKING:
        return _("weekday (Monday to Friday)")
    if days == {5, 6}:
        return _("day of a weekend")
    return _weekdays(rule, _("or")) if len(days) < 7 else pgettext("of a month", "day")


def _nth_weekday(day: int, nth: int) -> str:
    if nth == 0:
        return _("every %(days)s") % {"days": _weekday(day)}
    return _("the %(nth)s %(day)s") % {"nth": NTH[nth], "day": _weekday(day)}


def _weekdays(rule: Rule, word: str = "") -> str:
    names = [_weekday(day) for day, _nth in sorted(rule.weekdays)]
    return f" {word} ".join(names) if word else listed(names)


def _month_days(days: Iterable[int]) -> str:
    plain = [pgettext("day of the month", "%(day)s") % {"day": day} for day in days if day > 0]
    found = [_("day %(days)s") % {"days": listed(plain)}] if plain else []
    for day in days:
        if day == -1:
            found.append(_("the last day"))
        elif day < 0:
            found.append(_("day %(number)s from the end") % {"number": -day})
    return listed(found)


def _months(months: Iterable[int]) -> str:
    return listed([str(MONTHS[month]) for month in months])


def _weekday(day: int) -> str:
    return str(WEEKDAYS[day])


def _date(day: date, today: date) -> str:
    near = day.year == today.year
    return date_format(day, pgettext("day and month", "j F") if near else pgettext("day with year", "j F Y"))
