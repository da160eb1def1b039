"""A CalendarEvent: what the year brings, whoever plans: theme days, risk periods, holidays from school, hard days."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaigns import written_dates, yearly
from campaigns.topics import words_of

# What each rule asks for; of the rest nothing counts.
ASKS = {
    "fixed": ("month", "day"),
    "nth_weekday": ("month", "weekday", "nth"),
    "week": ("week", "weekday"),
    "easter": (),
    "dates": ("dates",),
}


class CalendarEvent(models.Model):
    """Falls by a rule that is data (``campaigns.yearly``), and may call for something to be told (``lead_days``)."""

    class Kind(models.TextChoices):
        THEME = "theme", _("theme day")
        RISK = "risk", _("risk period")
        LOCAL = "local", _("local event")
        SCHOOL = "school", _("school holiday")
        DAY_OF_NOTE = "note", _("day of note")

    class Rule(models.TextChoices):
        FIXED = "fixed", _("the same date every year")
        NTH_WEEKDAY = "nth_weekday", _("a weekday of a month, such as the first Friday of November")
        WEEK = "week", _("a week by its number")
        EASTER = "easter", _("counted from Easter Sunday")
        DATES = "dates", _("dates given for each year")

    class Nth(models.IntegerChoices):
        FIRST = 1, _("the first")
        SECOND = 2, _("the second")
        THIRD = 3, _("the third")
        FOURTH = 4, _("the fourth")
        LAST = yearly.LAST, _("the last")

    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.THEME)
    rule = models.CharField(_("falls on"), max_length=12, choices=Rule, default=Rule.FIXED)
    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True, choices=MONTHS)
    day = models.PositiveSmallIntegerField(
        _("day of the month"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), null=True, blank=True, choices=WEEKDAYS)
    nth = models.SmallIntegerField(_("which of them"), null=True, blank=True, choices=Nth)
    week = models.PositiveSmallIntegerField(
        _("week"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(53)]
    )
    shift = models.SmallIntegerField(
        _("days later"), default=0, help_text=_("Counted from that day; a minus means before it.")
    )
    length = models.PositiveSmallIntegerField(
        _("lasts for days"), default=1, validators=[MinValueValidator(1), MaxValueValidator(366)]
    )
    every = models.PositiveSmallIntegerField(
        _("every so many years"), default=1, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    since = models.PositiveSmallIntegerField(
        _("first year"), null=True, blank=True, validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    dates = models.TextField(
        _("dates"), blank=True, help_text=_("A line for each time, such as 14.2.2026 – 22.2.2026.")
    )
    sombre = models.BooleanField(
        _("a day for a quiet tone"), default=False, help_text=_("Cheerful posts are pointed out in the tone check.")
    )
    lead_days = models.PositiveSmallIntegerField(
        _("suggest it so many days ahead"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(180)],
        help_text=_("Empty: nothing is suggested."),
    )
    focus_areas = models.JSONField(_("focus areas"), default=list, blank=True)  # keys: they outlive a strategy
    initiatives = models.CharField(
        _("initiatives"), max_length=200, blank=True, help_text=_("Numbers as printed, apart by commas.")
    )
    words = models.CharField(
        _("words"),
        max_length=300,
        blank=True,
        help_text=_("Apart by commas. A star at the end of a word means with any ending: netsvindel*."),
    )
    note = models.TextField(_("note"), blank=True)
    active = models.BooleanField(_("shown in the calendar"), default=True)

    class Meta:
        ordering = ["title"]
        verbose_name = _("event of the year")
        verbose_name_plural = _("events of the year")

    def __str__(self) -> str:
        return self.title

    @cached_property
    def as_rule(self) -> yearly.Rule:
        explicit: dict[int, tuple[tuple[date, date], ...]] = {}
        if self.rule == self.Rule.DATES:
            for first, last in written_dates.spans(self.dates):
                explicit[first.year] = (*explicit.get(first.year, ()), (first, last))
        return yearly.Rule(
            kind=self.rule,
            month=self.month or 0,
            day=self.day or 0,
            weekday=self.weekday or 0,
            nth=self.nth or 1,
            week=self.week or 0,
            shift=self.shift,
            length=self.length,
            every=self.every,
            since=self.since,
            explicit=explicit,
        )

    @property
    def calls_for(self) -> bool:
        """Whether it wants something to be told."""
        return self.active and self.lead_days is not None and bool(self.focus_areas or self.initiatives or self.words)

    def clean(self) -> None:
        faults: dict[str, Any] = {}
        for name in ASKS.get(self.rule, ()):
            if getattr(self, name) in (None, ""):
                faults[name] = gettext("This is needed for what is chosen at “falls on”.")
        if self.dates:
            try:
                written_dates.spans(self.dates)
            except ValueError as error:
                faults["dates"] = str(error)
        if self.every > 1 and self.since is None:
            faults["since"] = gettext("Say from which year the years are counted.")
        if self.lead_days is not None and not (self.focus_areas or self.initiatives or self.words_list):
            faults["lead_days"] = gettext("Say what it calls for: a focus area, an initiative or words.")
        if faults:
            raise ValidationError(faults)

    @property
    def words_list(self) -> tuple[str, ...]:
        return words_of(self.words)
