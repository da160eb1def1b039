"""A Campaign: an objective over a period, served by many posts."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.fields import ensure_can_be_meant
from campaigns.models.clusters import Cluster


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def matching(self, text: str) -> "CampaignQuerySet":
        """Every word in the title, objective or audience."""
        rows = self
        for word in text.split():
            # SQLite folds the case of ASCII only.
            found = models.Q()
            for variant in {word, word.lower(), word.upper(), word.capitalize()}:
                for field in ("title", "objective", "audience"):
                    found |= models.Q(**{f"{field}__icontains": variant})
            rows = rows.filter(found)
        return rows


class Campaign(Cluster):
    """An objective over a period, with an audience and a few messages."""

    title = models.CharField(_("title"), max_length=150)
    objective = models.TextField(_("objective"), blank=True)
    audience = models.CharField(_("audience"), max_length=250, blank=True)
    key_messages = models.TextField(_("messages"), blank=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    focus_area = models.ForeignKey(
        "campaigns.FocusArea",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="campaigns",
        verbose_name=_("primary focus area"),
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "title"]
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="campaign_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        ensure_can_be_meant(self, "starts_on", "ends_on")
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("A campaign cannot end before it starts.")})
