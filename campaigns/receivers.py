"""What the plan learns from the outbox, and what it tells the desk about its labels."""

from typing import Any

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
        if placement.latest != delivery.latest_at:
            placement.latest_at = delivery.latest_at
        placement.version += 1
        placement.save(update_fields=["due_at", "wall_time", "latest_at", "version"])


def campaign_name(label: str) -> str:
    campaign = Campaign.objects.filter(pk=label.partition(":")[2]).first()
    return str(campaign) if campaign else label


def campaigns_to_stop() -> list[tuple[str, str]]:
    return [(f"campaign:{campaign.pk}", str(campaign)) for campaign in Campaign.objects.all()]


def connect() -> None:
    delivery_retimed.connect(keep_up, dispatch_uid="campaigns.keep_up")
    labels.register("campaign", labels.Family(campaign_name, campaigns_to_stop, lambda: _("One campaign")))
