"""The year in Wagtail's admin: events by their rules, and times that are closed, each for whoever may."""

from datetime import datetime
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSetGroup

from campaigns import agenda, closed_times, contents, yearly
from campaigns.models import CalendarEvent, ClosedPeriod
from campaigns.structure_viewsets import Managed
from campaigns.year_forms import CalendarEventForm, ClosedPeriodForm


def next_time(event: CalendarEvent) -> str:
    """When it goes on or comes next, in words."""
    span = yearly.following(event.as_rule, timezone.localdate())
    if span is None:
        return _("no date ahead")
    last = date_format(span.last, "j. F Y")
    if span.first == span.last:
        return last
    same_year = span.first.year == span.last.year
    return f"{date_format(span.first, 'j. F' if same_year else 'j. F Y')} – {last}"


class EventFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(choices=CalendarEvent.Kind.choices, label=gettext_lazy("Kind"))
    rule = django_filters.ChoiceFilter(choices=CalendarEvent.Rule.choices, label=gettext_lazy("Falls on"))
    sombre = django_filters.BooleanFilter(label=gettext_lazy("A day for a quiet tone"))
    suggested = django_filters.BooleanFilter(
        label=gettext_lazy("Is suggested"), field_name="lead_days", lookup_expr="isnull", exclude=True
    )
    active = django_filters.BooleanFilter(label=gettext_lazy("Shown in the calendar"))

    class Meta:
        model = CalendarEvent
        fields: list[str] = []


class CalendarEventViewSet(Managed):
    model = CalendarEvent
    icon = "calendar"
    menu_label = gettext_lazy("Events of the year")
    list_display = (
        "title",
        Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("next", label=gettext_lazy("Next time"), accessor=next_time),
        Column("lead_days", label=gettext_lazy("Suggested, days ahead"), sort_key="lead_days"),
        Column("active", label=gettext_lazy("Shown"), accessor=lambda row: _("yes") if row.active else _("no")),
    )
    filterset_class = EventFilterSet
    search_fields = ["title", "words", "note"]
    list_export = [
        "title", "kind", "rule", "month", "day", "weekday", "nth", "week", "shift", "length", "every", "since", "dates",
        "sombre", "lead_days", "focus_areas", "initiatives", "words", "note", "active",
    ]  # fmt: skip
    inspect_view_fields = [
        "title", "kind", "rule", "month", "day", "weekday", "nth", "week", "shift", "length", "dates", "sombre",
        "lead_days", "initiatives", "words", "note", "active",
    ]  # fmt: skip
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("active"), FieldPanel("sombre")]),
            MultiFieldPanel(
                [
                    FieldPanel("rule"),
                    FieldRowPanel([FieldPanel("day"), FieldPanel("month")]),
                    FieldRowPanel([FieldPanel("nth"), FieldPanel("weekday"), FieldPanel("week")]),
                    FieldPanel("dates"),
                    FieldRowPanel([FieldPanel("shift"), FieldPanel("length")]),
                    FieldRowPanel([FieldPanel("every"), FieldPanel("since")]),
                ],
                heading=gettext_lazy("When"),
                icon="date",
            ),
            MultiFieldPanel(
                [FieldPanel("lead_days"), FieldPanel("focus_areas"), FieldPanel("initiatives"), FieldPanel("words")],
                heading=gettext_lazy("What it calls for"),
                help_text=gettext_lazy("One of these is enough: content about it counts as told."),
                icon="tag",
            ),
            FieldPanel("note"),
        ],
        base_form_class=CalendarEventForm,
    )


def moment(value: datetime) -> str:
    return date_format(timezone.localtime(value), "j. F Y H.i")


class ClosedFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(choices=ClosedPeriod.Kind.choices, label=gettext_lazy("Kind"))
    mode = django_filters.ChoiceFilter(choices=ClosedPeriod.Mode.choices, label=gettext_lazy("What it does"))
    over = django_filters.BooleanFilter(label=gettext_lazy("Over"), method="that_are_over")

    class Meta:
        model = ClosedPeriod
        fields: list[str] = []

    def that_are_over(self, rows: "QuerySet[ClosedPeriod]", name: str, value: bool) -> "QuerySet[ClosedPeriod]":
        now = timezone.now()
        return rows.filter(ends_at__lte=now) if value else rows.filter(ends_at__gt=now)


class ClosedInspect(generic.InspectView):  # type: ignore[misc]
    """Its fields, and what is planned in it: whoever closes a time sees what that meets."""

    template_name = "campaigns/closed_inspect.html"

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """Moments as the clock in Copenhagen has them."""
        value = getattr(self.object, field_name, None)
        return moment(value) if isinstance(value, datetime) else super().get_field_display_value(field_name, field)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = closed_times.touched(self.object, timezone.now())
        facts = contents.describe({row.page_id for row in rows if row.page_id})
        touched = [(row, agenda.title_of(row), agenda.badge_of(row, facts.get(row.page_id or 0))) for row in rows]
        return {**super().get_context_data(**kwargs), "touched": touched}


class ClosedPeriodViewSet(Managed):
    model = ClosedPeriod
    inspect_view_class = ClosedInspect
    icon = "lock"
    menu_label = gettext_lazy("Elections and closed times")
    add_to_reference_index = False  # nothing points at it, and nobody else reads of it
    list_display = (
        "title",
        Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("mode", label=gettext_lazy("What it does"), accessor="get_mode_display", sort_key="mode"),
        Column("from", label=gettext_lazy("From"), accessor=lambda row: moment(row.starts_at), sort_key="starts_at"),
        Column("until", label=gettext_lazy("Until"), accessor=lambda row: moment(row.ends_at), sort_key="ends_at"),
    )
    filterset_class = ClosedFilterSet
    search_fields = ["title", "words"]
    list_export = [
        "title", "kind", "mode", "starts_at", "ends_at", "reason", "focus_areas", "initiatives", "words", "kinds",
        "units", "channels",
    ]  # fmt: skip
    inspect_view_fields = ["title", "kind", "mode", "starts_at", "ends_at", "reason", "initiatives", "words"]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("mode")]),
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
            FieldPanel("reason"),
            MultiFieldPanel(
                [FieldPanel("words"), FieldPanel("initiatives"), FieldPanel("focus_areas")],
                heading=gettext_lazy("About which topics"),
                help_text=gettext_lazy("One of these is enough. Nothing chosen: about every topic."),
                icon="tag",
            ),
            MultiFieldPanel(
                [FieldPanel("kinds"), FieldPanel("units"), FieldPanel("channels")],
                heading=gettext_lazy("Only for"),
                help_text=gettext_lazy("Each that is chosen must fit. Nothing chosen: for all."),
                icon="crosshairs",
            ),
        ],
        base_form_class=ClosedPeriodForm,
    )


class YearGroup(ModelViewSetGroup):  # type: ignore[misc]
    menu_label = gettext_lazy("The year")
    menu_name = "year"
    menu_icon = "calendar-alt"
    menu_order = 262
    items = (CalendarEventViewSet("calendarevent"), ClosedPeriodViewSet("closedperiod"))
