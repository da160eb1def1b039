"""What the plan learns from the outbox, and what it tells the desk about its labels."""

from typing import Any

from django.db.models.signals import pre_save
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns import clock
from campaigns.models import Campaign, ClosedPeriod, FocusArea, Placement, Unit
from publishing import labels
from publishing.models import Channel, Delivery
from publishing.signals import delivery_retimed

# What a closed time names by a key: the field that holds the key, and the list of the closed time.
KEYS: dict[Any, tuple[str, str]] = {
    Channel: ("slug", "channels"),
    FocusArea: ("key", "focus_areas"),
    Unit: ("key", "units"),
}


def keep_up(sender: Any, delivery: Delivery, **kwargs: Any) -> None:
    """Whoever released a post at a new time moved its placement too: there is one time."""
    for placement in Placement.objects.filter(delivery=delivery).exclude(due_at=delivery.due_at):
        placement.due_at = delivery.due_at
        placement.wall_time = clock.written(delivery.due_at)
        if placement.patience != delivery.latest_at:
            placement.latest_at = delivery.latest_at
        placement.version += 1
        placement.save(update_fields=["due_at", "wall_time", "latest_at", "version"])


def keep_closed(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A closed time names channels, areas and units by their keys. One that changes is closed under the new one too:
    under the old one alone, what was closed would be open and nobody told."""
    name, kept = KEYS[sender]
    before = sender.objects.filter(pk=instance.pk).values_list(name, flat=True).first() if instance.pk else None
    after = getattr(instance, name)
    if before in (None, after):
        return
    for row in ClosedPeriod.objects.all():
        named = getattr(row, kept)
        if before in named and after not in named:
            setattr(row, kept, [*named, after])
            row.save(update_fields=[kept])


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
    for model in KEYS:
        pre_save.connect(keep_closed, sender=model, dispatch_uid=f"campaigns.keep_closed.{model.__name__}")
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
