"""Forms of the strategy: what belongs to one strategy is not mixed with another's."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm

from campaigns.models import FocusMapping, Initiative, Strategy


class InitiativeForm(WagtailAdminModelForm):
    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        strategy = data.get("strategy")
        unit, goal = data.get("unit"), data.get("goal")
        for field, row, above in (("unit", unit, unit and unit.pillar), ("goal", goal, goal)):
            if strategy and row and above and above.strategy_id != strategy.pk:
                sentence = _("%(name)s belongs to another strategy than %(strategy)s.")
                self.add_error(field, sentence % {"name": row.name, "strategy": strategy})
        number = data.get("number", "")
        if number and not (number.isascii() and number.isdecimal()):
            self.add_error("number", _("A number is digits only, as printed."))
        twins = Initiative.objects.filter(strategy=strategy, unit=data.get("unit"), number=number)
        if not self.errors and twins.exclude(pk=self.instance.pk).exists():
            self.add_error("number", _("This unit has an initiative with this number already."))
        return data


class MappingForm(WagtailAdminModelForm):
    """A person who fills this in decides: who and when is kept."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        initiative, area = data.get("initiative"), data.get("focus_area")
        if initiative and area and area.goal.strategy_id != initiative.strategy_id:
            sentence = _("%(area)s belongs to another strategy than initiative %(number)s.")
            self.add_error("focus_area", sentence % {"area": area.name, "number": initiative.number})
        return data

    def save(self, commit: bool = True) -> Any:
        if "status" in self.changed_data or self.instance.pk is None:
            proposed = self.cleaned_data["status"] == FocusMapping.Status.PROPOSED
            self.instance.decided_by = None if proposed else self.for_user
            self.instance.decided_at = None if proposed else timezone.now()
        return super().save(commit=commit)


class NextYearForm(forms.Form):
    """Which year, what it is called, and which initiatives go on."""

    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2000, max_value=2199)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    initiatives = forms.ModelMultipleChoiceField(
        Initiative.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, before: Strategy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["initiatives"].queryset = before.initiatives.all()  # type: ignore[attr-defined]

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if Strategy.objects.filter(year=year).exists():
            raise forms.ValidationError(_("%(year)s has a strategy already."), params={"year": year})
        return year
