"""A Placement: this content, on this channel, at this time. Time is not content: it is outside the revision."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey


class Placement(models.Model):
    """``due_at`` etc. are UTC; ``wall_time`` is what was asked for in ``zone`` and says how a doubled hour was read."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    page = ParentalKey(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="placements",
        verbose_name=_("content"),
    )
    channel = models.ForeignKey(
        "publishing.Channel", models.PROTECT, related_name="placements", verbose_name=_("channel")
    )
    campaign = models.ForeignKey(
        "campaigns.Campaign",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="placements",
        verbose_name=_("campaign"),
    )
    due_at = models.DateTimeField(_("time"), null=True, blank=True, db_index=True)
    wall_time = models.CharField(max_length=25, blank=True, editable=False)  # local ISO, no offset
    zone = models.CharField(max_length=50, default="Europe/Copenhagen", editable=False)
    latest_at = models.DateTimeField(_("no later than"), null=True, blank=True)
    withdraw_at = models.DateTimeField(_("withdraw at"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)  # a form opened before a move cannot undo it unseen

    delivery = models.ForeignKey(
        "publishing.Delivery",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="placements",
        editable=False,
    )
    # Copied from the approved revision, so that history does not change when the strategy or the page does.
    focus_area = models.ForeignKey(
        "campaigns.FocusArea", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["due_at", "id"]
        verbose_name = _("placement")
        verbose_name_plural = _("placements")

    def __str__(self) -> str:
        return f"{self.channel} {self.due_at or '-'}"


class PlacementTag(models.Model):
    """An initiative of the approved revision, as it was then."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="tags")
    initiative = models.ForeignKey("campaigns.Initiative", models.PROTECT, related_name="placement_tags")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["placement", "initiative"], name="placement_tag_once")]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.initiative_id}"
