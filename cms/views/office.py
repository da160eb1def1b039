"""What the pages of approving share: content, its place in the admin, and the people in it."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from cms.permissions import OnTheRoad


class OfficePage(WagtailAdminTemplateMixin, TemplateView):
    """One page in the admin."""

    trail: tuple[tuple[Any, Any], ...] = ()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        steps = [(reverse_lazy("wagtailadmin_home"), _("Home")), *self.trail, ("", self.get_page_title())]
        return [{"url": str(url), "label": label} for url, label in steps]


def content_or_404(page_id: int) -> Any:
    """The page itself, as it is in the database; 404 for what is not content."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, OnTheRoad):
        raise Http404
    return page


def edit_url(page: Page, user: Any) -> str:
    """Where this person can change it; empty when they cannot."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if page.permissions_for_user(user).can_edit() else ""


def name_of(user: Any) -> str:
    """How a person is called on a page."""
    return (user.get_full_name() or user.get_username()) if user is not None else str(_("somebody who has left"))
