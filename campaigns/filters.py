"""Filters of the strategy's listings."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from campaigns.models import Anomaly, FocusArea, FocusMapping, Goal, Initiative, Pillar, Strategy, Unit

NOT_REJECTED = ~Q(status=FocusMapping.Status.REJECTED)


def anomaly_choices() -> list[tuple[str, Any]]:
    rows = Anomaly.objects.order_by("-strategy__year", "code")
    return [("open", _("Any that is not settled")), *((str(row.pk), f"{row.code}: {row.printed}"[:60]) for row in rows)]


class OfOneStrategy(WagtailFilterSet):
    """Once a strategy is chosen, the other filters offer what belongs to it."""

    BELONGS: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = (self.data or {}).get("strategy")
        several = Strategy.objects.count() > 1
        for name, path in self.BELONGS.items():
            choices = self.filters[name].queryset.select_related(path)
            if chosen and str(chosen).isdecimal():
                choices = choices.filter(**{path: chosen})
            field = self.form.fields[name]
            field.queryset = choices
            if several and not chosen:
                field.label_from_instance = lambda row, path=path: f"{row.name} ({_year(row, path)})"


def _year(row: Any, path: str) -> int:
    for step in path.split("__"):
        row = getattr(row, step)
    year: int = row.year
    return year


class InitiativeFilterSet(OfOneStrategy):
    BELONGS = {"unit": "pillar__strategy", "pillar": "strategy", "goal": "strategy", "focus_area": "goal__strategy"}

    strategy = django_filters.ModelChoiceFilter(queryset=Strategy.objects.all(), label=_("Strategy"))
    unit = django_filters.ModelChoiceFilter(queryset=Unit.objects.all(), label=_("Unit"))
    pillar = django_filters.ModelChoiceFilter(
        queryset=Pillar.objects.all(), label=_("Pillar"), field_name="unit__pillar"
    )
    goal = django_filters.ModelChoiceFilter(queryset=Goal.objects.all(), label=_("Goal"), null_label=_("none"))
    focus_area = django_filters.ModelChoiceFilter(
        queryset=FocusArea.objects.all(), label=_("Focus area"), method="in_area"
    )
    suitable = django_filters.ChoiceFilter(choices=Initiative.Suitable.choices, label=_("Suitable"))
    mapping = django_filters.ChoiceFilter(
        choices=[*FocusMapping.Status.choices, ("none", _("no mapping"))], label=_("Mapping"), method="with_mapping"
    )
    anomaly = django_filters.ChoiceFilter(
        choices=anomaly_choices, label=_("Anomaly of the source"), method="with_anomaly"
    )

    class Meta:
        model = Initiative
        fields: list[str] = []

    def in_area(self, rows: QuerySet[Initiative], name: str, value: FocusArea) -> QuerySet[Initiative]:
        mapped = FocusMapping.objects.filter(NOT_REJECTED, focus_area=value)
        return rows.filter(pk__in=mapped.values("initiative"))

    def with_mapping(self, rows: QuerySet[Initiative], name: str, value: str) -> QuerySet[Initiative]:
        if value == "none":
            return rows.exclude(pk__in=FocusMapping.objects.filter(NOT_REJECTED).values("initiative"))
        return rows.filter(pk__in=FocusMapping.objects.filter(status=value).values("initiative"))

    def with_anomaly(self, rows: QuerySet[Initiative], name: str, value: str) -> QuerySet[Initiative]:
        if value == "open":
            return rows.filter(anomalies__settled_at=None, anomalies__isnull=False).distinct()
        return rows.filter(anomalies=int(value))


class MappingFilterSet(OfOneStrategy):
    BELONGS = {"unit": "pillar__strategy", "focus_area": "goal__strategy"}

    strategy = django_filters.ModelChoiceFilter(
        queryset=Strategy.objects.all(), label=_("Strategy"), field_name="initiative__strategy"
    )
    status = django_filters.ChoiceFilter(choices=FocusMapping.Status.choices, label=_("Status"))
    confidence = django_filters.ChoiceFilter(choices=FocusMapping.Confidence.choices, label=_("Confidence"))
    focus_area = django_filters.ModelChoiceFilter(queryset=FocusArea.objects.all(), label=_("Focus area"))
    unit = django_filters.ModelChoiceFilter(queryset=Unit.objects.all(), label=_("Unit"), field_name="initiative__unit")
    suitable = django_filters.ChoiceFilter(
        choices=Initiative.Suitable.choices, label=_("Suitable"), field_name="initiative__suitable"
    )

    class Meta:
        model = FocusMapping
        fields: list[str] = []
