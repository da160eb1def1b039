"""What the plan learns from the outbox, and what it tells the desk about its labels."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns import clock
from campaigns.models import Campaign, Placement
from publishing import labels
from publishing.models import Delivery
from publishing.signals import delivery_retimed


def keep_up(sender: Any, delivery: Delivery, **kwargs: Any) -> None:
    """Whoever released a post at a new time moved its placement too: there is one time."""
    for placement in Placement.objects.filter(delivery=delivery).exclude(due_at=delivery.due_at):
        placement.due_at = delivery.due_at
        placement.wall_time = clock.written(delivery.due_at)
        if placement.patience != delivery.latest_at:
            placement.latest_at = delivery.latest_at
        placement.version += 1
        placement.save(update_fields=["due_at", "wall_time", "latest_at", "version"])


def campaign_name(label: str) -> str:
    campaign = Campaign.objects.filter(pk=label.partition(":")[2]).first()
    return str(campaign) if campaign else label


def campaign_url(label: str, user: Any) -> str:
    """Its plan, for whoever may see that."""
    pk = label.partition(":")[2]
    return (
        reverse("campaigns_plans:plan", args=[pk])
        if user.has_perm("campaigns.view_placement") and pk.isdecimal()
        else ""
    )


def placement_url(label: str, user: Any) -> str:
    """Where it stands in the calendar, for whoever may see that."""
    if not user.has_perm("campaigns.view_placement"):
        return ""
    placement = Placement.objects.active().filter(key=label.partition(":")[2]).first()
    return reverse("campaigns_calendar:item", args=[placement.pk]) if placement is not None else ""


def connect() -> None:
    delivery_retimed.connect(keep_up, dispatch_uid="campaigns.keep_up")
    campaign = labels.Family(
        campaign_name,
        rows=lambda: (Campaign.objects.all(), "title"),
        heading=lambda: _("One campaign"),
        url_of=campaign_url,
    )
    labels.register("campaign", campaign)
    in_calendar = labels.Family(str, opens=lambda: _("In the calendar"), url_of=placement_url)
    labels.register("placement", in_calendar)
