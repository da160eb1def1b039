"""What the publication rules say about a piece of content, and where somebody with the role lets a finding pass."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms import overriding, publication, readability
from cms.models.base import Communication
from cms.publication import LAWYERS
from cms.views.office import OfficePage


class TextCheck(OfficePage):
    template_name = "cms/rules/text_check.html"
    header_icon = "clipboard-list"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.page = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        if not isinstance(self.page, Communication) or not _may_see(self.page, request.user):
            raise PermissionDenied
        self.content = self.page.get_latest_revision_as_object()
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("Text check: %(title)s") % {"title": self.content.title}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        whole = "\n".join(text.text for text in publication.texts(self.content) if text.field in {"summary", "body"})
        return {
            **super().get_context_data(**kwargs),
            "rows": [self._row(found) for found in publication.findings(self.content)],
            "reading": readability.read(whole),
            "edit_url": _edit_url(self.page, self.request.user),
        }

    def _row(self, found: publication.Found) -> dict[str, Any]:
        severity = found.finding.severity.value
        return {
            "found": found,
            "key": f"{found.finding.check}:{found.text.sha256}",
            "severity": severity,
            "word": publication.SEVERITIES[severity],
            "may": found.stops and overriding.role_for(self.request.user, found) is not None,
            "who": overriding.who(found) if found.stops else "",
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key, reason = request.POST.get("finding", ""), request.POST.get("reason", "")
        for found in publication.stops(self.content):
            if f"{found.finding.check}:{found.text.sha256}" == key:
                break
        else:
            messages.error(request, _("The text has changed meanwhile. Look again."))
            return redirect("text_check", self.page.pk)
        try:
            overriding.override(self.page, found, by=request.user, reason=reason)
        except PermissionDenied as error:
            messages.error(request, str(error))
        except ValueError:
            messages.error(request, _("Write why this may be published all the same."))
        else:
            messages.success(request, _("It may pass. Your name, the time and the reason are kept as evidence."))
        return redirect("text_check", self.page.pk)


def _may_see(page: Any, user: Any) -> bool:
    if page.permissions_for_user(user).can_edit() or user.groups.filter(name=LAWYERS).exists():
        return True
    task = page.current_workflow_task
    return task is not None and task.groups.filter(pk__in=user.groups.values("pk")).exists()


def _edit_url(page: Any, user: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if page.permissions_for_user(user).can_edit() else ""


def button(page: Any, user: Any, next_url: str | None = None, view_name: str | None = None) -> Iterator[Button]:
    """In the menu of a piece of content."""
    if isinstance(page.specific_deferred, Communication) and page.pk and _may_see(page, user):
        url = reverse("text_check", args=[page.pk])
        yield Button(_("Text check"), url, icon_name="clipboard-list", priority=35)


def tell(request: HttpRequest, page: Any) -> None:
    """After a save: how much was found, and where to read it. Nothing when somebody only pauses in typing."""
    if not isinstance(page, Communication) or "application/json" in request.headers.get("accept", ""):
        return
    found = publication.findings(page.get_latest_revision_as_object())
    if not found:
        return
    stopping = sum(1 for item in found if item.stops)
    sentence = ngettext(
        "The text check found %(number)s thing.", "The text check found %(number)s things.", len(found)
    ) % {"number": len(found)}
    if stopping:
        sentence += " " + ngettext(
            "%(number)s of them stops it from being sent.", "%(number)s of them stop it from being sent.", stopping
        ) % {"number": stopping}
    show = messages.warning if stopping else messages.info
    show(request, sentence, buttons=[messages.button(reverse("text_check", args=[page.pk]), _("See them"))])
