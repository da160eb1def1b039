"""A Lifetime: when somebody looks at content again, and when it comes down by itself. Begun by its approval."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Placement
from publishing.models import State


class LifetimeQuerySet(models.QuerySet["Lifetime"]):
    def running(self) -> "LifetimeQuerySet":
        """Not over, and something of it is out."""
        sent = Placement.objects.filter(page_id=OuterRef("page_id"), delivery__state=State.DELIVERED)
        return self.filter(Q(page__live=True) | Q(Exists(sent)), ended_at=None)

    def to_review(self, today: date) -> "LifetimeQuerySet":
        """Somebody should look whether it still holds."""
        return self.running().filter(review_on__lte=today)

    def over(self, today: date) -> "LifetimeQuerySet":
        """To come down now. The last day is a whole day."""
        return self.filter(ended_at=None, expires_on__lt=today)


class Lifetime(models.Model):
    page = models.OneToOneField("wagtailcore.Page", models.CASCADE, related_name="lifetime", primary_key=True)
    review_on = models.DateField(_("review date"), null=True, blank=True, db_index=True)
    expires_on = models.DateField(_("last day"), null=True, blank=True, db_index=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = LifetimeQuerySet.as_manager()

    class Meta:
        verbose_name = _("lifetime")
        verbose_name_plural = _("lifetimes")

    def __str__(self) -> str:
        return f"{self.page_id} {self.expires_on or '-'}"

    def as_evidence(self) -> dict[str, Any]:
        return {"review_on": self.review_on, "expires_on": self.expires_on}
