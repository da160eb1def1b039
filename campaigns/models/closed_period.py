"""A ClosedPeriod: an election, or a time that is closed for a topic. Why is internal, and so is what a closed time is.

Whoever writes is told that a time is closed for what they write, and no more (``campaigns.windows.sentence``).
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaigns.fields import ensure_can_be_meant
from campaigns.topics import words_of
from campaigns.windows import Window


class ClosedPeriodQuerySet(models.QuerySet["ClosedPeriod"]):
    def between(self, start: datetime, end: datetime) -> "ClosedPeriodQuerySet":
        """In force at some time in ``[start, end)``, UTC."""
        return self.filter(starts_at__lt=end, ends_at__gt=start)

    def windows(self) -> list[Window]:
        return [row.as_window for row in self]


class ClosedPeriod(models.Model):
    class Kind(models.TextChoices):
        ELECTION = "election", _("neutrality period")
        BLACKOUT = "blackout", _("closed time")

    class Mode(models.TextChoices):
        WARN = "warn", _("warns, and needs a second person")
        BLOCK = "block", _("blocks")

    OPEN = frozenset({Kind.ELECTION})  # everybody may know what these are

    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.BLACKOUT)
    mode = models.CharField(_("what it does"), max_length=5, choices=Mode, default=Mode.BLOCK)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), db_index=True)
    reason = models.TextField(
        _("reason"), help_text=_("Internal. Whoever writes is told only that the time is closed for the topic.")
    )
    focus_areas = models.JSONField(_("focus areas"), default=list, blank=True)  # keys: they outlive a strategy
    initiatives = models.CharField(
        _("initiatives"), max_length=200, blank=True, help_text=_("Numbers as printed, apart by commas.")
    )
    words = models.CharField(
        _("words"),
        max_length=500,
        blank=True,
        help_text=_("Apart by commas. A star at the end of a word means with any ending: netsvindel*."),
    )
    kinds = models.JSONField(_("types of content"), default=list, blank=True)
    units = models.JSONField(_("units"), default=list, blank=True)  # keys
    channels = models.JSONField(_("channels"), default=list, blank=True)  # slugs

    objects = ClosedPeriodQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        verbose_name = _("neutrality period or closed time")
        verbose_name_plural = _("neutrality periods and closed times")
        permissions = [("view_blackout_reason", _("Can see why a time is closed"))]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="closed_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether everybody may know what it is; why is never told."""
        return self.kind in self.OPEN

    @property
    def as_window(self) -> Window:
        return Window(
            pk=self.pk,
            start=self.starts_at,
            end=self.ends_at,
            mode=self.mode,
            name=self.title if self.is_open else "",
            neutral=self.kind == self.Kind.ELECTION,
            focus_areas=frozenset(self.focus_areas),
            initiatives=frozenset(words_of(self.initiatives)),
            words=words_of(self.words),
            kinds=frozenset(self.kinds),
            units=frozenset(self.units),
            channels=frozenset(self.channels),
        )

    def clean(self) -> None:
        ensure_can_be_meant(self, "starts_at", "ends_at")
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": gettext("It must end after it begins.")})
