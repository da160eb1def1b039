"""Further images of the same content: a carousel where a channel has one, pictures below the text on the website."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, Page


class MoreImage(Orderable):
    """Shown after the content's own image, in this order."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="more_images")
    image = models.ForeignKey("wagtailimages.Image", models.CASCADE, related_name="+", verbose_name=_("image"))
    alt = models.CharField(_("alternative text"), max_length=1000)

    credit = models.CharField(_("credit"), max_length=120, blank=True, help_text=_("Who took or drew it."))

    panels = [FieldPanel("image"), FieldPanel("alt"), FieldPanel("credit")]

    class Meta(Orderable.Meta):
        verbose_name = _("further image")
        verbose_name_plural = _("further images")
