"""Who gets the coverage of the month before by e-mail, and up to which month they have it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CoverageSubscription(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="coverage_subscription")
    sent_for = models.CharField(_("sent for"), max_length=7, blank=True)  # "2026-10": a month is sent once
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("subscription to the coverage")
        verbose_name_plural = _("subscriptions to the coverage")

    def __str__(self) -> str:
        return f"{self.user_id} {self.sent_for}"
