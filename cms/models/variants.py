"""A Variant: what one channel shows instead of the common text."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, Page

from cms import cropping
from cms.crop_panel import CropPanel


class Variant(Orderable):
    """Empty fields mean: derived from title, summary and link. The row id changes on revert; the key does not."""

    class Link(models.TextChoices):
        PAGE = "page", _("link to the page")
        NONE = "none", _("no link")
        OTHER = "other", _("another address")

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="variants")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    channel = models.ForeignKey("publishing.Channel", models.PROTECT, related_name="+", verbose_name=_("channel"))
    text = models.TextField(_("text"), blank=True)
    image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    image_alt = models.CharField(_("alternative text"), max_length=1000, blank=True)
    # The part of each image that is shown here: {image id: [x, y, width, height]}, fractions of the image.
    crops = models.JSONField(_("crop of the image"), default=dict, blank=True)
    without_video = models.BooleanField(
        _("without the video"), default=False, help_text=_("The images go here instead of it.")
    )
    link = models.CharField(_("link"), max_length=5, choices=Link, default=Link.PAGE)
    link_url = models.URLField(_("address"), blank=True)

    panels = [
        FieldPanel("channel"),
        FieldPanel("text", help_text=_("Empty: the common text.")),
        FieldPanel("image", help_text=_("Empty: the common image.")),
        FieldPanel("image_alt", help_text=_("Empty: the common one.")),
        CropPanel("crops", help_text=_("Chosen beside the card of the channel, by “Crop the image”.")),
        FieldPanel("without_video"),
        FieldRowPanel([FieldPanel("link"), FieldPanel("link_url")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("text for one channel")
        verbose_name_plural = _("texts for channels")

    def clean(self) -> None:
        super().clean()
        try:
            self.crops = cropping.checked(self.crops or {})
        except cropping.NoBox as error:
            raise ValidationError({"crops": _("That is no part of the image. Choose it again.")}) from error
