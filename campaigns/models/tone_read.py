"""Somebody looked at the tone of something planned: who, when, and exactly which words on which day."""

from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ToneReadQuerySet(models.QuerySet["ToneRead"]):
    def by_seal(self, seals: Collection[str]) -> dict[str, "ToneRead"]:
        """Seal to who looked at it last."""
        return {row.seal: row for row in self.filter(seal__in=seals).select_related("by").order_by("at")}


class ToneRead(models.Model):
    seal = models.CharField(max_length=64, db_index=True)  # of the words and the day
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = ToneReadQuerySet.as_manager()

    class Meta:
        verbose_name = _("look at the tone")
        verbose_name_plural = _("looks at the tone")

    def __str__(self) -> str:
        return f"{self.by} {self.at}"
