"""A tag on content: which initiative of the strategy it serves."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, Page


class CommunicationInitiative(Orderable):
    """A model of our own: Wagtail's reference index sees no many-to-many."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="initiative_tags")
    initiative = models.ForeignKey(
        "campaigns.Initiative", models.PROTECT, related_name="content_tags", verbose_name=_("initiative")
    )
    panels = [FieldPanel("initiative")]

    class Meta(Orderable.Meta):
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
