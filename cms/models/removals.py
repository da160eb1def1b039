"""A Removal: this content shall be gone everywhere, and stay gone until somebody approves it anew."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class RemovalQuerySet(models.QuerySet["Removal"]):
    def under_way(self) -> "RemovalQuerySet":
        """Something of it may still be out somewhere."""
        return self.filter(ended_at=None)


class Removal(models.Model):
    class Cause(models.TextChoices):
        EXPIRED = "expired", _("its time was over")
        TAKEN_DOWN = "taken_down", _("somebody took it down")
        POSSIBLE_ERROR = "possible_error", _("a possible error was reported")

    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="removals")
    cause = models.CharField(max_length=20, choices=Cause)
    reason = models.CharField(_("reason"), max_length=250)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("asked"), auto_now_add=True)
    ended_at = models.DateTimeField(_("gone everywhere"), null=True, blank=True)

    objects = RemovalQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        get_latest_by = "at"
        indexes = [
            # Asked every half minute: what is not gone yet, which is nearly always nothing.
            models.Index(fields=["id"], condition=models.Q(ended_at__isnull=True), name="removal_under_way"),
        ]
        verbose_name = _("removal")
        verbose_name_plural = _("removals")

    def __str__(self) -> str:
        return f"{self.page_id} {self.cause}"
