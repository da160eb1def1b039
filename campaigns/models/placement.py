"""A Placement: this content, on this channel, at this time. Time is not content: it is outside the revision."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from campaigns.fields import WallTimeField
from publishing.models import Channel, Follow, State

OUT = frozenset({State.QUEUED, State.SENDING, State.PROCESSING, State.UNCERTAIN, State.DELIVERED, State.WITHDRAWN})


class PlacementQuerySet(models.QuerySet["Placement"]):
    def active(self) -> "PlacementQuerySet":
        """Not cancelled."""
        return self.filter(cancelled_at__isnull=True)

    def of_page(self, page_id: int) -> "PlacementQuerySet":
        """The active placements of one content, as the database has them now."""
        return self.active().filter(page_id=page_id).select_related("channel", "delivery")

    def between(self, start: datetime, end: datetime) -> "PlacementQuerySet":
        """Due in ``[start, end)``, UTC."""
        return self.filter(due_at__gte=start, due_at__lt=end)

    def with_states(self) -> "PlacementQuerySet":
        """With everything that tells how far each has come, in one query."""
        return self.select_related("page", "channel", "delivery__channel", "delivery__receipt")

    def undated(self) -> "PlacementQuerySet":
        """The tray: content that still wants a time."""
        return self.active().filter(due_at__isnull=True)

    def empty_slots(self) -> "PlacementQuerySet":
        """A channel and perhaps a time that want a text."""
        return self.active().filter(page__isnull=True)

    def taken(
        self, channel: Channel, *, except_page: int | None = None
    ) -> "models.QuerySet[Placement, datetime | None]":
        """Moments that are taken on a channel, but for this content's own."""
        rows = self.active().filter(channel=channel, due_at__isnull=False)
        if except_page is not None:
            rows = rows.exclude(page_id=except_page)
        return rows.exclude(delivery__state=State.CANCELLED).values_list("due_at", flat=True)


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
    due_at = WallTimeField(_("time"), null=True, blank=True, db_index=True)
    wall_time = models.CharField(max_length=25, blank=True, editable=False)  # local ISO, no offset
    zone = models.CharField(max_length=50, default="Europe/Copenhagen", editable=False)
    # UTC, from when it was first approved with a time: the plan that ``moved`` is measured against.
    first_planned_for = models.DateTimeField(null=True, blank=True, editable=False)
    latest_at = WallTimeField(_("no later than"), null=True, blank=True)
    withdraw_at = WallTimeField(_("withdraw at"), null=True, blank=True)
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

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "id"]
        verbose_name = _("placement")
        verbose_name_plural = _("placements")

    def __str__(self) -> str:
        return f"{self.channel} {self.due_at or '-'}"

    @property
    def is_out(self) -> bool:
        """Whether something of it was sent or is on its way: its time is history."""
        return self.delivery is not None and self.delivery.state in OUT

    @property
    def latest(self) -> datetime | None:
        """The latest moment, the channel's own rule when none was given."""
        if self.due_at is None:
            return None
        latest: datetime = self.latest_at or self.due_at + timedelta(minutes=self.channel.late_after)
        return latest

    def waits_at(self, now: datetime) -> bool:
        """Its time has come and its latest has not: it goes as soon as it is approved."""
        latest = self.latest
        return self.due_at is not None and latest is not None and self.due_at <= now < latest and not self.delivery_id

    @property
    def patience(self) -> datetime | None:
        """The same as its delivery has it: one that follows another is patient from its turn on."""
        in_turn = self.delivery is not None and self.delivery.follow_mode in (Follow.AFTER, Follow.AFTER_FIT)
        return self.latest_at if in_turn else self.latest


class PlacementTag(models.Model):
    """An initiative of the approved revision, as it was then."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="tags")
    initiative = models.ForeignKey("campaigns.Initiative", models.PROTECT, related_name="placement_tags")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["placement", "initiative"], name="placement_tag_once")]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.initiative_id}"
