"""Is everything running? Heartbeats, what does not move, evidence, and the queue of each channel with its reasons."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import evidence, health, pacing, standing, waiting_channels
from publishing.models import Channel, Delivery, EvidenceRecord, Heartbeat
from publishing.models.delivery import CLAIMABLE, OPEN
from publishing.pacing import Why
from publishing.views.base import DeskPage

# Name of a heartbeat to what it is called, and after how long its silence is a fault.
CLOCKS: dict[str, tuple[str | Promise, timedelta]] = {
    "send_due": (gettext_lazy("The clock that looks for what is due"), health.LATE_BEAT),
    "seal_evidence": (gettext_lazy("The sealer of evidence"), timedelta(seconds=60)),
}
LATE_WORKER = timedelta(minutes=2)
REASONS: dict[Why, str | Promise] = {
    Why.QUOTA: gettext_lazy("The platform told us to wait."),
    Why.GAP: gettext_lazy("Its minimum gap between two posts."),
    Why.QUIET: gettext_lazy("Its quiet hours."),
}


@dataclass(frozen=True)
class Clock:
    name: str
    at: datetime | None
    late: bool


@dataclass(frozen=True)
class Queue:
    """One channel: how much is due, what comes next, and what it waits for."""

    channel: Channel
    due: int
    planned: int
    next_due: datetime | None
    fault: str
    access_ends: str
    until: datetime | None
    reasons: list[str]


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


def queues(now: datetime) -> list[Queue]:
    """Every channel in use, in two queries."""
    rows = (
        Delivery.objects.filter(state__in=OPEN)
        .order_by()
        .values("channel_id")
        .annotate(
            due=Count("pk", filter=Q(state__in=CLAIMABLE, due_at__lte=now)),
            planned=Count("pk", filter=Q(state__in=CLAIMABLE, due_at__gt=now)),
            next_due=Min("due_at", filter=Q(state__in=CLAIMABLE, due_at__gt=now)),
        )
    )
    counts: dict[int, dict[str, Any]] = {row["channel_id"]: dict(row) for row in rows}
    found = []
    for channel in Channel.objects.usable():
        row = counts.get(channel.pk, {"due": 0, "planned": 0, "next_due": None})
        reasons = pacing.waits_for(channel, now)
        found.append(
            Queue(
                channel,
                row["due"],
                row["planned"],
                row["next_due"],
                waiting_channels.fault_of(channel),
                standing.access_warning(channel, now),
                pacing.earliest(channel, now) if reasons else None,
                [str(REASONS[reason]) for reason in reasons],
            )
        )
    return found


class HealthPage(DeskPage):
    permission = "publishing.view_delivery"
    template_name = "publishing/desk/health.html"
    page_title = gettext_lazy("Health")
    header_icon = "circle-check"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        stuck = Delivery.objects.stuck(now)
        unsealed = EvidenceRecord.objects.filter(block__isnull=True)
        return super().get_context_data(
            **{
                "report": health.report(now),
                "clocks": clocks(now),
                "queues": queues(now),
                "stuck": list(stuck.heads().select_related("channel").order_by("next_at")[:50]),
                "unsealed": unsealed.count(),
                "oldest_unsealed": unsealed.order_by("id").values_list("at", flat=True).first(),
                "asked": "asked" in self.request.GET,
                "verified": Heartbeat.objects.filter(name=evidence.VERIFIED).first(),
                **kwargs,
            }
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Prove the evidence now. A worker does it."""
        from publishing import tasks

        tasks.verify_evidence.delay()
        return redirect(reverse("publishing_desk:health") + "?asked=1")
