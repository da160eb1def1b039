"""A release as it happens: each delivery in its turn, what stands in its way, and the two buttons for all of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from publishing import deciding, following, presenting, releases, situation, stopping
from publishing.models import Delivery, Follow, Release, State
from publishing.models.delivery import FINAL, NOT_BEGUN
from publishing.views.base import DeskPage

SOON = timedelta(minutes=5)


@dataclass(frozen=True)
class Step:
    """One delivery in its turn. ``against`` is what the look-over found."""

    delivery: Delivery
    sentence: str
    against: list[str]

    @property
    def answers(self) -> bool:
        return self.delivery.follow_mode == Follow.ANSWERS

    @property
    def asks(self) -> bool:
        """Whether somebody has to look at it on its own page."""
        failed = self.delivery.state in (State.FAILED, State.UNCERTAIN) and self.delivery.dismissed_at is None
        return failed or deciding.waits_for_a_hand(self.delivery)


class ReleasePage(DeskPage):
    permission = "publishing.view_delivery"
    template_name = "publishing/desk/release.html"
    header_icon = "list-ol"
    trail = ((reverse_lazy("publishing_desk:deliveries"), gettext_lazy("Deliveries")),)

    @cached_property
    def release(self) -> Release:
        rows = Release.objects.select_related("first__channel", "first__receipt")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def rows(self) -> list[Delivery]:
        return self.release.in_order()

    def get_page_title(self) -> str:
        return _("Release: %(title)s") % {"title": self.release.first.headline}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now, may = timezone.now(), self.request.user.has_perm
        aside = [row for row in self.rows if row.state in (State.HELD, State.MISSED)]
        waiting = [row for row in self.rows if row.state in NOT_BEGUN]
        return super().get_context_data(
            **{
                "release": self.release,
                "steps": list(self.steps(now)),
                "summary": self.summary(now),
                "version": " ".join(f"{row.pk}:{row.state}:{row.state_reason}" for row in self.rows)
                + f" {self.release.checked_at}",
                "moving": self.moving(now),
                # While the first of them lies aside, nothing goes that could be stopped.
                "may_stop": may("publishing.stop_sending") and bool(waiting) and self.release.first not in aside,
                "may_go_on": may("publishing.release_delivery") and bool(aside),
                "to_stop": list(dict.fromkeys(row.channel.name for row in waiting)),
                "to_go": [self.going(row) for row in aside if row.follow_mode != Follow.ANSWERS],
                "fit_may_go": self.fit_may_go(),
                **kwargs,
            }
        )

    def steps(self, now: datetime) -> Iterator[Step]:
        findings = self.release.findings if self.release.checked_at is not None else {}  # else of a look that is over
        for row in self.rows:
            found = findings.get(str(row.pk), [])
            against = found if row.state in NOT_BEGUN or row.state == State.HELD else []
            yield Step(row, situation.of(row, now), against)

    def moving(self, now: datetime) -> bool:
        """Whether something of it is about to change, so that the page looks again by itself."""
        if all(row.state in FINAL for row in self.rows):
            reading = [row for row in self.rows if getattr(getattr(row, "receipt", None), "read_next_at", None)]
            return bool(reading)
        return min(row.due_at for row in self.rows if row.state not in FINAL) <= now + SOON

    def summary(self, now: datetime) -> str:
        sent = sum(row.state == State.DELIVERED for row in self.rows)
        words = {"sent": sent, "of": len(self.rows)}
        if sent == len(self.rows):
            return _("Everything is out.")
        if sent:
            return _("%(sent)s of %(of)s are out.") % words
        if self.release.checked_at is None:
            moment = {"when": presenting.when(self.release.first.due_at, now)}
            return _("It begins %(when)s. Two minutes before, every channel is looked over.") % moment
        if self.release.findings:
            return _("Every channel has been looked over: not everything can go.")
        return _("Every channel has been looked over: everything can go.")

    def going(self, row: Delivery) -> str:
        """What happens to it when the rest goes on, in words."""
        obstacle = stopping.obstacle(row)
        alone = row.follows is not None and row.follows.state in following.GONE
        if alone:
            values = {"channel": row.channel.name, "before": row.follows.channel.name if row.follows else ""}
            return _("%(channel)s, without %(before)s") % values
        return f"{row.channel.name}: {obstacle}" if obstacle else row.channel.name

    def fit_may_go(self) -> bool:
        """The first can go itself, and is held only because of another."""
        first, found = self.release.first, self.release.findings
        strict = self.release.rule == Release.Rule.HOLD_ALL
        return first.state == State.HELD and strict and bool(found) and str(first.pk) not in found

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        match request.POST.get("action", ""):
            case "stop":
                self.require("publishing.stop_sending")
                done = releases.stop(self.release, reason=_("The release was stopped."), by=self.person)
                said = ngettext("%(count)s post is held.", "%(count)s posts are held.", done)
            case "go_on":
                self.require("publishing.release_delivery")
                done = releases.go_on(self.release, by=self.person)
                said = ngettext("%(count)s post goes on.", "%(count)s posts go on.", done)
            case "let_fit_go":
                self.require("publishing.release_delivery")
                done = releases.let_fit_go(self.release, by=self.person)
                said = ngettext("%(count)s post goes on.", "%(count)s posts go on.", done)
            case _other:
                raise Http404
        messages.success(request, said % {"count": done})
        return redirect("publishing_desk:release", pk)

    def require(self, permission: str) -> None:
        if not self.request.user.has_perm(permission):
            raise PermissionDenied
