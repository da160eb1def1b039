"""A Correction: the visible note on a page that says what was wrong. Part of the text, so it is approved with it."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from publishing import presenting


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def moments(self) -> Mapping[UUID, datetime]:
        """When each was published."""
        return dict(self.filter(at__isnull=False).values_list("key", "at"))


class Correction(Orderable):
    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="corrections")
    key = models.UUIDField(default=uuid.uuid4, editable=False)  # stays through every revision
    text = models.CharField(
        gettext_lazy("what was corrected"),
        max_length=300,
        help_text=gettext_lazy("Everybody reads it: what stood there, and what is right."),
    )
    # Channels, by id, that cannot change what they have: each is told by a message of its own. Approved with the text.
    channels = models.JSONField(default=list, blank=True, editable=False)
    # When the public got it: written by the publication, never by a person, and no part of what is approved.
    at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = gettext_lazy("correction")
        verbose_name_plural = gettext_lazy("corrections")

    def __str__(self) -> str:
        return self.text

    def sentence(self) -> str:
        """As the public reads it; without a time as long as it is not published."""
        if self.at is None:
            return _("Correction: %(text)s") % {"text": self.text}
        day = date_format(timezone.localtime(self.at), pgettext("day with year", "j F Y"))
        values = {"time": presenting.clock(self.at), "day": day, "text": self.text}
        return _("Corrected at %(time)s on %(day)s: %(text)s") % values
