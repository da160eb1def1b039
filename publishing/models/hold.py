"""A StopOrder: nothing within its scope may begin until it is lifted."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.models.delivery import ALL


class StopOrderQuerySet(models.QuerySet["StopOrder"]):
    def in_force(self) -> "StopOrderQuerySet":
        return self.filter(lifted_at__isnull=True)


class StopOrder(models.Model):
    """STOP. ``scope`` is ``all``, ``channel:<id>``, or any label a delivery can carry (``campaign:12``)."""

    ALL = ALL

    scope = models.CharField(_("scope"), max_length=100, default=ALL)
    reason = models.CharField(_("reason"), max_length=250)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = StopOrderQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        verbose_name = _("stop order")
        verbose_name_plural = _("stop orders")

    def __str__(self) -> str:
        return f"{self.scope}: {self.reason}"
