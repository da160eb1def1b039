"""Whether anything in the calendar changed: one short line, asked every few seconds by every open calendar."""

from datetime import date
from hashlib import sha256

from django.db.models import Count, Max, Sum
from django.http import HttpRequest, JsonResponse
from django.views import View

from campaigns import calendar
from campaigns.models import Placement
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
    rows = (shown | Placement.objects.undated()).order_by().values_list("delivery__state")
    of_states = rows.annotate(
        Count("pk"), Sum("version"), Max("pk"), Count("cancelled_at"), Sum("page__latest_revision_id"),
        Sum("delivery_id"), Count("due_at"),
    )  # fmt: skip
    return sha256(repr(sorted(of_states, key=str)).encode()).hexdigest()[:16]
