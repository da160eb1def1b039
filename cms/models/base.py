"""Communication: what every piece of content has, whatever its type."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable, Page


class CommunicationInitiative(Orderable):
    """A tag: this content serves this initiative. Our own model: Wagtail's reference index sees no many-to-many."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="initiative_tags")
    initiative = models.ForeignKey(
        "campaigns.Initiative", models.PROTECT, related_name="content_tags", verbose_name=_("initiative")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")


class Communication(Page):
    """Base of Story, CampaignPage, Post and CourtResult."""

    summary = models.TextField(_("summary"), max_length=500, blank=True)
    social_image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    social_image_alt = models.CharField(_("alternative text"), max_length=1000, blank=True)
    focus_area = models.ForeignKey(
        "campaigns.FocusArea",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("primary focus area"),
    )
    owner_unit = models.ForeignKey(
        "campaigns.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    campaign = models.ForeignKey(
        "campaigns.Campaign",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("campaign"),
    )
    language = models.CharField(_("language"), max_length=5, choices=[("da", "Dansk"), ("en", "English")], default="da")
    journal_number = models.CharField(_("journal number"), max_length=40, blank=True)
    purpose = models.CharField(_("purpose"), max_length=250, blank=True)
    review_date = models.DateField(_("review date"), null=True, blank=True)
    operational = models.BooleanField(_("operational, exempt from STOP"), default=False)

    class Meta:
        abstract = True
