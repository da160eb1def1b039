"""What every page of the desk shares: its permission and its place in the admin."""

from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

HOME = (reverse_lazy("wagtailadmin_home"), _("Home"))


class Permitted:
    """Refuses whoever lacks ``permission``; the admin turns that into a message, or 403 for a script."""

    permission = ""
    request: HttpRequest

    @property
    def person(self) -> User:
        """Who is asking: known, because the admin lets nobody else in."""
        return cast(User, self.request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response


class DeskPage(Permitted, WagtailAdminTemplateMixin, TemplateView):
    """One page. ``trail`` is what stands between home and the page itself, as (url, label)."""

    trail: tuple[tuple[Any, Any], ...] = ()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        steps = [{"url": str(url), "label": label} for url, label in (HOME, *self.trail)]
        return [*steps, {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}]
