"""Press clippings and manual figures in the admin: entered by hand or as a table, each change with its evidence."""

from typing import Any

import django_filters
from django.contrib.auth.models import User
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.admin.widgets.button import HeaderButton

from campaigns import entering
from campaigns.models import FocusArea, ManualFigure, PressClipping, Unit
from campaigns.models.manual_figure import Measure
from campaigns.structure_viewsets import Managed
from campaigns.tables import clippings, figures
from campaigns.tables.table import Table
from campaigns.views import deletions, listings
from campaigns.views.tables import BringTable, TableTemplate


class Entered:
    """Saves through the verb, so that the change stands in the evidence."""

    def save_instance(self) -> Any:
        row = self.form.save(commit=False)  # type: ignore[attr-defined]
        return entering.save(row, by=self.request.user)  # type: ignore[attr-defined]


class CreateView(Entered, generic.CreateView):
    pass


class EditView(Entered, generic.EditView):
    pass


class DeleteView(deletions.SafeDeleteView):
    def delete_action(self) -> None:
        entering.remove(self.object, by=self.request.user)


class EnteredListing(listings.Listing):
    """With the way to bring in a whole table, for whoever may enter anything."""

    list_related: tuple[str, ...] = ("unit", "focus_area", "by")

    def get_base_queryset(self) -> Any:
        return self.model._default_manager.select_related(*self.list_related)

    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons: list[Any] = super().header_buttons
        if self.add_url:
            url = reverse(self.index_url_name.replace(":index", ":bring_in"))
            buttons.append(HeaderButton(_("Bring in a table"), url=url, icon_name="upload"))
        return buttons


class ClippingListing(EnteredListing):
    list_related = ("story", "initiative", "focus_area", "by")


class WithTable(Managed):
    """A listing whose rows can also be brought in as a table."""

    table: Table
    index_view_class = EnteredListing
    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView

    def get_urlpatterns(self) -> list[Any]:
        said = {"table": self.table, "index": f"{self.url_namespace}:index", "heading": self.model_name_plural}
        return [
            *super().get_urlpatterns(),
            path("bring-in/", BringTable.as_view(**said), name="bring_in"),
            path("template.<slug:form>", TableTemplate.as_view(table=self.table), name="template"),
        ]

    @cached_property
    def model_name_plural(self) -> Any:
        return self.model._meta.verbose_name_plural


class FigureFilterSet(WagtailFilterSet):
    measure = django_filters.ChoiceFilter(choices=Measure.choices, label=_("Measure"))
    unit = django_filters.ModelChoiceFilter(queryset=Unit.objects.all(), label=_("Unit"), null_label=_("none"))
    focus_area = django_filters.ModelChoiceFilter(queryset=FocusArea.objects.all(), label=_("Focus area"))
    first = django_filters.DateFilter(field_name="last", lookup_expr="gte", label=_("From"))
    last = django_filters.DateFilter(field_name="first", lookup_expr="lte", label=_("To"))

    class Meta:
        model = ManualFigure
        fields: list[str] = []


class ClippingFilterSet(WagtailFilterSet):
    focus_area = django_filters.ModelChoiceFilter(queryset=FocusArea.objects.all(), label=_("Focus area"))
    tone = django_filters.ChoiceFilter(choices=PressClipping.Tone.choices, label=_("Tone"))
    first = django_filters.DateFilter(field_name="day", lookup_expr="gte", label=_("From"))
    last = django_filters.DateFilter(field_name="day", lookup_expr="lte", label=_("To"))

    class Meta:
        model = PressClipping
        fields: list[str] = []


def entered_by(row: Any) -> str:
    by: User | None = row.by
    return (by.get_full_name() or by.get_username()) if by else "–"


class PressClippingViewSet(WithTable):
    model = PressClipping
    icon = "doc-full"
    table = clippings.TABLE
    index_view_class = ClippingListing
    filterset_class = ClippingFilterSet
    search_fields = ["outlet", "title"]
    list_display = (
        "title",
        "outlet",
        Column("day", label=_("Date"), accessor=lambda row: date_format(row.day, "d.m.Y"), sort_key="day"),
        Column("focus_area", label=_("Focus area"), accessor="focus_area"),
        Column("story", label=_("Our story"), accessor="story"),
        Column("tone", label=_("Tone"), accessor="get_tone_display"),
        Column("by", label=_("Entered by"), accessor=entered_by),
    )
    list_export = ["day", "outlet", "title", "link", "story", "initiative", "focus_area", "tone", "entered_at"]
    export_filename = "press-clippings"
    inspect_view_fields = ["day", "outlet", "title", "link", "story", "initiative", "focus_area", "tone", "entered_at"]
    panels = [
        FieldRowPanel([FieldPanel("day"), FieldPanel("outlet")]),
        FieldPanel("title"),
        FieldPanel("link"),
        MultiFieldPanel(
            [FieldPanel("story"), FieldPanel("initiative"), FieldPanel("focus_area")], heading=_("What it is about")
        ),
        FieldPanel("tone"),
    ]


class ManualFigureViewSet(WithTable):
    model = ManualFigure
    icon = "order"
    table = figures.TABLE
    filterset_class = FigureFilterSet
    search_fields = ["source"]
    list_display = (
        "__str__",
        Column("value", label=_("Value"), accessor="said", sort_key="value"),
        Column("answers", label=_("Answers"), accessor=lambda row: row.answers or "–"),
        Column("unit", label=_("Unit"), accessor=lambda row: row.unit or _("the whole district")),
        Column("focus_area", label=_("Focus area"), accessor=lambda row: row.focus_area or "–"),
        Column("source", label=_("Source"), accessor="source"),
        Column("by", label=_("Entered by"), accessor=entered_by),
    )
    list_export = ["measure", "first", "last", "unit", "focus_area", "value", "answers", "source", "entered_at"]
    export_filename = "manual-figures"
    inspect_view_fields = ["measure", "first", "last", "unit", "focus_area", "value", "answers", "source", "entered_at"]
    panels = [
        FieldPanel("measure"),
        FieldRowPanel([FieldPanel("first"), FieldPanel("last")]),
        FieldRowPanel([FieldPanel("value"), FieldPanel("answers")]),
        MultiFieldPanel([FieldPanel("unit"), FieldPanel("focus_area")], heading=_("What it is about")),
        FieldPanel("source"),
    ]


class EffectGroup(ModelViewSetGroup):
    menu_label = _("Press and effect")
    menu_name = "effect"
    menu_icon = "doc-full"
    menu_order = 245
    items = (PressClippingViewSet("pressclipping"), ManualFigureViewSet("manualfigure"))
