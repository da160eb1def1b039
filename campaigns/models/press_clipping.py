"""A PressClipping: that the press wrote about something of ours. Never who wrote it."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PressClipping(models.Model):
    class Tone(models.TextChoices):
        POSITIVE = "positive", _("positive")
        NEUTRAL = "neutral", _("neutral")
        CRITICAL = "critical", _("critical")

    day = models.DateField(_("date"))
    outlet = models.CharField(_("outlet"), max_length=120, help_text=_("The paper, site or station."))
    title = models.CharField(
        _("title"), max_length=250, help_text=_("As the outlet has it. Never the name of the journalist.")
    )
    link = models.URLField(_("link"), max_length=1000, blank=True)
    story = models.ForeignKey(
        "wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("our story")
    )
    initiative = models.ForeignKey(
        "campaigns.Initiative", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("initiative")
    )
    focus_area = models.ForeignKey(
        "campaigns.FocusArea", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("focus area")
    )
    tone = models.CharField(_("tone"), max_length=10, choices=Tone, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+",
        verbose_name=_("entered by"),
    )  # fmt: skip
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)

    class Meta:
        ordering = ["-day", "outlet", "title"]
        verbose_name = _("press clipping")
        verbose_name_plural = _("press clippings")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "outlet", "title"],
                name="clipping_once",
                violation_error_message=_("This clipping is there already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.outlet}: {self.title}"

    def clean(self) -> None:
        if self.day and self.day > timezone.localdate():
            raise ValidationError({"day": _("The day has not come yet.")})
