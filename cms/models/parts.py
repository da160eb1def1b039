"""A Part: what a channel posts below the post itself, a first comment or more of a thread. Written, never cut."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, Page


class Part(Orderable):
    """Those of one channel go in their order, each answering the one before. The row id changes on revert."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="parts")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    channel = models.ForeignKey("publishing.Channel", models.PROTECT, related_name="+", verbose_name=_("channel"))
    text = models.TextField(_("text"))

    panels = [FieldPanel("channel"), FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = _("first comment or further part")
        verbose_name_plural = _("first comments and further parts")
