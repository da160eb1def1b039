"""A Target: how many stories a focus area shall have in a quarter. Rows are added, never changed: the newest counts."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Target(models.Model):
    class Quarter(models.IntegerChoices):
        FIRST = 1, _("1st quarter")
        SECOND = 2, _("2nd quarter")
        THIRD = 3, _("3rd quarter")
        FOURTH = 4, _("4th quarter")

    focus_area = models.ForeignKey(
        "campaigns.FocusArea", models.CASCADE, related_name="targets", verbose_name=_("focus area")
    )
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2020), MaxValueValidator(2100)])
    quarter = models.PositiveSmallIntegerField(_("quarter"), choices=Quarter)
    stories = models.PositiveSmallIntegerField(
        _("stories aimed at"), null=True, blank=True, help_text=_("Empty: this quarter has no target.")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("owner"),
        help_text=_("Who answers for it."),
    )  # fmt: skip
    reason = models.CharField(_("reason"), max_length=250, blank=True)
    set_at = models.DateTimeField(_("set"), auto_now_add=True)

    class Meta:
        ordering = ["-year", "-quarter", "focus_area", "-set_at", "-pk"]
        verbose_name = _("target")
        verbose_name_plural = _("targets")

    def __str__(self) -> str:
        aim = "–" if self.stories is None else self.stories
        return f"{self.focus_area} {self.year}/{self.quarter}: {aim}"
