"""One item of the calendar: each of its channels, where it leads, and a new time for those that may still be moved."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from campaigns import agenda, calendar, clock, closed_times, contents, moving
from campaigns.calendar_forms import MoveForm
from campaigns.models import Placement
from campaigns.views import undoing, whence
from publishing import presenting
from publishing.presenting import Badge
from publishing.views.base import DeskPage


class ItemPage(DeskPage):
    permission = "campaigns.view_placement"
    template_name = "campaigns/calendar/item.html"
    header_icon = "date"

    @cached_property
    def placement(self) -> Placement:
        rows = Placement.objects.active().with_states().select_related("campaign", "occurrence__series")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def row_set(self) -> list[Placement]:
        """This placement, and the others of its content at nearly the same time."""
        main = self.placement
        if main.page_id is None or main.due_at is None:
            return [main]
        around = main.due_at - calendar.TOGETHER, main.due_at + calendar.TOGETHER  # both ends, as the calendar has it
        near = Placement.objects.of_page(main.page_id).with_states().filter(due_at__range=around)
        rows = [row for row in near.order_by("due_at", "channel__name") if row.pk != main.pk]
        return [main, *rows]

    @cached_property
    def badges(self) -> dict[int, Badge]:
        page = self.placement.page_id
        facts = contents.describe([page] if page else [])
        return {row.pk: agenda.badge_of(row, facts.get(page or 0)) for row in self.row_set}

    def get_page_title(self) -> str:
        return agenda.title_of(self.placement)

    @property
    def trail(self) -> tuple[tuple[Any, Any], ...]:  # type: ignore[override]
        due = self.placement.due_at
        month = f"?month={clock.to_wall(due):%Y-%m}" if due else ""
        return ((reverse("campaigns_calendar:month") + month, _("Calendar")),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        main = self.placement
        may_move = self.request.user.has_perm("campaigns.change_placement")
        wall = clock.to_wall(main.due_at) if main.due_at else None
        initial = {"channel": main.channel_id, **({"day": wall.date(), "time": wall.time()} if wall else {})}
        movable = [row for row in self.row_set if not row.is_out]
        return super().get_context_data(
            **{
                "placement": main,
                "rows": [(row, self.badges[row.pk], row in movable) for row in self.row_set],
                "form": MoveForm(initial=initial),
                "chosen": {row.pk for row in movable},  # as by mouse, the item moves as one
                "can_move": may_move and not main.is_out,
                "others_can_move": len([row for row in movable if row.pk != main.pk]) > 0,
                "edit_url": contents.url_of(main.page_id, self.person) if main.page_id else "",
                "calendar_url": whence.address(self.request) or self.trail[0][0],
                "whence": whence.address(self.request),
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm("campaigns.change_placement"):
            raise PermissionDenied
        chosen = {pk, *(int(value) for value in request.POST.getlist("also") if value.isdecimal())}
        form = MoveForm(request.POST)
        if form.is_valid():
            rows = [row for row in self.row_set if row.pk in chosen]
            try:
                moved = moving.move(
                    rows,
                    form.cleaned_data["due_at"],
                    self.versions(rows),
                    by=self.person,
                    channel=form.cleaned_data["channel"],
                )
            except moving.Refusal as refusal:
                for sentence in refusal.sentences:
                    form.add_error("time", sentence)
                if refusal.free_at is not None:
                    free = presenting.when(refusal.free_at, timezone.now())
                    form.add_error("time", _("Free: %(moment)s.") % {"moment": free})
            else:
                undoing.remember(request, agenda.title_of(rows[0]), moved)
                self.tell(rows, form.cleaned_data["doubled"])
                day = clock.to_wall(form.cleaned_data["due_at"]).date()
                return redirect(whence.on(day, whence.address(request)))
        for name in ("placement", "row_set", "badges"):  # what was changed and rolled back is read again
            self.__dict__.pop(name, None)
        return self.render_to_response(self.get_context_data(form=form, chosen=chosen), status=422)

    def versions(self, rows: list[Placement]) -> dict[int, int]:
        """As they were when the form was drawn."""
        sent = {row.pk: self.request.POST.get(f"version-{row.pk}", "") for row in rows}
        return {pk: int(version) for pk, version in sent.items() if version.isdecimal()}

    def tell(self, rows: list[Placement], doubled: bool) -> None:
        main = rows[0]
        moment = presenting.when(main.due_at, timezone.now()) if main.due_at else ""
        text = ngettext(
            "%(title)s: %(count)s channel is now planned for %(moment)s.",
            "%(title)s: %(count)s channels are now planned from %(moment)s.",
            len(rows),
        )
        messages.success(self.request, text % {"title": agenda.title_of(main), "count": len(rows), "moment": moment})
        if main.page_id and main.delivery_id is None and self.badge_now().key == "approved":
            sentence = _("%(channel)s is new for this text, so what goes there wants an approval first.")
            messages.warning(self.request, sentence % {"channel": main.channel})
        for sentence in closed_times.to_consider(rows, timezone.now()):
            messages.warning(self.request, sentence)
        if doubled:
            messages.warning(
                self.request, _("That hour comes twice that night. The first one is meant, in summer time.")
            )

    def badge_now(self) -> Badge:
        """How far it has come after the move."""
        main = self.row_set[0]
        main.refresh_from_db(fields=["delivery", "channel"])
        return agenda.badge_of(main, contents.describe([main.page_id or 0]).get(main.page_id or 0))
