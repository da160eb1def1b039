"""What the pages of the desk share: whose they are, and how a report is found."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from cms.court import reporting
from cms.court.models import Report
from cms.views.office import OfficePage


class DeskPage(OfficePage):
    """Prosecutors only; and of reports only their own, and those they step in for."""

    header_icon = "doc-full-inverse"
    trail = ((reverse_lazy("court:index"), _("Judgments")),)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ensure_prosecutor(request)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response


def ensure_prosecutor(request: HttpRequest) -> None:
    if not reporting.may_report(request.user):
        raise PermissionDenied


def own_report(request: HttpRequest, key: Any) -> Report:
    """404 for everybody else's, as for what is not there."""
    found = Report.objects.of(request.user).filter(key=key)
    report = found.select_related("case", "page", "prosecutor", "unit", "focus_area").first()
    if report is None:
        raise Http404
    return report
