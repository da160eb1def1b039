"""Whether anything in the calendar changed: one short line, asked every few seconds by every open calendar."""

from datetime import date
from hashlib import sha256
from typing import Any

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
    """Another value whenever a placement, its delivery or its content moved on. Two queries over an index."""
    shown = Placement.objects.between(*calendar.bounds(first, last))
    undated = Placement.objects.undated()
    sums = (shown | undated).aggregate(
        Count("pk"), Sum("version"), Max("pk"), Count("cancelled_at"), Sum("page__latest_revision_id"),
        Sum("delivery_id"), Count("due_at"),
    )  # fmt: skip
    parts: list[Any] = [*sums.values()]
    parts += shown.values_list("delivery__state").annotate(Count("pk")).order_by("delivery__state")
    return sha256(repr(parts).encode()).hexdigest()[:16]
