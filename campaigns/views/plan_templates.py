"""Use a plan template: the event is asked for, the slots are shown with their clashes, and then they are made."""

from datetime import time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from campaigns import making, templates_of_plans
from campaigns.forms_of_copies import EventForm
from campaigns.models import Campaign, PlanTemplate
from campaigns.proposing import Proposed
from publishing.views.base import DeskPage

EVENING = time(19)  # when citizens' meetings usually begin


class UseTemplate(DeskPage):
    """GET with an event shows its plan; POST makes what was ticked of it."""

    permission = "campaigns.add_placement"
    template_name = "campaigns/plans/use_template.html"
    header_icon = "list-ol"

    @cached_property
    def template(self) -> PlanTemplate:
        return get_object_or_404(PlanTemplate, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.template.name

    @property
    def trail(self) -> tuple[tuple[Any, Any], ...]:  # type: ignore[override]
        return ((reverse("plantemplate:index"), _("Plan templates")),)

    @cached_property
    def steps(self) -> Any:
        return templates_of_plans.read(self.template)

    @cached_property
    def form(self) -> EventForm:
        steps, of_step = self.steps
        needs = any(not of_step[step.pk] for step in steps)
        asked = self.request.POST or self.request.GET
        if "title" in asked:
            return EventForm(asked, needs_channels=needs)
        campaign = asked.get("campaign", "")
        initial = {"owner": self.person.pk, "time": EVENING, "campaign": campaign if campaign.isdecimal() else None}
        return EventForm(initial=initial, needs_channels=needs)

    def sent(self) -> list[tuple[str, str]]:
        """What was typed, to come along when the plan is made."""
        asked = self.request.POST or self.request.GET
        return [(name, value) for name in self.form.fields for value in asked.getlist(name)]

    @cached_property
    def proposed(self) -> list[Proposed]:
        if not (self.form.is_bound and self.form.is_valid()):
            return []
        steps, of_step = self.steps
        channels = list(self.form.cleaned_data.get("channels", ()))
        return making.propose(templates_of_plans.wishes_of(steps, self.form.event(), channels, of_step))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{
                "template": self.template,
                "steps": self.steps[0],
                "form": self.form,
                "proposed": self.proposed,
                "clashing": sum(bool(one.clashes) for one in self.proposed),
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=422)
        data, event = self.form.cleaned_data, self.form.event()
        wanted = making.kept(self.proposed, request.POST.getlist("make"))
        campaign: Campaign = data["campaign"] or templates_of_plans.new_campaign(event, wanted, owner=data["owner"])
        made = templates_of_plans.use(self.template, event, wanted, campaign=campaign, by=self.person)
        told = {"count": len(made), "title": campaign.title}
        sentence = ngettext("%(title)s has %(count)s new slot.", "%(title)s has %(count)s new slots.", len(made))
        messages.success(request, sentence % told)
        return redirect("campaigns_plans:plan", campaign.pk)
