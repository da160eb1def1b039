"""A Release: several deliveries that go in order, looked over together shortly before the first of them goes."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing.models.delivery import Delivery
from publishing.models.states import CLAIMABLE

AHEAD = timedelta(minutes=2)  # so long before the first one is due everything is looked over
GOOD_FOR = timedelta(minutes=10)  # then it is looked over anew


class ReleaseQuerySet(models.QuerySet["Release"]):
    def to_check(self, now: datetime) -> "ReleaseQuerySet":
        """The first of them is due soon, and nobody has looked it over lately."""
        unchecked = Q(checked_at__isnull=True) | Q(checked_at__lte=now - GOOD_FOR)
        return self.filter(unchecked, first__state__in=CLAIMABLE, first__due_at__lte=now + AHEAD)

    def look_again(self, first: Delivery) -> None:
        """What was found is worth nothing any more."""
        self.filter(first=first).update(checked_at=None, fit=False)


class Release(models.Model):
    """``findings`` are what stood in the way at the last look: primary keys of deliveries to lists of sentences."""

    class Rule(models.TextChoices):
        HOLD_ALL = "hold_all", _("nothing goes until all of them can")
        LET_FIT_GO = "fit", _("the others go; what cannot is held")

    first = models.OneToOneField(Delivery, models.CASCADE, related_name="release")
    rule = models.CharField(max_length=8, choices=Rule, default=Rule.HOLD_ALL)
    checked_at = models.DateTimeField(null=True, blank=True)
    fit = models.BooleanField(default=False)
    findings = models.JSONField(default=dict, blank=True)

    objects = ReleaseQuerySet.as_manager()

    def __str__(self) -> str:
        return self.first.headline

    def checked_lately(self, now: datetime) -> bool:
        return self.checked_at is not None and self.checked_at > now - GOOD_FOR

    def in_order(self) -> list[Delivery]:
        """Every delivery of it: the first, then what follows, each before what follows it."""
        found, rows = list[Delivery](), [self.first]
        while rows:
            found += rows
            followers = Delivery.objects.filter(follows__in=[row.pk for row in rows])
            rows = list(followers.select_related("channel", "receipt", "follows__channel").order_by("pk"))
        return found
