"""The campaign's and the plan template's own pages in the admin, each with the way to what it is for."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from campaigns.models import Campaign, PlanTemplate
from campaigns.views.listings import Listing


class CampaignListing(Listing):
    def get_base_queryset(self) -> QuerySet[Campaign]:
        return Campaign.objects.select_related("focus_area", "owner")


class ToPlan:
    """The plan is one step away from the campaign."""

    object: Campaign

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse("campaigns_plans:plan", args=[self.object.pk])
        return [HeaderButton(_("See the plan"), url=url, icon_name="calendar-alt")]


class CampaignAdd(generic.CreateView):
    """A campaign that begins wants slots: its plan comes next."""

    def get_success_url(self) -> str:
        return reverse("campaigns_plans:plan", args=[self.object.pk])


class CampaignEdit(ToPlan, generic.EditView):
    pass


class CampaignInspect(ToPlan, generic.InspectView):
    template_name = "campaigns/plans/campaign_inspect.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tags = self.object.initiative_tags.select_related("initiative__unit")  # type: ignore[attr-defined]
        targets = self.object.targets.select_related("channel")  # type: ignore[attr-defined]
        return {**super().get_context_data(**kwargs), "tags": tags, "targets": targets}


class TemplateInspect(generic.InspectView):
    template_name = "campaigns/plans/template_inspect.html"
    object: PlanTemplate

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.request.user.has_perm("campaigns.add_placement"):
            return []
        url = reverse("campaigns_plans:use_template", args=[self.object.pk])
        return [HeaderButton(_("Use the template"), url=url, icon_name="list-ol")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        steps = self.object.steps.prefetch_related("channels").order_by("days", "time")  # type: ignore[attr-defined]
        return {**super().get_context_data(**kwargs), "steps": steps}
