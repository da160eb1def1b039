"""The desk in the admin: the prosecutor's front page, the menu, and the routes of approval."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.model import ModelViewSet

from cms.court import progress, reporting
from cms.court.confinement import MENU, is_confined
from cms.court.models import Route
from cms.court.models.routes import Circumstance


class OwnReports(Component):  # type: ignore[misc]
    """The one button of a prosecutor, and how their reports stand."""

    name = "own-reports"
    order = 5
    template_name = "cms/court/own.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        request = parent_context["request"]
        return {
            "reports": progress.of_user(request.user),
            "request": request,
            "csrf_token": parent_context["csrf_token"],
        }


class ReportItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return reporting.may_report(request.user)


def menu_item() -> MenuItem:
    label = _("Judgments")
    return ReportItem(label, reverse_lazy("court:index"), name="report", icon_name="doc-full-inverse", order=40)


def arrange_menu(request: Any, items: list[Any]) -> None:
    """Whoever is only a prosecutor finds nothing else there."""
    if is_confined(request.user):
        items[:] = [item for item in items if item.name in MENU]


class RouteForm(forms.ModelForm):  # type: ignore[type-arg]
    circumstances = forms.MultipleChoiceField(
        label=_("for results where"),
        choices=Circumstance,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: for all that no other route is meant for."),
    )

    class Meta:
        model = Route
        fields = ["name", "sort_order", "circumstances", "workflow"]


class RouteViewSet(ModelViewSet):
    """Which signatures each class of court result needs. The steps are those of Wagtail's workflows."""

    model = Route
    icon = "tasks"
    menu_label = _("Routes of court results")
    add_to_settings_menu = True
    list_display = ["name", "circumstances_in_words", "signatures"]

    def get_form_class(self, for_update: bool = False) -> Any:
        return RouteForm
