"""Whoever is a prosecutor and nothing else sees the desk, what they are asked to approve, and their own account.

Their group has no right to anything else. This is the second lock: an address of the admin that is not listed here
answers as if it did not exist, whatever right some page forgot to ask for.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cms.court.access import PROSECUTORS, groups_of

NAMESPACES = {"court", "court_desk", "guide"}
# Approving, when they are asked to; and what every page of the admin needs.
NAMES = {
    "incidents:report", "incidents:show", "incidents:review", "exports:fetch",  # each asks whose it is
    "approval:queue", "approval:look", "approval:picture",
    "publishing_desk:needs_you",
    "wagtailadmin_home", "wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_account",
    "wagtailadmin_password_reset", "wagtailadmin_password_reset_done", "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete", "wagtailadmin_javascript_catalog", "wagtailadmin_sprite",
    "wagtailadmin_dismissibles",
}  # fmt: skip
MENU = {"report", "court-cases", "needs-you", "help"}  # names of menu items


def is_confined(user: Any) -> bool:
    """A prosecutor without any other role."""
    if not user.is_authenticated or user.is_superuser:
        return False
    return groups_of(user) == {PROSECUTORS}


class Confinement:
    """Middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.prefix = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or not request.path.startswith(self.prefix) or not is_confined(request.user):
            return None
        name = match.view_name or ""
        if name == "wagtailadmin_home":
            return redirect("court:index")  # their home is one button
        if not (set(match.namespaces) & NAMESPACES or name in NAMES):
            raise Http404
        return None
