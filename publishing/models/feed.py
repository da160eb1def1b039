"""A live feed and what stands in it. Every change of an item is counted, so that whoever was away asks for the rest.

The count is taken under a row lock that is held until the commit: who has seen number 7 has missed none before it.
"""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from publishing.message import Message


class Feed(models.Model):
    """The head of one channel's feed."""

    channel = models.OneToOneField("publishing.Channel", models.CASCADE, related_name="feed")
    sequence = models.PositiveBigIntegerField(default=0)  # of the latest change
    last_fetched_at = models.DateTimeField(null=True, blank=True)  # without a key; to the minute

    def __str__(self) -> str:
        return f"{self.channel_id} {self.sequence}"

    def next_number(self) -> int:
        """The number of a change, in the caller's transaction, which every other change waits for."""
        Feed.objects.filter(pk=self.pk).update(sequence=F("sequence") + 1)
        self.refresh_from_db(fields=["sequence"])
        return self.sequence


class FeedItemQuerySet(models.QuerySet["FeedItem"]):
    def seen_by(self, *, press: bool, now: datetime) -> "FeedItemQuerySet":
        """What the press may see is everything; the public sees what is open to it by now."""
        return self if press else self.filter(opens_at__lte=now)

    def to_open(self, now: datetime) -> "FeedItemQuerySet":
        """Embargoes that have ended since they were counted."""
        return self.filter(opened=False, opens_at__lte=now)


class FeedItem(models.Model):
    """One approved message in a feed; ``key`` is its delivery's. A withdrawn one is a tombstone: it holds no text."""

    class Status(models.TextChoices):
        CURRENT = "current", _("current")
        CORRECTED = "corrected", _("corrected")
        WITHDRAWN = "withdrawn", _("withdrawn")

    key = models.UUIDField(unique=True)
    feed = models.ForeignKey(Feed, models.CASCADE, related_name="items")
    sequence = models.PositiveBigIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.CURRENT)
    version = models.PositiveIntegerField(default=1)
    message_json = models.JSONField(default=dict)
    # From when everybody may see it (UTC); null: the press only. ``opened``: that moment has been counted as a change.
    opens_at = models.DateTimeField(null=True, blank=True)
    opened = models.BooleanField(default=True)
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()  # of the text
    changed_at = models.DateTimeField()  # of the latest number
    written_by = models.JSONField(default=list)  # keys of the deliveries that wrote it, so that none does so twice

    objects = FeedItemQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["opens_at"], condition=Q(opened=False), name="feed_item_to_open"),
        ]
        constraints = [models.UniqueConstraint(fields=["feed", "sequence"], name="feed_item_number_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.status}"

    @property
    def message(self) -> Message | None:
        """What it says; None when it was withdrawn."""
        return Message.from_json(self.message_json) if self.message_json else None

    @property
    def press_only(self) -> bool:
        return self.opens_at is None
