"""Keep a way to look at the calendar, and let go of it again. Each person has their own."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from campaigns.calendar_forms import WishForm
from campaigns.models import SavedView
from campaigns.names import Kept
from publishing.views.base import Permitted

VIEWS = ("month", "week", "day", "list")
MOST = 20


def addressed(kept: Iterable[Kept]) -> list[dict[str, Any]]:
    """The views that somebody keeps, as labels and addresses."""
    return [
        {"pk": view.pk, "name": view.name, "url": f"{reverse(f'campaigns_calendar:{view.view}')}?{view.query}"}
        for view in kept
    ]


class Keep(Permitted, View):
    """POST ``name``, ``view`` and the wishes. The same name again replaces what it stood for."""

    permission = "campaigns.view_placement"

    def post(self, request: HttpRequest) -> HttpResponse:
        name, view = request.POST.get("name", "").strip(), request.POST.get("view", "")
        view = view if view in VIEWS else "month"
        query = urlencode({key: request.POST[key] for key in WishForm().fields if request.POST.get(key)})
        address = f"{reverse(f'campaigns_calendar:{view}')}?{query}"
        mine = SavedView.objects.filter(user=self.person)
        if not name or len(name) > 40 or "\x00" in name or len(query) > 500:
            messages.error(request, _("Give the view a name of at most 40 characters."))
        elif mine.count() >= MOST and not mine.filter(name=name).exists():
            messages.error(request, _("You keep %(count)s views already. Delete one first.") % {"count": MOST})
        else:
            SavedView.objects.update_or_create(user=self.person, name=name, defaults={"view": view, "query": query})
            messages.success(request, _("The view “%(name)s” is kept.") % {"name": name})
        return redirect(address)


class Forget(Permitted, View):
    permission = "campaigns.view_placement"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        view = get_object_or_404(SavedView, pk=pk, user=self.person)
        view.delete()
        messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
        return redirect("campaigns_calendar:month")
