"""Every delivery in a list that is only read: by state, channel, time, or words of the headline."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.urls import reverse, reverse_lazy
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.permission_policies import ModelPermissionPolicy

from publishing.models import Channel, Delivery, State
from publishing.templatetags import publishing_tags
from publishing.views.base import Permitted


class StateColumn(Column):  # type: ignore[misc]
    def get_value(self, instance: Delivery) -> SafeString:
        return publishing_tags.state_badge(instance)


class TimeColumn(Column):  # type: ignore[misc]
    def get_value(self, instance: Delivery) -> SafeString | str:
        return publishing_tags.when(getattr(instance, self.accessor), "")


class DeliveryFilters(WagtailFilterSet):  # type: ignore[misc]
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=State.choices, widget=forms.CheckboxSelectMultiple
    )
    channel = django_filters.ModelMultipleChoiceFilter(
        label=_("Channel"), queryset=Channel.objects.all(), widget=forms.CheckboxSelectMultiple
    )
    due_at = django_filters.DateFromToRangeFilter(label=_("Planned between"), widget=DateRangePickerWidget)

    class Meta:
        model = Delivery
        fields: list[str] = []


class DeliveryList(Permitted, IndexView):  # type: ignore[misc]
    permission = "publishing.view_delivery"
    permission_policy = ModelPermissionPolicy(Delivery)
    any_permission_required = ["view"]
    model = Delivery
    page_title = _("Deliveries")
    header_icon = "upload"
    template_name = "publishing/desk/deliveries.html"
    results_template_name = "publishing/desk/deliveries_results.html"
    index_url_name = "publishing_desk:deliveries"
    index_results_url_name = "publishing_desk:deliveries_results"
    is_searchable = True
    search_fields = ["headline"]
    filterset_class = DeliveryFilters
    default_ordering = "-due_at"
    paginate_by = 50
    columns = [
        TitleColumn(
            "headline",
            label=_("Post"),
            get_url=lambda delivery: reverse("publishing_desk:delivery", args=[delivery.pk]),
        ),
        StateColumn("state", label=_("State")),
        Column("channel", label=_("Channel")),
        TimeColumn("due_at", label=_("Planned for"), sort_key="due_at"),
        TimeColumn("sent_at", label=_("Sent")),
        Column("state_reason", label=_("Why")),
    ]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        home = {"url": str(reverse_lazy("wagtailadmin_home")), "label": _("Home")}
        return [home, {"url": "", "label": self.get_page_title()}]

    def get_base_queryset(self) -> "QuerySet[Delivery]":
        return Delivery.objects.filter(parent__isnull=True).select_related("channel", "receipt")
