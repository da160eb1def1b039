"""What part of the coverage somebody asks for."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaigns.choosers import GroupedField
from campaigns.coverage import Dimension, Period, Selection
from campaigns.coverage.periods import quarter, whole_year
from campaigns.models import Strategy, Unit
from publishing.models import Channel


def quarters() -> list[tuple[str, str]]:
    numbers = [(str(number), gettext("Quarter %(number)s") % {"number": number}) for number in (1, 2, 3, 4)]
    return [("", gettext("The whole year")), *numbers]


class CoverageForm(forms.Form):
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    quarter = forms.TypedChoiceField(label=_("Period"), coerce=int, empty_value=None, required=False)
    strategy = forms.ModelChoiceField(Strategy.objects.all(), label=_("Strategy"), empty_label=None)
    unit = GroupedField(Unit.objects.all(), above="pillar", label=_("Unit"), required=False, empty_label=_("All"))
    channel = forms.ModelChoiceField(Channel.objects.all(), label=_("Channel"), required=False, empty_label=_("All"))
    kind = forms.ChoiceField(label=_("Type"), required=False)
    by = forms.ChoiceField(required=False, choices=[(one, one) for one in Dimension], widget=forms.HiddenInput)

    def __init__(self, data: Any, *, years: Iterable[int], kinds: Iterable[str], now: datetime) -> None:
        super().__init__(data)
        this = timezone.localdate(now).year
        years, kinds = {this, this + 1, *years}, sorted(kinds)
        self.fields["year"].choices = [(year, year) for year in sorted(years, reverse=True)]  # type: ignore[attr-defined]
        self.fields["quarter"].choices = quarters()  # type: ignore[attr-defined]
        names = {row.model: capfirst(row.name) for row in ContentType.objects.filter(model__in=kinds)}
        choices = [("", _("All")), *((kind, names.get(kind, kind)) for kind in kinds)]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        if Strategy.objects.count() < 2:
            self.fields["strategy"].widget = forms.HiddenInput()
            self.fields["strategy"].required = False

    def period(self) -> Period:
        year, number = self.cleaned_data["year"], self.cleaned_data["quarter"]
        return quarter(year, number) if number else whole_year(year)

    def lines(self) -> Dimension:
        """What the lines of the heat map are."""
        return Dimension(self.cleaned_data["by"] or Dimension.AREA)

    def selection(self) -> Selection:
        """What was asked for; nothing when it was everything."""
        unit, channel, kind = (self.cleaned_data[name] for name in ("unit", "channel", "kind"))
        return Selection(channel=channel and channel.pk, unit=unit and unit.pk, kind=kind)
