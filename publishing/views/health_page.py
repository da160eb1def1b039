"""Is everything running? Heartbeats, what does not move, evidence, and every channel with what to do about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import conditions, evidence, health, next_steps
from publishing.models import Delivery, EvidenceRecord, Heartbeat
from publishing.views.base import DeskPage
from publishing.views.channels import CHANGE, refreshing

# Name of a heartbeat to what it is called, and after how long its silence is a fault.
CLOCKS: dict[str, tuple[str | Promise, timedelta]] = {
    "send_due": (gettext_lazy("The clock that looks for what is due"), health.LATE_BEAT),
    "seal_evidence": (gettext_lazy("The sealer of evidence"), timedelta(seconds=60)),
}
LATE_WORKER = timedelta(minutes=2)


@dataclass(frozen=True)
class Clock:
    name: str
    at: datetime | None
    late: bool


def clocks(now: datetime) -> list[Clock]:
    """The parts of the system that must be heard from, and the workers that are."""
    beats = {item.name: item.at for item in Heartbeat.objects.all()}
    found = [
        Clock(str(label), beats.get(name), name not in beats or now - beats[name] > limit)
        for name, (label, limit) in CLOCKS.items()
    ]
    workers = [(name, at) for name, at in sorted(beats.items()) if name.startswith(health.WORKER)]
    alive = [(name, at) for name, at in workers if now - at <= LATE_WORKER]
    for name, at in alive:
        found.append(Clock(_("Worker %(name)s") % {"name": name.removeprefix(health.WORKER)}, at, late=False))
    if not alive:
        found.append(Clock(_("Workers"), max((at for _name, at in workers), default=None), late=True))
    return found


class HealthPage(DeskPage):
    permission = "publishing.view_delivery"
    template_name = "publishing/desk/health.html"
    page_title = gettext_lazy("Health")
    header_icon = "circle-check"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        found = conditions.all_of(now)
        stuck = Delivery.objects.stuck(now)
        unsealed = EvidenceRecord.objects.filter(block__isnull=True)
        return super().get_context_data(
            **{
                "report": health.report(now),
                "clocks": clocks(now),
                "conditions": found,
                "waiting": sum(item.step.tone != next_steps.WELL for item in found),
                "may_change": self.request.user.has_perm(CHANGE),
                "stuck": list(stuck.heads().select_related("channel").order_by("next_at")[:50]),
                "unsealed": unsealed.count(),
                "oldest_unsealed": unsealed.order_by("id").values_list("at", flat=True).first(),
                "asked": "asked" in self.request.GET,
                "verified": Heartbeat.objects.filter(name=evidence.VERIFIED).first(),
                **kwargs,
            }
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Again in a moment, as long as a platform is being asked."""
        context = self.get_context_data(**kwargs)
        return refreshing(self.render_to_response(context), any(item.asking for item in context["conditions"]))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Prove the evidence now. A worker does it."""
        from publishing import tasks

        tasks.verify_evidence.delay()
        return redirect(reverse("publishing_desk:health") + "?asked=1")
