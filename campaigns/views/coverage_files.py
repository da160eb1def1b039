"""Coverage out of the building: workbook, PDF, charts, the definitions, and the monthly letter."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages

from campaigns.coverage import charts, definitions, dossier, drawing, paper, workbook
from campaigns.models import CoverageSubscription
from campaigns.views.coverage_asked import GatheredReport
from publishing.views.base import DeskPage, Permitted

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS: dict[str, tuple[str, Callable[[dossier.Dossier], bytes]]] = {
    "xlsx": (XLSX, workbook.xlsx),
    "pdf": ("application/pdf", paper.pdf),
}


class File(GatheredReport):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if kwargs["form"] not in FORMS:
            raise Http404
        kind, write = FORMS[kwargs["form"]]
        period = self.period
        response = HttpResponse(write(self.dossier), content_type=kind)
        name = f"coverage-{period.first}-{period.last}.{kwargs['form']}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class Chart(GatheredReport):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        draw, form = charts.CHARTS.get(kwargs["chart"]), kwargs["form"]
        if draw is None or form not in ("svg", "png"):
            raise Http404
        drawn = draw(self.dossier)
        if form == "svg":
            return HttpResponse(drawing.svg(drawn), content_type="image/svg+xml")
        response = HttpResponse(drawing.png(drawn, self.dossier.about), content_type="image/png")
        response["Content-Disposition"] = f'attachment; filename="coverage-{drawn.key}.png"'
        return response


class Definitions(DeskPage):
    permission = "campaigns.view_coverage"
    header_icon = "view"
    template_name = "campaigns/coverage/definitions.html"
    page_title = gettext_lazy("What every figure means")
    trail = ((reverse_lazy("campaigns_coverage:index"), gettext_lazy("Coverage")),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"definitions": list(definitions.every()), **kwargs})


class Subscribe(Permitted, View):
    """The button under the report: begin or end the monthly letter."""

    permission = "campaigns.view_coverage"
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        mine = CoverageSubscription.objects.filter(user=self.person)
        if mine.exists():
            mine.delete()
            messages.success(request, _("You no longer get the coverage by e-mail."))
        elif not self.person.email:
            messages.error(request, _("You have no e-mail address here. Add one under your account first."))
        else:
            CoverageSubscription.objects.create(user=self.person)
            said = _("You get the coverage of the month before by e-mail on the first working morning of each month.")
            messages.success(request, said)
        return redirect("campaigns_coverage:index")
