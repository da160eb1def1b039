"""Report a possible error, see what came of it, and close it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from cms.after import incidents, removing, reporting
from cms.after.forms import CloseForm, ReportForm
from cms.models.incidents import Incident
from cms.models.policies import Policy
from cms.views.office import OfficePage, content_or_404, edit_url
from publishing import takedown
from publishing.message import Message

TRAIL = ((reverse_lazy("incidents:list"), gettext_lazy("Possible errors")),)


class ReportError(OfficePage):
    """One page: what will come down, what may be wrong, one button."""

    template_name = "cms/after/report_error.html"
    header_icon = "warning"
    page_title = gettext_lazy("Report a possible error")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.page = content_or_404(kwargs["page_id"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not reporting.may_report(self.page, request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        rows = removing.deliveries_of(self.page.pk).filter(state__in=removing.MAY_BE_OUT | incidents.NOT_YET)
        return super().get_context_data(
            **{
                "page": self.page,
                "title": self.page.draft_title or self.page.title,
                "outlooks": [takedown.outlook(row, now) for row in rows.order_by("due_at")],
                "open": self.page.incidents.open(),
                "officer": bool(Policy.load().dpo_email),
                "back": edit_url(self.page, self.request.user) or str(reverse_lazy("wagtailadmin_home")),
                "form": ReportForm(),
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ReportForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        incident = incidents.report(self.page, by=request.user, **form.cleaned_data)
        messages.success(request, _("Thank you. It is being taken down now, and somebody has been told."))
        return redirect("incidents:show", incident.key)


class ShowIncident(OfficePage):
    template_name = "cms/after/incident.html"
    header_icon = "warning"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = Incident.objects.select_related("page", "reported_by", "closed_by")
        self.incident = get_object_or_404(rows, key=kwargs["key"])

    @property
    def trail(self) -> Any:  # type: ignore[override]
        return TRAIL if self.request.user.has_perm("cms.view_incident") else ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not incidents.may_see(self.incident, request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("Possible error: %(title)s") % {"title": self.incident.title}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        incident, user = self.incident, self.request.user
        page = incident.page
        copies = incident.snapshot.get("deliveries", [])
        return super().get_context_data(
            **{
                "incident": incident,
                "left": incident.deadline - timezone.now(),
                "overdue": timezone.now() > incident.deadline,
                "rows": removing.deliveries_of(page.pk).order_by("due_at") if page is not None else [],
                "remaining": removing.out(page.pk) if page is not None else [],
                "copies": [{**copy, "said": Message.from_json(copy["message"])} for copy in copies],
                "whole": incidents.digest(incident.snapshot) == incident.snapshot_sha256,
                "edit_url": edit_url(page.specific, user) if page is not None else "",
                "may_close": incident.closed_at is None and user.has_perm("cms.close_incident"),
                "form": CloseForm(),
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("cms.close_incident"):
            raise PermissionDenied
        form = CloseForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        if incidents.close(self.incident, by=request.user, **form.cleaned_data):
            messages.success(request, _("It is closed. What you found is kept with the evidence."))
        else:
            messages.warning(request, _("Somebody else closed it meanwhile."))
        return redirect("incidents:show", self.incident.key)


class Incidents(OfficePage):
    """Open ones first, by their deadline."""

    template_name = "cms/after/incidents.html"
    header_icon = "warning"
    page_title = gettext_lazy("Possible errors")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm("cms.view_incident"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Incident.objects.select_related("reported_by", "closed_by")
        context = {"open": rows.open().order_by("reported_at"), "closed": rows.exclude(closed_at=None)[:100]}
        return super().get_context_data(**{**context, **kwargs})
