"""Own reports, and the form: begin, fill in, save at every change, file."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from cms.court import completeness, filing, progress, reporting, showing
from cms.court.forms.whole import ReportForms
from cms.court.models import Report
from cms.views.court.base import DeskPage, ensure_prosecutor, own_report
from publishing import needs
from publishing.home import WaitingPanel


class Index(DeskPage):
    """One button, and how one's own reports stand."""

    template_name = "cms/court/index.html"
    page_title = gettext_lazy("Judgments")
    trail = ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = WaitingPanel() if needs.count(self.request.user) else None
        return super().get_context_data(reports=progress.of_user(self.request.user), waiting=waiting, **kwargs)


@require_POST
def new(request: HttpRequest) -> HttpResponse:
    ensure_prosecutor(request)
    case = None
    if request.POST.get("same_case_as"):
        case = own_report(request, request.POST["same_case_as"]).case
    return redirect("court:report", reporting.start(request.user, case).key)


class Write(DeskPage):
    """The whole form on one page. Works as a plain form post; the script only saves more often."""

    template_name = "cms/court/form.html"
    page_title = gettext_lazy("Report a judgment")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.report: Report | None = None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.report = own_report(request, kwargs["key"])
        if self.report.state not in reporting.EDITABLE:
            return redirect("court:read", self.report.key)
        return self.render_to_response(self.get_context_data(forms=ReportForms(self.report)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.report = own_report(request, kwargs["key"])
        forms = ReportForms(self.report, request.POST)
        try:
            kept = reporting.save(forms, by=request.user, **_window(request))
        except reporting.Newer:
            messages.error(request, newer_sentence())
            return self.render_to_response(self.get_context_data(forms=forms), status=409)
        except PermissionDenied as error:
            messages.error(request, str(error))
            return redirect("court:read", self.report.key)
        if forms.errors():
            said = "" if "file" in request.POST else _("Saved, but for the fields with a fault.")
            context = self.get_context_data(forms=forms, faults=forms.faults(), said_of_faults=said)
            return self.render_to_response(context, status=422)
        if "file" in request.POST:
            return self.file(kept)
        if "add_defendant" in request.POST:
            kept.defendants.create(number=max(kept.defendants.values_list("number", flat=True), default=0) + 1)
            return HttpResponseRedirect(f"{request.path}#more-defendants")
        messages.success(request, _("Saved."))
        return redirect("court:report", kept.key)

    def file(self, report: Report) -> HttpResponse:
        try:
            if not self.request.POST.get("declared"):
                raise filing.Incomplete([completeness.Missing("declared", _("Declare that it is correct."))])
            filing.file(report, by=self.request.user)
        except filing.Incomplete as error:
            forms = ReportForms(Report.objects.get(pk=report.pk))
            return self.render_to_response(
                self.get_context_data(forms=forms, gaps=error.gaps, faults=error.gaps), status=422
            )
        messages.success(self.request, _("Filed. A legal approver looks at it now; you see here how it goes."))
        return redirect("court:read", report.key)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.report is not None  # noqa: S101 (set by get and post)
        report = Report.objects.get(pk=self.report.pk)
        kwargs.setdefault("gaps", completeness.missing(report))
        return super().get_context_data(
            report=report,
            note=progress.of(report).note if report.state == Report.State.RETURNED else "",
            now=timezone.now(),
            said=showing.said(report),
            deadline=showing.deadline(report),
            offences=showing.OFFENCES,
            **showing.cards(report),
            **kwargs,
        )


def newer_sentence() -> str:
    return _("A newer version was saved in another window. What you see here is not saved over it.")


def _window(request: HttpRequest) -> dict[str, Any]:
    """Which version the form began with, and which window it is that saves."""
    version, number = request.POST.get("version", ""), request.POST.get("number", "")
    return {
        "version": int(version) if version.isdecimal() else -1,
        "window": request.POST.get("window", "")[:32],
        "number": int(number) if number.isdecimal() else 0,
    }


@never_cache
@require_POST
def save(request: HttpRequest, key: Any) -> JsonResponse:
    """What the script calls at each change: kept as far as it is whole, and answered with the text as it is now."""
    ensure_prosecutor(request)
    report = own_report(request, key)
    forms = ReportForms(report, request.POST)
    try:
        report = reporting.save(forms, by=request.user, **_window(request))
    except reporting.Newer:
        now = Report.objects.get(pk=report.pk)
        return JsonResponse({"version": now.version, "sentence": newer_sentence()}, status=409)
    except PermissionDenied as error:
        return JsonResponse({"sentence": str(error)}, status=403)
    return JsonResponse(
        {
            "version": report.version,
            "errors": forms.errors(),
            "said": showing.said(report),
            "missing": [{"field": gap.field, "sentence": gap.sentence} for gap in completeness.missing(report)],
            "deadline": showing.deadline(report),
        }
    )


@never_cache
@require_GET
def shown(request: HttpRequest, key: Any) -> HttpResponse:
    """Each channel's version as it would be, for the last step."""
    ensure_prosecutor(request)
    report = own_report(request, key)
    return render(request, "cms/court/form/cards.html", showing.cards(report))


@require_POST
def reopen(request: HttpRequest, key: Any) -> HttpResponse:
    ensure_prosecutor(request)
    report = own_report(request, key)
    reporting.reopen(report, by=request.user)
    return redirect("court:report", report.key)
