"""A Part: what a channel posts below the post itself, a first comment or more of a thread. Written, never cut."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, Page


class Part(Orderable):
    """Those of one channel go in their order, each answering the one before. The row id changes on revert."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="parts")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    channel = models.ForeignKey("publishing.Channel", models.PROTECT, related_name="+", verbose_name=_("channel"))
    text = models.TextField(_("text"))
    picture = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("image")
    )
    picture_alt = models.CharField(_("alternative text"), max_length=1000, blank=True)
    picture_decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("It says nothing that the text does not say.")
    )

    panels = [
        FieldPanel("channel"),
        FieldPanel("text"),
        FieldPanel("picture"),
        FieldRowPanel([FieldPanel("picture_alt"), FieldPanel("picture_decorative")]),
    ]

    @property
    def described(self) -> str:
        """The alternative text that goes along; nothing for what is decorative."""
        return "" if self.picture_decorative else self.picture_alt.strip()

    class Meta(Orderable.Meta):
        verbose_name = _("first comment or further part")
        verbose_name_plural = _("first comments and further parts")
