"""Somebody on duty has read what goes out tonight: who, when, and exactly which list."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

LASTS = timedelta(hours=18)  # a reading is of one evening


class ReadingQuerySet(models.QuerySet["TonightRead"]):
    def latest_of_tonight(self, now: datetime) -> "TonightRead | None":
        """The newest reading that is of this evening."""
        return self.filter(at__gte=now - LASTS).select_related("by").order_by("-at").first()


class TonightRead(models.Model):
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    seal = models.CharField(max_length=64)  # of the list as it was read

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading of tonight's list")
        verbose_name_plural = _("readings of tonight's list")

    def __str__(self) -> str:
        return f"{self.by} {self.at}"
