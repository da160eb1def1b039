"""Who is pushed to (WebSub): an Intent is what somebody asked for, a Subscriber has confirmed that it wants it.

A subscriber remembers the number of the change it has last taken. So nothing is lost while it is away, and what it
was told twice is known by id and version.
"""

from datetime import datetime
from urllib.parse import urlsplit

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class FeedIntent(models.Model):
    """To subscribe or to end it: asked by anybody, so the callback itself is asked before anything comes of it."""

    class Mode(models.TextChoices):
        SUBSCRIBE = "subscribe", _("subscribe")
        UNSUBSCRIBE = "unsubscribe", _("end the subscription")

    feed = models.ForeignKey("publishing.Feed", models.CASCADE, related_name="intents")
    mode = models.CharField(max_length=12, choices=Mode)
    form = models.CharField(max_length=12)  # which of the feed's documents
    callback = models.URLField(max_length=1000)
    lease_seconds = models.PositiveIntegerField()
    key = models.ForeignKey("publishing.FeedKey", models.CASCADE, null=True, blank=True, related_name="+")
    sealed_secret = models.BinaryField(default=bytes, blank=True)
    challenge = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    next_at = models.DateTimeField(db_index=True)
    tries = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.mode} {self.feed_id}"


class FeedSubscriberQuerySet(models.QuerySet["FeedSubscriber"]):
    def active(self) -> "FeedSubscriberQuerySet":
        return self.filter(ended_at__isnull=True)

    def due(self, now: datetime) -> "FeedSubscriberQuerySet":
        """Has not taken the latest change, or has come to its end."""
        behind = Q(taken__lt=F("feed__sequence")) | Q(lease_until__lte=now) | Q(key__revoked_at__isnull=False)
        return self.active().filter(behind, next_at__lte=now)


class FeedSubscriber(models.Model):
    feed = models.ForeignKey("publishing.Feed", models.CASCADE, related_name="subscribers")
    form = models.CharField(max_length=12)
    callback = models.URLField(max_length=1000)
    key = models.ForeignKey("publishing.FeedKey", models.CASCADE, null=True, blank=True, related_name="subscribers")
    sealed_secret = models.BinaryField(default=bytes, blank=True)
    since = models.DateTimeField()
    lease_until = models.DateTimeField()
    taken = models.PositiveBigIntegerField(default=0)  # the number of the change that it has taken last
    next_at = models.DateTimeField()  # not pushed to before then (UTC)
    tries = models.PositiveIntegerField(default=0)  # failed ones in a row
    failing_since = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=250, blank=True)
    pushed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=250, blank=True)

    objects = FeedSubscriberQuerySet.as_manager()

    class Meta:
        ordering = ["-since"]
        constraints = [models.UniqueConstraint(fields=["feed", "form", "callback"], name="feed_subscriber_once")]
        indexes = [models.Index(fields=["next_at"], condition=Q(ended_at__isnull=True), name="feed_to_push")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.feed_id} {self.form}"

    @property
    def host(self) -> str:
        """Who it is, for people; the rest of a callback may hold a token."""
        return urlsplit(self.callback).hostname or ""
