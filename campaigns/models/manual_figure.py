"""A ManualFigure: what somebody counted or was told elsewhere, for a period. It stands beside the coverage, and proves
no cause.

What is counted (calls, tips) is counted once: periods of the same measure, unit and focus area do not overlap. Surveys
and meetings of the citizens' council are told apart by their source.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _


class Measure(models.TextChoices):
    COUNCIL = "council", _("Feedback from the citizens' council")
    CALLS = "calls", _("Calls to 114")
    TIPS = "tips", _("Tips")
    SURVEY = "survey", _("Survey")


SEVERAL = frozenset({Measure.COUNCIL, Measure.SURVEY})  # of one period, from several sources
SHARES = frozenset({Measure.SURVEY})  # per cent of those who answered


class ManualFigure(models.Model):
    measure = models.CharField(_("measure"), max_length=10, choices=Measure)
    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    unit = models.ForeignKey(
        "campaigns.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit"),
        help_text=_("Empty: the whole district."),
    )  # fmt: skip
    focus_area = models.ForeignKey(
        "campaigns.FocusArea", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("focus area")
    )
    value = models.DecimalField(
        _("value"), max_digits=12, decimal_places=2, validators=[MinValueValidator(Decimal(0))],
        help_text=_("How many; of a survey the per cent."),
    )  # fmt: skip
    answers = models.PositiveIntegerField(
        _("answers"), null=True, blank=True, help_text=_("Of a survey: how many answered.")
    )
    source = models.CharField(_("source"), max_length=200, help_text=_("Where the figure comes from."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+",
        verbose_name=_("entered by"),
    )  # fmt: skip
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)
    # What it is about, as one text: a unique constraint would let empty keys in twice.
    identity = models.CharField(max_length=300, unique=True, editable=False)

    class Meta:
        ordering = ["-last", "measure", "pk"]
        verbose_name = _("manual figure")
        verbose_name_plural = _("manual figures")
        constraints = [
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="figure_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()}, {self.period}"

    @property
    def period(self) -> str:
        return " – ".join(date_format(day, "d.m.Y") for day in (self.first, self.last))

    def said(self) -> str:
        """The value as people read it."""
        number = number_format(self.value.normalize() if self.value % 1 else int(self.value), force_grouping=True)
        return f"{number} %" if self.measure in SHARES else number

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def save(self, **kwargs: Any) -> None:
        self.identity = self.named()
        super().save(**kwargs)

    def named(self) -> str:
        source = self.source.strip().casefold() if self.measure in SEVERAL else ""
        about = (self.measure, self.first, self.last, self.unit_id or "", self.focus_area_id or "")
        return "|".join([*map(str, about), source])

    def clean(self) -> None:
        """One sentence at each field that must change."""
        faults = self.faults(timezone.localdate())
        if faults:
            raise ValidationError(faults)

    def faults(self, today: date) -> dict[str, Any]:
        """Field to sentence: what is wrong with it, by itself and beside the others."""
        found: dict[str, Any] = {}
        if self.measure in SHARES:
            if self.value is not None and self.value > 100:
                found["value"] = _("A survey is told in per cent, from 0 to 100.")
            if not self.answers:
                found["answers"] = _("Say how many answered: a share of few is told as counts.")
        elif self.value is not None and self.value % 1:
            found["value"] = _("This is counted: a whole number.")
        if self.first and self.last:
            if self.last < self.first:
                found["last"] = _("The period ends before it begins.")
            elif self.last > today:
                found["last"] = _("The period is not over yet.")
            elif self.measure and (other := next(iter(self.beside()), None)):
                sentence = _("There is one for %(period)s already (%(source)s): what is counted twice is wrong.")
                found["first"] = sentence % {"period": other.period, "source": other.source}
        return found

    def beside(self) -> "list[ManualFigure]":
        """Others that count the same days of the same thing."""
        rows = ManualFigure.objects.filter(measure=self.measure, unit=self.unit_id, focus_area=self.focus_area_id)
        rows = rows.filter(first__lte=self.last, last__gte=self.first).exclude(pk=self.pk)
        return [row for row in rows if self.rivals(row)]

    def rivals(self, other: "ManualFigure") -> bool:
        """Whether both cannot stand: they count the same thing on the same day."""
        mine, theirs = (
            (
                row.measure,
                row.unit_id,
                row.focus_area_id,
                row.source.strip().casefold() if row.measure in SEVERAL else "",
            )
            for row in (self, other)
        )
        return mine == theirs and self.first <= other.last and other.first <= self.last
