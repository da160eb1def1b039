"""What was held or missed: each goes now, at a new time, or never, when a person says so. Nothing is preselected."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from publishing import pacing, scheduling, stopping, waiting
from publishing.forms import NewTimeForm
from publishing.models import Delivery, State
from publishing.scheduling import NotPossible
from publishing.views import strip
from publishing.views.base import DeskPage

PER_PAGE = 200


class HeldPage(DeskPage):
    """The list. ``send_now`` and ``drop`` are shown once more before they happen; a time can be moved."""

    permission = "publishing.release_delivery"
    template_name = "publishing/desk/held.html"
    page_title = gettext_lazy("Held and missed")
    header_icon = "no-view"

    def rows(self) -> "QuerySet[Delivery]":
        return Delivery.objects.put_aside().heads().select_related("channel").order_by("due_at", "pk")

    def chosen(self) -> list[Delivery]:
        return list(self.rows().filter(pk__in=[pk for pk in self.request.POST.getlist("chosen") if pk.isdecimal()]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.rows()
        shown = list(rows[:PER_PAGE])
        return super().get_context_data(
            **{
                "deliveries": [(row, waiting.through_parts(row, State.HELD, State.MISSED)) for row in shown],
                "total": rows.count(),
                "stops": list(strip.stops()),
                "time_form": NewTimeForm(),
                "marked": set(),
                **kwargs,
            }
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        chosen, action = self.chosen(), request.POST.get("action", "")
        if not chosen:
            messages.warning(request, _("Nothing was selected, so nothing was changed."))
            return redirect("publishing_desk:held")
        if action == "new_time":
            return self.give_new_time(chosen)
        if action in ("send_now", "drop"):
            return self.send_or_drop(chosen, action)
        return redirect("publishing_desk:held")

    def give_new_time(self, chosen: list[Delivery]) -> HttpResponse:
        form = NewTimeForm(self.request.POST, channels=[item.channel for item in chosen])
        if not form.is_valid():
            marked = {item.pk for item in chosen}
            return self.render_to_response(self.get_context_data(time_form=form, marked=marked), status=422)
        due_at = form.cleaned_data["due_at"]
        done = self.each(chosen, lambda item: stopping.release(item, by=self.person, due_at=due_at))
        self.say(ngettext("%(count)s post has a new time.", "%(count)s posts have a new time.", done), done)
        return redirect("publishing_desk:held")

    def send_or_drop(self, chosen: list[Delivery], action: str) -> HttpResponse:
        sending = action == "send_now"
        obstacles = {item.pk: stopping.obstacle(item) for item in chosen} if sending else {}
        free = [item for item in chosen if not obstacles.get(item.pk)]
        if "confirmed" not in self.request.POST:
            self.template_name = "publishing/desk/held_confirm.html"
            stuck = [(item, obstacles[item.pk]) for item in chosen if obstacles.get(item.pk)]
            now = timezone.now()
            turns = pacing.in_turn([item.channel for item in free], now)
            waits = {item.pk: turn for item, turn in zip(free, turns, strict=True) if sending and turn > now}
            rows = [(item, waits.get(item.pk)) for item in free]
            return self.render_to_response(
                self.get_context_data(action=action, sending=sending, free=rows, stuck=stuck, now=now)
            )
        if sending:
            done = self.each(free, lambda item: stopping.release(item, by=self.person))
            self.say(ngettext("%(count)s post is being sent.", "%(count)s posts are being sent.", done), done)
        else:
            reason = self.request.POST.get("reason", "").strip() or _("Dropped after it was held.")
            done = self.each(chosen, lambda item: scheduling.cancel(item, reason=reason, by=self.person))
            self.say(ngettext("%(count)s post was dropped.", "%(count)s posts were dropped.", done), done)
        return redirect("publishing_desk:held")

    def each(self, chosen: list[Delivery], change: Callable[[Delivery], None]) -> int:
        """Change one after the other; one that has moved on is named and does not stop the rest."""
        done = 0
        for delivery in chosen:
            delivery.refresh_from_db(fields=["state"])  # what answers another went with it
            try:
                for part in stopping.aside_of(delivery):
                    change(part)
            except NotPossible as error:
                messages.warning(self.request, f"{delivery.headline}: {error.summary}")
            else:
                done += 1
        return done

    def say(self, sentence: str, count: int) -> None:
        if count:
            messages.success(self.request, sentence % {"count": count})
