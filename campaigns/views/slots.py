"""A slot of the plan, by form: added, changed, removed, filled with a content that is there or with a new draft."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from campaigns import agenda, contents, drafting, drafts, slots
from campaigns.contents import Sought, Unplaced
from campaigns.forms_of_plans import SlotForm, initial_of
from campaigns.models import Campaign, Placement
from campaigns.planning import Conflict
from campaigns.slots import Slot
from publishing import presenting
from publishing.views.base import DeskPage

OFFERED = 12  # contents to choose from; the rest is found by words


def plan_url(campaign: int | None) -> str:
    """The plan that a slot belongs to; the calendar when it belongs to none."""
    if campaign is None:
        return reverse("campaigns_calendar:month")
    return reverse("campaigns_plans:plan", args=[campaign])


class OfPlan(DeskPage):
    header_icon = "date"

    def campaign(self) -> Campaign | None:
        raise NotImplementedError

    @property
    def trail(self) -> tuple[tuple[Any, Any], ...]:  # type: ignore[override]
        campaign = self.campaign()
        if campaign is None:
            return ((reverse("campaigns_calendar:month"), _("Calendar")),)
        return ((reverse("campaign:index"), _("Campaigns")), (plan_url(campaign.pk), campaign.title))

    def say_conflict(self, form: SlotForm, wanted: Slot, conflict: Conflict) -> None:
        """At the time, with the nearest one that is free."""
        for sentence in conflict.sentences:
            form.add_error("time", sentence)
        free = slots.nearest_free(wanted, wanted.due_at or timezone.now())
        if free is not None and free != wanted.due_at:
            form.add_error("time", _("Free: %(moment)s.") % {"moment": presenting.when(free, timezone.now())})


class NewSlot(OfPlan):
    """``?campaign=``, ``?day=`` and ``?channel=`` say where it is added from."""

    permission = "campaigns.add_placement"
    template_name = "campaigns/plans/new_slot.html"
    page_title = _("Add a slot")

    def campaign(self) -> Campaign | None:
        pk = self.request.GET.get("campaign", "")
        return Campaign.objects.filter(pk=pk).first() if pk.isdecimal() else None

    def initial(self) -> dict[str, Any]:
        campaign, tomorrow = self.campaign(), date.fromordinal(timezone.localdate().toordinal() + 1)
        try:
            day = max(tomorrow, date.fromisoformat(self.request.GET.get("day", "")))
        except ValueError:
            day = max(tomorrow, campaign.starts_on) if campaign else tomorrow
        channel = self.request.GET.get("channel", "")
        return {"day": day, "time": "09:00", "campaign": campaign, "channel": channel if channel.isdecimal() else None}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        campaign = self.campaign()
        return super().get_context_data(
            **{
                "form": SlotForm(initial=self.initial()),
                "back": plan_url(campaign.pk if campaign else None),
                **kwargs,
            }
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SlotForm(request.POST)
        if form.is_valid():
            wanted = form.slot()
            try:
                made = slots.add(wanted, by=self.person)
            except Conflict as conflict:
                self.say_conflict(form, wanted, conflict)
            else:
                told = {"title": made.note, "channel": made.channel, "moment": _moment(made)}
                messages.success(request, _("%(title)s has a slot on %(channel)s %(moment)s.") % told)
                if form.cleaned_data["doubled"]:
                    messages.warning(request, doubled())
                if "another" in request.POST:
                    query = urlencode({"campaign": made.campaign_id or "", "day": form.cleaned_data["day"].isoformat()})
                    return redirect(f"{reverse('campaigns_plans:new_slot')}?{query}")
                return redirect(plan_url(made.campaign_id))
        return self.render_to_response(self.get_context_data(form=form), status=422)


class OfSlot(OfPlan):
    """One empty slot; what was filled meanwhile leads to where it stands in the calendar."""

    permission = "campaigns.view_placement"

    @cached_property
    def placement(self) -> Placement:
        rows = Placement.objects.active().select_related("campaign", "channel")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def campaign(self) -> Campaign | None:
        return self.placement.campaign

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.has_perm(self.permission) and self.placement.page_id is not None:
            messages.warning(request, _("This slot has its text already."))
            return redirect("campaigns_calendar:item", self.placement.pk)
        return super().dispatch(request, *args, **kwargs)

    def chosen(self) -> list[Placement]:
        """This slot, and those of the others beside it that were ticked."""
        ticked = self.request.POST.getlist("also")
        return [self.placement, *(row for row in slots.together_with(self.placement) if str(row.pk) in ticked)]

    def tell_filled(self, rows: list[Placement], title: str) -> None:
        channels = ", ".join(row.channel.name for row in rows)
        told = {"title": title, "channels": channels}
        messages.success(self.request, _("The slot on %(channels)s now carries %(title)s.") % told)


class SlotPage(OfSlot):
    """What a slot wants, and every way to give it: GET ``?q=`` finds contents by words."""

    template_name = "campaigns/plans/slot.html"

    def get_page_title(self) -> str:
        return agenda.title_of(self.placement)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words, user, placement = self.request.GET.get("q", ""), self.person, self.placement
        found = self.found(words)
        facts = contents.describe({item.page_id for item in found})
        return super().get_context_data(
            **{
                "placement": placement,
                "form": SlotForm(initial=initial_of(placement)),
                "wanted": slots.wanted_of(placement),
                "also": slots.together_with(placement),
                "words": words,
                "found": [(item, facts[item.page_id].badge) for item in found if item.page_id in facts],
                "draft_url": drafting.link(slots.wanted_of(placement), slot=placement.pk),
                "may_draft": drafts.may_write(user),
                "may_change": user.has_perm("campaigns.change_placement"),
                "back": plan_url(placement.campaign_id),
                **kwargs,
            }
        )

    def found(self, words: str) -> list[Unplaced]:
        """What of the campaign may be taken first, then the rest."""
        campaign = self.placement.campaign_id
        own = contents.find(words, self.person, OFFERED, Sought(campaign=campaign)) if campaign else []
        rest = contents.find(words, self.person, OFFERED)
        return list(dict.fromkeys([*own, *rest]))[:OFFERED]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A change of the slot itself."""
        if not request.user.has_perm("campaigns.change_placement"):
            raise PermissionDenied
        form, version = SlotForm(request.POST), request.POST.get("version", "")
        if form.is_valid():
            wanted = form.slot()
            try:
                slots.change(self.placement, wanted, version=int(version) if version.isdecimal() else 0, by=self.person)
            except Conflict as conflict:
                self.say_conflict(form, wanted, conflict)
            else:
                messages.success(request, _("The slot was changed."))
                return redirect(plan_url(self.placement.campaign_id))
        return self.render_to_response(self.get_context_data(form=form), status=422)


class FillSlot(OfSlot):
    """POST ``page``: the content that was chosen."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        page = request.POST.get("page", "")
        if not page.isdecimal():
            messages.error(request, _("Choose a content first."))
            return redirect("campaigns_plans:slot", pk)
        rows = self.chosen()
        try:
            slots.fill(rows, int(page), by=self.person)
        except Conflict as conflict:
            messages.error(request, " ".join(conflict.sentences))
            return redirect("campaigns_plans:slot", pk)
        self.tell_filled(rows, agenda.title_of(rows[0]))
        return redirect(plan_url(self.placement.campaign_id))


class RemoveSlot(OfSlot):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            slots.remove(self.placement, by=self.person)
        except Conflict as conflict:
            messages.error(request, " ".join(conflict.sentences))
            return redirect("campaigns_plans:slot", pk)
        messages.success(request, _("%(title)s is not in the plan any more.") % {"title": self.placement.note})
        return redirect(plan_url(self.placement.campaign_id))


def doubled() -> str:
    return _("That hour comes twice that night. The first one is meant, in summer time.")


def _moment(placement: Placement) -> str:
    return presenting.when(placement.due_at, timezone.now()) if placement.due_at else ""
