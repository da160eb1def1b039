"""What is odd in the source, one card each, with a form to settle it; what is settled lies folded below."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from campaigns import anomalies
from campaigns.models import Anomaly, Strategy
from publishing.views.base import DeskPage


class AnomaliesPage(DeskPage):
    permission = "campaigns.view_anomaly"
    template_name = "campaigns/anomalies.html"
    page_title = gettext_lazy("Anomalies of the source")
    header_icon = "warning"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        strategies = list(Strategy.objects.filter(anomalies__isnull=False).distinct())
        strategy = self.chosen(strategies)
        rows = Anomaly.objects.filter(strategy=strategy).select_related("settled_by")
        rows = rows.prefetch_related("initiatives__unit")
        return super().get_context_data(
            **{
                "strategies": strategies,
                "strategy": strategy,
                "open": [row for row in rows if row.settled_at is None],
                "settled": [row for row in rows if row.settled_at is not None],
                "may": self.person.has_perm("campaigns.change_anomaly"),
                **kwargs,
            }
        )

    def chosen(self, strategies: list[Strategy]) -> Strategy | None:
        wanted = self.request.GET.get("strategy", "")
        in_force = Strategy.objects.in_force()
        found = [row for row in strategies if str(row.pk) == wanted] or [row for row in strategies if row == in_force]
        return next(iter(found or strategies), None)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row = get_object_or_404(Anomaly, pk=request.POST.get("anomaly") or 0)
        action, decision = request.POST.get("action", ""), request.POST.get("decision", "")
        if action == "reopen":
            anomalies.reopen(row, by=self.person)
            messages.success(request, _("%(code)s is open again.") % {"code": row.code})
        else:
            decision = row.proposal if action == "accept" else decision
            if not decision.strip():
                faults = {"faulty": row.pk, "fault": _("Write what was decided, or accept the proposal.")}
                return self.render_to_response(self.get_context_data(**faults), status=422)
            if anomalies.settle(row, decision, by=self.person):
                messages.success(request, _("%(code)s is settled.") % {"code": row.code})
            else:
                messages.warning(request, _("%(code)s was settled by somebody else meanwhile.") % {"code": row.code})
        return redirect(f"{reverse('anomalies:index')}?strategy={row.strategy_id}")
