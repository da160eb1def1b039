"""One item of the calendar: each of its channels, where it leads, and a new time for those that may still be moved."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from campaigns import agenda, calendar, clock, contents, planning
from campaigns.calendar_forms import MoveForm
from campaigns.models import Placement
from campaigns.planning import Conflict
from publishing import presenting
from publishing.presenting import Badge
from publishing.scheduling import NotPossible, Refused
from publishing.views.base import DeskPage


class ItemPage(DeskPage):
    permission = "campaigns.view_placement"
    template_name = "campaigns/calendar/item.html"
    header_icon = "date"

    @cached_property
    def placement(self) -> Placement:
        rows = Placement.objects.active().with_states().select_related("campaign")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def row_set(self) -> list[Placement]:
        """This placement, and the others of its content at nearly the same time."""
        main = self.placement
        if main.page_id is None or main.due_at is None:
            return [main]
        near = Placement.objects.of_page(main.page_id).with_states()
        near = near.between(main.due_at - calendar.TOGETHER, main.due_at + calendar.TOGETHER)
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
        initial = {"day": wall.date(), "time": wall.time()} if wall else {}
        movable = [row for row in self.row_set if not row.is_out]
        return super().get_context_data(
            **{
                "placement": main,
                "rows": [(row, self.badges[row.pk], row in movable) for row in self.row_set],
                "form": MoveForm(initial=initial),
                "chosen": {main.pk},
                "can_move": may_move and not main.is_out,
                "others_can_move": len([row for row in movable if row.pk != main.pk]) > 0,
                "edit_url": contents.url_of(main.page_id, self.person) if main.page_id else "",
                "calendar_url": self.trail[0][0],
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm("campaigns.change_placement"):
            raise PermissionDenied
        chosen = {pk, *(int(value) for value in request.POST.getlist("also") if value.isdigit())}
        form = MoveForm(request.POST)
        if form.is_valid():
            rows = [row for row in self.row_set if row.pk in chosen]
            refusal = self.move(rows, form.cleaned_data["due_at"])
            if not refusal:
                self.tell(rows, form.cleaned_data["doubled"])
                return redirect(self.calendar_of(form.cleaned_data["due_at"]))
            for sentence in refusal:
                form.add_error("time", sentence)
        for name in ("placement", "row_set", "badges"):  # what was changed and rolled back is read again
            self.__dict__.pop(name, None)
        return self.render_to_response(self.get_context_data(form=form, chosen=chosen), status=422)

    def move(self, rows: list[Placement], due_at: datetime) -> list[str]:
        """All or none: the first goes to ``due_at``, the others keep their distance to it. Why not, in sentences."""
        was = self.placement.due_at
        try:
            with transaction.atomic():
                for row in rows:
                    distance = row.due_at - was if row.due_at and was else timedelta(0)
                    self.move_one(row, due_at + distance)
        except Conflict as error:
            return [self.about(row, rows, sentence) for sentence in error.sentences]
        except Refused as error:
            return [self.about(row, rows, str(problem.message)) for problem in error.problems]
        except NotPossible as error:
            return [self.about(row, rows, error.summary)]
        except PermissionDenied:
            return [self.about(row, rows, _("It is held: only somebody who may release it can give it a new time."))]
        return []

    def move_one(self, row: Placement, due_at: datetime) -> None:
        version = self.request.POST.get(f"version-{row.pk}", "")
        latest_at = row.latest_at + (due_at - row.due_at) if row.latest_at and row.due_at else row.latest_at
        planning.move(
            row,
            due_at=due_at,
            latest_at=latest_at,
            withdraw_at=row.withdraw_at,
            version=int(version) if version.isdigit() else 0,
            by=self.person,
        )

    def about(self, row: Placement, rows: list[Placement], sentence: str) -> str:
        """Which channel it is about, where there are several."""
        return f"{row.channel}: {sentence}" if len(rows) > 1 and str(row.channel) not in sentence else sentence

    def tell(self, rows: list[Placement], doubled: bool) -> None:
        main = rows[0]
        moment = presenting.when(main.due_at, timezone.now()) if main.due_at else ""
        text = ngettext(
            "%(title)s: %(count)s channel is now planned for %(moment)s.",
            "%(title)s: %(count)s channels are now planned from %(moment)s.",
            len(rows),
        )
        messages.success(self.request, text % {"title": agenda.title_of(main), "count": len(rows), "moment": moment})
        if doubled:
            messages.warning(
                self.request, _("That hour comes twice that night. The first one is meant, in summer time.")
            )

    def calendar_of(self, due_at: datetime) -> str:
        return reverse("campaigns_calendar:month") + f"?month={clock.to_wall(due_at):%Y-%m}"
