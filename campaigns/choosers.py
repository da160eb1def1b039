"""Choosing what content is tagged with: initiatives by number or words, campaigns by title, the rest from short lists.

Registered here, they are used by every form of the admin that has such a key.
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import ForeignKey, QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser as views
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser

from campaigns.models import Campaign, FocusArea, Initiative, Strategy, Unit


def title_of(initiative: Initiative) -> str:
    """Number as printed with its likely reading, title and unit: the same number may stand in two."""
    return f"{initiative} · {initiative.unit.name}"


class InitiativeFilterForm(BaseFilterForm):
    q = forms.CharField(
        label=_("Number or words"),
        widget=forms.TextInput(attrs={"placeholder": _("1132, or words in Danish or English")}),
        required=False,
    )
    strategy = forms.ModelChoiceField(
        Strategy.objects.all(),
        label=_("Strategy"),
        required=False,
        empty_label=_("All"),
        widget=forms.Select(attrs={"data-chooser-modal-search-filter": True}),
    )

    def filter(self, objects: Any) -> Any:
        if self.cleaned_data.get("strategy"):
            objects = objects.filter(strategy=self.cleaned_data["strategy"])
        self.search_query = self.cleaned_data.get("q")
        self.is_searching = bool(self.search_query)
        return objects.matching(self.search_query) if self.search_query else objects


class InitiativeListing(views.BaseChooseView):
    """What is in force is offered first; every year can be asked for."""

    filter_form_class = InitiativeFilterForm

    def get_filter_form(self) -> Any:
        data = self.request.GET.copy()
        if "strategy" not in data and (strategy := Strategy.objects.in_force()):
            data["strategy"] = strategy.pk
        return InitiativeFilterForm(data)

    def get_object_list(self) -> QuerySet[Initiative]:
        return Initiative.objects.select_related("unit", "strategy")

    @property
    def columns(self) -> list[Column]:
        return [
            *super().columns,
            Column("unit", label=_("Unit"), accessor="unit.name"),
            Column("year", label=_("Year"), accessor="strategy.year"),
        ]


class InitiativeChooseView(views.ChooseViewMixin, views.CreationFormMixin, InitiativeListing):
    pass


class InitiativeChooseResultsView(views.ChooseResultsViewMixin, views.CreationFormMixin, InitiativeListing):
    pass


class InitiativeChosenMixin:
    def get_display_title(self, instance: Initiative) -> str:
        return title_of(instance)


class InitiativeChosenView(InitiativeChosenMixin, views.ChosenView):
    pass


class InitiativeChosenMultipleView(InitiativeChosenMixin, views.ChosenMultipleView):
    pass


class InitiativeWidget(BaseChooser):
    def get_display_title(self, instance: Initiative) -> str:
        return title_of(instance)


class InitiativeChooserViewSet(ChooserViewSet):
    model = Initiative
    icon = "tag"
    choose_one_text = _("Choose an initiative")
    choose_another_text = _("Choose another initiative")
    edit_item_text = _("Edit this initiative")
    per_page = 15
    choose_view_class = InitiativeChooseView
    choose_results_view_class = InitiativeChooseResultsView
    chosen_view_class = InitiativeChosenView
    chosen_multiple_view_class = InitiativeChosenMultipleView
    base_widget_class = InitiativeWidget


class CampaignFilterForm(BaseFilterForm):
    q = forms.CharField(
        label=_("Search term"), widget=forms.TextInput(attrs={"placeholder": _("Search")}), required=False
    )

    def filter(self, objects: Any) -> Any:
        self.search_query = self.cleaned_data.get("q")
        self.is_searching = bool(self.search_query)
        return objects.matching(self.search_query) if self.search_query else objects


class CampaignListing(views.BaseChooseView):
    filter_form_class = CampaignFilterForm

    @property
    def columns(self) -> list[Column]:
        return [
            *super().columns,
            Column("starts_on", label=_("Starts on")),
            Column("ends_on", label=_("Ends on")),
        ]


class CampaignChooseView(views.ChooseViewMixin, views.CreationFormMixin, CampaignListing):
    pass


class CampaignChooseResultsView(views.ChooseResultsViewMixin, views.CreationFormMixin, CampaignListing):
    pass


class CampaignChooserViewSet(ChooserViewSet):
    model = Campaign
    icon = "calendar-alt"
    choose_one_text = _("Choose a campaign")
    choose_another_text = _("Choose another campaign")
    edit_item_text = _("Edit this campaign")
    form_fields = ["title", "starts_on", "ends_on"]
    choose_view_class = CampaignChooseView
    choose_results_view_class = CampaignChooseResultsView


class GroupedIterator(ModelChoiceIterator):  # type: ignore[type-arg]
    """Options below headings, the strategy in force first; other years say their year."""

    field: "GroupedField"

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        groups: dict[tuple[Any, ...], list[Any]] = {}
        for row in self.queryset:
            above = getattr(row, self.field.above)
            strategy = above.strategy
            heading = above.name if strategy.status == Strategy.Status.CURRENT else f"{strategy.year} · {above.name}"
            place = (strategy.status != Strategy.Status.CURRENT, -strategy.year, above.order, above.pk, heading)
            groups.setdefault(place, []).append(self.choice(row))
        for place in sorted(groups):
            yield place[-1], groups[place]


class GroupedField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A select of focus areas or units, short enough to read and grouped by what is above them."""

    iterator = GroupedIterator

    def __init__(self, queryset: Any, *, above: str, **kwargs: Any) -> None:
        self.above = above
        super().__init__(queryset.select_related(f"{above}__strategy"), **kwargs)


def register_selects() -> None:
    for model, above in ((FocusArea, "goal"), (Unit, "pillar")):
        register_form_field_override(ForeignKey, to=model, override={"form_class": GroupedField, "above": above})
