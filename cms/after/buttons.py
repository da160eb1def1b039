"""Where the time after stands in the admin: in the menu of each piece of content, and in the menu of sending."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from cms.after import correcting, reporting
from cms.models.base import Communication
from publishing.wagtail_hooks import PermittedItem


def of_content(page: Any, user: Any, next_url: str | None = None, view_name: str | None = None) -> Iterator[Button]:
    if page.pk and isinstance(page.specific_deferred, Communication) and reporting.may_report(page, user):
        url = reverse("incidents:report", args=[page.pk])
        yield Button(_("Report a possible error"), url, icon_name="warning", priority=36)
        if view_name != "edit" and not page.live:
            return
        if page.permissions_for_user(user).can_edit() and correcting.can_be_corrected(page):
            url = reverse("incidents:correct", args=[page.pk])
            yield Button(_("Correct …"), url, icon_name="edit", priority=34)


def incidents_item() -> MenuItem:
    return PermittedItem(
        gettext_lazy("Possible errors"),
        reverse_lazy("incidents:list"),
        permission="cms.view_incident",
        name="incidents",
        icon_name="warning",
        order=40,
    )


def exports_item() -> MenuItem:
    return PermittedItem(
        gettext_lazy("Export and filing"),
        reverse_lazy("exports:list"),
        permission="cms.export_period",
        name="exports",
        icon_name="download",
        order=95,
    )
