"""A move by drag and drop, as a small exchange of JSON: where it went, or why not and where it could go."""

from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views import View

from campaigns import agenda, calendar, clock, closed_times, free_time, moving
from campaigns.calendar_forms import MoveForm
from campaigns.models import Placement
from campaigns.views import undoing
from publishing import presenting
from publishing.views.base import Permitted

MORNING = time(9)  # where what has no time yet is put on the day it is dropped on


class Drag(Permitted, View):
    """POST ``versions`` ("12:3,13:1", the first is what was dragged), ``day`` and, to change it, ``time``."""

    permission = "campaigns.change_placement"

    def post(self, request: HttpRequest, pk: int) -> JsonResponse:
        versions = _versions(request.POST.get("versions", ""))
        rows = self.rows(pk, versions)
        typed = {"day": request.POST.get("day", ""), "time": request.POST.get("time", "") or self.time(rows[0])}
        form = MoveForm(typed)
        if not form.is_valid():
            return refused([str(error) for errors in form.errors.values() for error in errors], None)
        try:
            moved = moving.move(rows, form.cleaned_data["due_at"], versions, by=self.person)
        except moving.Refusal as refusal:
            return refused(refusal.sentences, refusal.free_at)
        undoing.remember(request, agenda.title_of(rows[0]), moved)
        words = {"title": agenda.title_of(rows[0]), "moment": presenting.when(rows[0].due_at, timezone.now())}
        said = [_("%(title)s is now planned for %(moment)s.") % words]
        if form.cleaned_data["doubled"]:
            said.append(_("That hour comes twice that night. The first one is meant, in summer time."))
        said += closed_times.to_consider(rows, timezone.now())
        return JsonResponse({"said": " ".join(said)})

    def rows(self, pk: int, versions: dict[int, int]) -> list[Placement]:
        """What was dragged, and the other channels that stand in the same item."""
        active = Placement.objects.active().with_states()
        main = get_object_or_404(active, pk=pk)
        if main.page_id is None:
            return [main]
        others = [row for row in active.filter(pk__in=versions, page_id=main.page_id) if row.pk != pk]
        return [main, *(row for row in others if not row.is_out)]

    def time(self, main: Placement) -> str:
        """Its own time on the clock; without one the first free quarter of that day from nine o'clock."""
        if main.due_at is not None:
            return f"{clock.to_wall(main.due_at):%H:%M}"
        try:
            day = date.fromisoformat(self.request.POST.get("day", ""))
        except ValueError:
            return f"{MORNING:%H:%M}"
        if not clock.can_be_meant(day):
            return f"{MORNING:%H:%M}"
        wanted = clock.to_utc(datetime.combine(day, MORNING))
        start, end = calendar.bounds(day, day)
        taken = list(Placement.objects.taken(main.channel).filter(due_at__gte=start, due_at__lt=end))
        now = timezone.now()
        closed = closed_times.for_placement(main, main.channel, now)
        found = free_time.nearest(main.channel, wanted, taken, now, closed)
        wall = clock.to_wall(found) if found else None
        return f"{wall:%H:%M}" if wall and wall.date() == day else f"{MORNING:%H:%M}"


def refused(sentences: list[str], free_at: datetime | None) -> JsonResponse:
    answer: dict[str, Any] = {"sentences": sentences}
    if free_at is not None:
        wall = clock.to_wall(free_at)
        label = _("Take %(moment)s") % {"moment": presenting.when(free_at, timezone.now())}
        answer["free"] = {"day": date_format(wall, "Y-m-d"), "time": f"{wall:%H:%M}", "label": label}
    return JsonResponse(answer, status=409)


def _versions(text: str) -> dict[int, int]:
    """Placement to version, as the page had them. PermissionDenied for what no page of ours sends."""
    try:
        pairs = [part.split(":") for part in text.split(",") if part]
        return {int(pk): int(version) for pk, version in pairs}
    except ValueError as error:
        raise PermissionDenied from error
