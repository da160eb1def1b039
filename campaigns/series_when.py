"""When a series comes: chosen in plain words or written as a rule, and said back with its next dates."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from campaigns import recurrence, rules, rules_in_words
from campaigns.date_lists import DatesField
from campaigns.fields import DayFormField
from campaigns.models import Series
from campaigns.recurrence import Occurrence, Recurrence
from campaigns.rules import Rule, Weekday

SHOWN = 10
WEEKLY, NTH, DATE, YEARLY, RAW = "weekly", "nth", "date", "yearly", "raw"
PATTERNS = (
    (WEEKLY, gettext_lazy("On days of the week")),
    (NTH, gettext_lazy("On a weekday of the month")),
    (DATE, gettext_lazy("On a date of the month")),
    (YEARLY, gettext_lazy("Once a year")),
    (RAW, gettext_lazy("By a rule of my own (advanced)")),
)
ENDS = (
    ("never", gettext_lazy("No end")),
    ("until", gettext_lazy("Until a day")),
    ("count", gettext_lazy("After a number of times")),
)
DAYS = [(day, WEEKDAYS[day]) for day in range(7)]
MONTH_DAYS = [*((day, f"{day}.") for day in range(1, 32)), (-1, gettext_lazy("the last day"))]
A_DAY = {"type": "date"}


@dataclass(frozen=True)
class Said:
    """The series in the reader's language and in the other one, and its next dates."""

    here: str
    other: str
    other_language: str
    dates: list[Occurrence]


class WhenForm(forms.Form):
    """Valid, it has ``when`` with its next ``dates``, and ``said``."""

    pattern = forms.ChoiceField(
        label=gettext_lazy("It comes"), choices=PATTERNS, widget=forms.RadioSelect, initial=WEEKLY
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days"), choices=DAYS, coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    nth = forms.TypedChoiceField(
        label=gettext_lazy("Which one"),
        choices=[(nth, rules_in_words.NTH[nth]) for nth in (1, 2, 3, 4, -1)],
        coerce=int,
        required=False,
    )
    nth_day = forms.TypedChoiceField(label=gettext_lazy("Weekday"), choices=DAYS, coerce=int, required=False)
    month_day = forms.TypedChoiceField(
        label=gettext_lazy("Date"),
        choices=MONTH_DAYS,
        coerce=int,
        required=False,
        help_text=gettext_lazy("A month without this date is left out."),
    )
    month = forms.TypedChoiceField(
        label=gettext_lazy("Month"), choices=list(MONTHS.items()), coerce=int, required=False
    )
    every = forms.IntegerField(
        label=gettext_lazy("How often"),
        min_value=1,
        max_value=52,
        initial=1,
        required=False,
        help_text=gettext_lazy("1: every week, month or year; 2: every second one."),
    )
    raw = forms.CharField(
        label=gettext_lazy("Rule by RFC 5545"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For example FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
    )
    at = forms.TimeField(
        label=gettext_lazy("Time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=gettext_lazy("On the clock in Copenhagen, in summer and in winter."),
    )
    starts_on = DayFormField(label=gettext_lazy("From"), widget=forms.DateInput(attrs=A_DAY, format="%Y-%m-%d"))
    ends = forms.ChoiceField(label=gettext_lazy("End"), choices=ENDS, widget=forms.RadioSelect, initial="never")
    until = DayFormField(
        label=gettext_lazy("Last day"), required=False, widget=forms.DateInput(attrs=A_DAY, format="%Y-%m-%d")
    )
    count = forms.IntegerField(
        label=gettext_lazy("Number of times"),
        min_value=1,
        max_value=rules.MOST,
        required=False,
        help_text=gettext_lazy("Days that are left out are counted too."),
    )
    on_holidays = forms.ChoiceField(label=gettext_lazy("Public holidays"), choices=Series.OnHolidays)
    excluded = DatesField(
        label=gettext_lazy("Not on these days"),
        required=False,
        help_text=gettext_lazy("Dates with a comma between them: 24.12.2026, 31.12.2026"),
    )
    when: Recurrence | None = None
    dates: tuple[Occurrence, ...] = ()
    said: Said | None = None

    def __init__(self, *args: Any, today: date, start: date | None = None, **kwargs: Any) -> None:
        """``start`` is the first day of what is changed from a day on."""
        self.today, self.start = today, start
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        rule = self._rule(data)
        if rule is None or any(name not in data for name in ("at", "starts_on", "ends", "on_holidays", "excluded")):
            return data
        starts_on = max(data["starts_on"], self.start or date.min)
        rule = rules.grounded(rule, starts_on)
        until, count = self._end(data, rule, starts_on)
        if {"until", "count"} & set(self.errors):
            return data
        when = Recurrence(
            rule.written(),
            starts_on,
            data["at"],
            until,
            count,
            recurrence.OnHolidays(data["on_holidays"]),
            frozenset(data["excluded"]),
        )
        dates = recurrence.following(when, max(self.today, starts_on), SHOWN)
        if not dates:
            self.add_error("pattern", _("There is no day ahead on which it comes. Look at the days and the end."))
            return data
        self.when, self.dates, self.said = when, tuple(dates), self._said(when, rule, dates)
        return data

    def _rule(self, data: dict[str, Any]) -> Rule | None:
        every = data.get("every") or 1
        match data.get("pattern"):
            case "weekly" if not data.get("weekdays"):
                self.add_error("weekdays", _("Choose at least one day."))
            case "weekly":
                return Rule("WEEKLY", every, tuple(Weekday(day) for day in sorted(data["weekdays"])))
            case "nth" if "nth" in data and "nth_day" in data:
                return Rule("MONTHLY", every, (Weekday(data["nth_day"], data["nth"]),))
            case "date" if "month_day" in data:
                return Rule("MONTHLY", every, month_days=(data["month_day"],))
            case "yearly" if "month_day" in data and "month" in data:
                return Rule("YEARLY", every, month_days=(data["month_day"],), months=(data["month"],))
            case "raw":
                try:
                    return rules.read(data.get("raw", ""))
                except rules.Refused as error:
                    self.add_error("raw", str(error))
        return None

    def _end(self, data: dict[str, Any], rule: Rule, starts_on: date) -> tuple[date | None, int | None]:
        """What the fields say, or the rule that was written by hand."""
        if data["ends"] == "never":
            return rule.until, rule.count
        if data["ends"] == "count":
            if not data.get("count") and "count" not in self.errors:
                self.add_error("count", _("Say after how many times it ends."))
            return None, data.get("count")
        until = data.get("until")
        if until is None and "until" not in self.errors:
            self.add_error("until", _("Say on which day it ends."))
        elif until is not None and until < starts_on:
            self.add_error("until", _("It would end before it begins."))
        return until, None

    def _said(self, when: Recurrence, rule: Rule, dates: list[Occurrence]) -> Said:
        here = get_language() or "da"
        other = "en" if here.startswith("da") else "da"
        with override(other):
            there = rules_in_words.sentence(when, rule, self.today)
        return Said(rules_in_words.sentence(when, rule, self.today), there, other, dates)
