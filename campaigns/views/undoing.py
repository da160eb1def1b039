"""The last move of this person can be undone. It is remembered in their session, so nobody undoes another's."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from wagtail.admin import messages

from campaigns import moving
from campaigns.moving import Before, Refusal

KEY = "calendar_undo"


def remember(request: HttpRequest, title: str, moved: list[Before]) -> None:
    request.session[KEY] = {"title": title, "moved": [one.to_json() for one in moved]}


def offered(request: HttpRequest) -> str:
    """What would go back, by title; empty when there is nothing to undo."""
    return str(request.session.get(KEY, {}).get("title", ""))


def undo(request: HttpRequest) -> HttpResponse:
    """POST only. Back to the page it was pressed on."""
    if request.method != "POST" or not request.user.has_perm("campaigns.change_placement"):
        raise PermissionDenied
    last: dict[str, Any] = request.session.pop(KEY, {})
    if not last:
        messages.warning(request, _("There is nothing to undo."))
    else:
        try:
            moving.undo([Before.from_json(one) for one in last["moved"]], by=request.user)
        except Refusal as refusal:
            messages.error(request, _("%(title)s could not be moved back.") % last + f" {refusal}")
        else:
            messages.success(request, _("%(title)s is back where it was.") % last)
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = reverse("campaigns_calendar:month")
    return redirect(target)
