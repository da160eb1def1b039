"""A Correction: the visible note on a page that says what was wrong. Part of the text, so it is approved with it."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def moments(self) -> Mapping[UUID, datetime]:
        """When each was published."""
        return dict(self.filter(at__isnull=False).values_list("key", "at"))


class Correction(Orderable):
    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="corrections")
    key = models.UUIDField(default=uuid.uuid4, editable=False)  # stays through every revision
    text = models.CharField(
        _("what was corrected"),
        max_length=300,
        help_text=_("Everybody reads it: what stood there, and what is right."),
    )
    # When the public got it: written by the publication, never by a person, and no part of what is approved.
    at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CorrectionQuerySet.as_manager()
    panels = [FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")

    def __str__(self) -> str:
        return self.text
