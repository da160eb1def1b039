"""A ReleasePlan: the channels of one content go in order, not each by its own clock. Like times, it is no content."""

from datetime import timedelta

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.models import Release

MOST_MINUTES = 120


class ReleasePlan(models.Model):
    """``minutes`` is the time between one step and the next; ``rule`` was chosen before anything goes wrong."""

    page = models.OneToOneField("wagtailcore.Page", models.CASCADE, related_name="release_plan")
    minutes = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(MOST_MINUTES)])
    rule = models.CharField(_("rule"), max_length=8, choices=Release.Rule, default=Release.Rule.HOLD_ALL)

    class Meta:
        verbose_name = _("release in order")
        verbose_name_plural = _("releases in order")

    def __str__(self) -> str:
        return f"{self.page_id} {self.rule}"

    @property
    def gap(self) -> timedelta:
        return timedelta(minutes=self.minutes)
