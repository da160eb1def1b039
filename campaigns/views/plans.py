"""The plan of one campaign: weeks by channel, what is missing, and how far each channel has come."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from campaigns import drafts, names, timeline, tray
from campaigns.calendar import Entry
from campaigns.models import Campaign, PlanTemplate
from campaigns.tray import Tray
from publishing.presenting import SHAPES
from publishing.views.base import DeskPage

LYING = 60  # things without a time or a place, at most


class OfCampaign(DeskPage):
    """A page about one campaign, below it in the trail."""

    header_icon = "calendar-alt"

    @cached_property
    def campaign(self) -> Campaign:
        rows: QuerySet[Campaign] = Campaign.objects.select_related("owner", "focus_area")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def trail(self) -> tuple[tuple[Any, Any], ...]:  # type: ignore[override]
        return (
            (reverse("campaign:index"), _("Campaigns")),
            (reverse("campaigns_plans:plan", args=[self.campaign.pk]), self.campaign.title),
        )


class PlanPage(OfCampaign):
    permission = "campaigns.view_placement"
    template_name = "campaigns/plans/plan.html"

    def get_page_title(self) -> str:
        return self.campaign.title

    def get_page_subtitle(self) -> str:
        return _("The plan")

    @property
    def trail(self) -> tuple[tuple[Any, Any], ...]:  # type: ignore[override]
        return ((reverse("campaign:index"), _("Campaigns")),)

    @cached_property
    def read(self) -> tuple[list[Entry], Tray]:
        return tray.whole_campaign(self.campaign.pk, LYING, names.read(), self.person)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries, lying = self.read
        targets = {row.channel.name: row.posts for row in self.campaign.targets.select_related("channel")}  # type: ignore[attr-defined]
        channels = timeline.channels_of(entries, targets)
        today: date = timezone.localdate()
        user = self.person
        return super().get_context_data(
            **{
                "campaign": self.campaign,
                "initiatives": [tag.initiative for tag in self.initiatives()],
                "channels": channels,
                "weeks": timeline.weeks(entries, channels, self.campaign.starts_on, self.campaign.ends_on, today=today),
                "aims": timeline.aims(entries, channels, targets),
                "missing": timeline.missing(entries, timezone.now()),
                "counts": timeline.counts(entries),
                "total": len(entries),
                "shapes": SHAPES,
                "lying": lying,
                "templates": PlanTemplate.objects.all() if user.has_perm("campaigns.add_placement") else (),
                "may_add": user.has_perm("campaigns.add_placement"),
                "may_copy": user.has_perm("campaigns.add_campaign") and user.has_perm("campaigns.add_placement"),
                "may_change": user.has_perm("campaigns.change_campaign"),
                "may_draft": drafts.may_write(user),
                "calendar_url": reverse("campaigns_calendar:list")
                + f"?month={self.calendar_month(entries, today)}&campaign={self.campaign.pk}",
                **kwargs,
            }
        )

    def initiatives(self) -> Any:
        return self.campaign.initiative_tags.select_related("initiative__unit")  # type: ignore[attr-defined]

    def calendar_month(self, entries: list[Entry], today: date) -> str:
        """The month of what comes next, else of what came last: a month with something in it."""
        days = sorted(entry.wall.date() for entry in entries) or [max(self.campaign.starts_on, today)]
        ahead = [day for day in days if day >= today]
        return f"{(ahead[0] if ahead else days[-1]):%Y-%m}"
