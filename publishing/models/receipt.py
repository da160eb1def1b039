"""A Receipt: the proof that a platform has it."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.adapters import base
from publishing.models.among import Among

READ_BADLY = ["absent", "different"]


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def to_count(self, now: datetime) -> "ReceiptQuerySet":
        """Those whose figures are to be asked for."""
        return self.filter(figures_next_at__lte=now)

    def read_badly(self) -> "ReceiptQuerySet":
        """Read back, and not there or not as it was sent."""
        return self.filter(Among("read_back", READ_BADLY))


class Receipt(models.Model):
    BY_HAND = "by-hand:"  # begins the remote_id of what a person confirmed

    class ReadBack(models.TextChoices):
        PENDING = "pending", _("not read back yet")
        GOOD = "good", _("read back, as sent")
        DIFFERENT = "different", _("read back, differs")
        ABSENT = "absent", _("read back, not there")
        IMPOSSIBLE = "impossible", _("cannot be read back")

    delivery = models.OneToOneField("publishing.Delivery", models.CASCADE, related_name="receipt")
    remote_id = models.CharField(max_length=500)
    permalink = models.URLField(max_length=1000, blank=True)
    details = models.JSONField(default=dict, blank=True)
    sent_at = models.DateTimeField()
    read_back = models.CharField(max_length=12, choices=ReadBack, default=ReadBack.PENDING)
    read_next_at = models.DateTimeField(null=True, blank=True)  # when it is read back; null: no more
    read_back_at = models.DateTimeField(null=True, blank=True)
    read_back_problems = models.JSONField(default=list, blank=True)
    figures_next_at = models.DateTimeField(null=True, blank=True)  # when its figures are asked for; null: no more
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["read_next_at"], condition=models.Q(read_next_at__isnull=False), name="receipt_to_read_back"
            ),
            models.Index(
                fields=["figures_next_at"],
                condition=models.Q(figures_next_at__isnull=False),
                name="receipt_to_count",
            ),
            # What was read back and is not as it was sent: few, and asked for on every page of the desk.
            models.Index(
                fields=["read_back"],
                condition=models.Q(read_back__in=READ_BADLY),
                name="receipt_read_badly",
            ),
        ]

    def __str__(self) -> str:
        return self.remote_id

    @property
    def by_hand(self) -> bool:
        """A person's word is the proof: the platform's own name for the post is not known."""
        return self.remote_id.startswith(self.BY_HAND)

    def value(self) -> base.Receipt:
        """What the adapter gave, for read, withdraw and metrics."""
        return base.Receipt(self.remote_id, self.permalink, dict(self.details))
