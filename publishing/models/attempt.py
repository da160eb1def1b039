"""An Attempt: one try, opened before the network is touched, so that a crash leaves a trace."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Attempt(models.Model):
    class Outcome(models.TextChoices):
        OPEN = "open", _("under way")
        SENT = "sent", _("sent")
        PREPARED = "prepared", _("made ready, not published yet")
        PROCESSING = "processing", _("accepted, being processed")
        TEMPORARY = "temporary", _("did not get through, will be tried again")
        WAIT = "wait", _("told to wait")
        REJECTED = "rejected", _("refused")
        UNKNOWN = "unknown", _("outcome unknown")
        FAULT = "fault", _("fault of ours")

    # No index of its own: the constraint's begins with it.
    delivery = models.ForeignKey("publishing.Delivery", models.CASCADE, related_name="attempts", db_index=False)
    number = models.PositiveIntegerField()
    worker = models.CharField(max_length=80)
    begun_at = models.DateTimeField()
    departed_at = models.DateTimeField(null=True, blank=True)  # the point of no return, for kinds that note it
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome, default=Outcome.OPEN)
    error_class = models.CharField(max_length=60, blank=True)
    summary = models.CharField(max_length=500, blank=True)
    detail = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["delivery", "number"], name="attempt_number_once")]

    def __str__(self) -> str:
        return f"#{self.number} {self.outcome}"
