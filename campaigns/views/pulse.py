"""Whether anything in the calendar changed: one short line, asked every few seconds by every open calendar."""

from datetime import date
from hashlib import sha256

from django.db.models import Count, Max, Q, Sum
from django.http import HttpRequest, JsonResponse
from django.views import View

from campaigns import calendar
from campaigns.models import Placement
from publishing.models import State
from publishing.views.base import Permitted


class Pulse(Permitted, View):
    """GET ``first`` and ``last``, the days that are shown. Equal answers: nothing to fetch."""

    permission = "campaigns.view_placement"

    def get(self, request: HttpRequest) -> JsonResponse:
        try:
            first, last = (date.fromisoformat(request.GET.get(name, "")) for name in ("first", "last"))
        except ValueError:
            return JsonResponse({"pulse": ""}, status=400)
        return JsonResponse({"pulse": beat(first, last)})


def beat(first: date, last: date) -> str:
    """Another value whenever a placement, its delivery or its content moved on. One query over an index."""
    shown = Placement.objects.between(*calendar.bounds(first, last))
    undated = Placement.objects.undated()
    states = {f"in_{state}": Count("pk", filter=Q(delivery__state=state)) for state in State.values}
    sums = (shown | undated).aggregate(
        Count("pk"), Sum("version"), Max("pk"), Count("cancelled_at"), Sum("page__latest_revision_id"),
        Sum("delivery_id"), Count("due_at"), **states,
    )  # fmt: skip
    return sha256(repr(list(sums.values())).encode()).hexdigest()[:16]
