"""What a campaign serves and aims at: its initiatives, and how many posts each channel shall have."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from campaigns.models.campaign import Campaign


class CampaignInitiative(models.Model):
    """Our own model: Wagtail's reference index sees no many-to-many."""

    campaign = ParentalKey(Campaign, on_delete=models.CASCADE, related_name="initiative_tags")
    initiative = models.ForeignKey(
        "campaigns.Initiative", models.PROTECT, related_name="campaign_tags", verbose_name=_("initiative")
    )

    class Meta:
        ordering = ["initiative__number", "pk"]
        verbose_name = _("initiative of a campaign")
        verbose_name_plural = _("initiatives of a campaign")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "initiative"], name="campaign_serves_an_initiative_once")
        ]

    def __str__(self) -> str:
        return str(self.initiative)


class CampaignTarget(models.Model):
    campaign = ParentalKey(Campaign, on_delete=models.CASCADE, related_name="targets")
    channel = models.ForeignKey("publishing.Channel", models.PROTECT, related_name="+", verbose_name=_("channel"))
    posts = models.PositiveSmallIntegerField(_("posts aimed at"), validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["channel__name", "pk"]
        verbose_name = _("target of a campaign")
        verbose_name_plural = _("targets of a campaign")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "channel"], name="campaign_has_a_target_once_a_channel")
        ]

    def __str__(self) -> str:
        return f"{self.channel}: {self.posts}"
