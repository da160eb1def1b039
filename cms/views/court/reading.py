"""A filed report: how it stands, its words as they are now, and the answer to words that say something else."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from cms.court import progress, questions, reporting
from cms.court.models import Report
from cms.fingerprints import fingerprint
from cms.models.previews import channel_preview
from cms.views.court.base import DeskPage, ensure_prosecutor, own_report


class Read(DeskPage):
    template_name = "cms/court/read.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.key = kwargs["key"]

    def get_page_title(self) -> str:
        return str(_("Judgment"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = own_report(self.request, self.key)
        page = report.page
        revision = page.get_latest_revision() if page is not None else None
        content = revision.as_object() if revision is not None else None
        shown = channel_preview(content, content.planned_channels(), planned=True) if content is not None else {}
        return super().get_context_data(
            **{
                **kwargs,
                **shown,
                "warnings": [],
                "page": None,
                "report": report,
                "progress": progress.of(report),
                "differences": questions.open_questions(page) if page is not None else [],
                "shown": fingerprint(revision) if revision is not None else "",
                "may_reopen": report.state == Report.State.FILED,
            }
        )


@require_POST
def confirm_words(request: HttpRequest, key: Any) -> HttpResponse:
    ensure_prosecutor(request)
    report = own_report(request, key)
    try:
        questions.confirm(report, by=request.user, shown=request.POST.get("shown", ""))
        messages.success(request, _("Confirmed. It goes on to the next who approves."))
    except reporting.Newer:
        messages.error(request, _("The words were changed again meanwhile. Read them once more."))
    return redirect("court:read", report.key)
