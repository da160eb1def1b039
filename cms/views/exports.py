"""Exports of a period: asked for, gathered by a worker, fetched. And what went out and is not filed yet."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.models import Page

from cms.after import exporting, filing
from cms.after.forms import FileForm, PeriodForm
from cms.models.exports import Export
from cms.views.office import OfficePage


class Exports(OfficePage):
    """One form, and what was asked for before."""

    template_name = "cms/after/exports.html"
    header_icon = "download"
    page_title = gettext_lazy("Export")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm("cms.export_period"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Export.objects.filter(case=None).select_related("asked_by")[:50]
        first = timezone.localdate().replace(day=1)
        initial = {"since": first, "until": timezone.localdate()}
        return super().get_context_data(**{"rows": rows, "form": PeriodForm(initial=initial), **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = PeriodForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        exporting.ask_period(by=request.user, **form.cleaned_data)
        messages.success(request, _("It is being gathered. This page shows when it can be fetched."))
        return redirect("exports:list")


@require_GET
def fetch(request: HttpRequest, key: Any) -> FileResponse:
    """The file, for whoever may have it; for everybody else there is none."""
    export = get_object_or_404(Export.objects.select_related("case"), key=key)
    if not exporting.may_fetch(export, request.user) or export.state != Export.State.READY or not export.file:
        raise Http404
    exporting.fetched(export, request.user)
    name = f"eksport-{timezone.localtime(export.asked_at):%Y-%m-%d-%H%M}.zip"
    answer = FileResponse(export.file.open("rb"), as_attachment=True, filename=name, content_type="application/zip")
    answer["Cache-Control"] = "no-store"
    return answer


class NotFiled(OfficePage):
    """What went out without a journal number, the oldest first; the number is given on the spot."""

    template_name = "cms/after/not_filed.html"
    header_icon = "folder-open-inverse"
    page_title = gettext_lazy("Published but not filed")
    trail = ((reverse_lazy("exports:list"), gettext_lazy("Export")),)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not filing.may_file(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = filing.not_filed()
        return super().get_context_data(**{"rows": rows[:100], "count": rows.count(), **kwargs})


@require_POST
def give_number(request: HttpRequest, page_id: int) -> HttpResponse:
    if not filing.may_file(request.user):
        raise PermissionDenied
    page = get_object_or_404(filing.not_filed(), pk=page_id)
    form = FileForm(request.POST)
    if form.is_valid():
        filing.file(Page.objects.get(pk=page.pk), form.cleaned_data["number"], by=request.user)
        messages.success(request, _("“%(title)s” is filed.") % {"title": page.title})
    else:
        messages.error(request, _("Write the journal number."))
    return redirect(reverse("exports:not_filed"))
