"""Advice: content of the evergreen pool, that may be told again under conditions."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns import conflicts
from campaigns.evergreen import Piece, Season
from campaigns.fields import MonthDayField


class AdviceQuerySet(models.QuerySet["Advice"]):
    def pool(self) -> list[Piece]:
        """All of it as plain values, in two queries."""
        rows = self.select_related("page").prefetch_related("channels")
        return [row.piece for row in rows]


class Advice(models.Model):
    """``season_from`` and ``season_to`` are "MM-DD", both or neither."""

    page = models.OneToOneField("wagtailcore.Page", models.CASCADE, related_name="+", verbose_name=_("content"))
    channels = models.ManyToManyField("publishing.Channel", related_name="+", verbose_name=_("channels"))
    minimum_gap = models.PositiveSmallIntegerField(
        _("days between two times on a channel"),
        default=60,
        validators=[MinValueValidator(conflicts.SAME_TEXT_WITHIN.days)],
        help_text=_("At least 30: the same text may not stand on a channel twice within 30 days."),
    )
    season_from = MonthDayField(_("season from"), blank=True, help_text=_("Such as 1.10. Empty: all year."))
    season_to = MonthDayField(_("season until"), blank=True, help_text=_("It may run over New Year."))
    most_total = models.PositiveSmallIntegerField(
        _("days in all"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    most_yearly = models.PositiveSmallIntegerField(
        _("days a year"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    expires_on = models.DateField(_("last day"), null=True, blank=True)
    active = models.BooleanField(_("suggest it"), default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = AdviceQuerySet.as_manager()

    class Meta:
        ordering = ["page__title", "id"]
        verbose_name = _("piece of advice")
        verbose_name_plural = _("advice")

    def __str__(self) -> str:
        return str(self.page.draft_title or self.page.title)

    def clean(self) -> None:
        if bool(self.season_from) != bool(self.season_to):
            missing = "season_to" if self.season_from else "season_from"
            raise ValidationError({missing: _("A season has a first and a last day.")})

    @property
    def piece(self) -> Piece:
        """Itself as a plain value."""
        season = None
        if self.season_from and self.season_to:
            season = Season(_pair(self.season_from), _pair(self.season_to))
        return Piece(
            self.pk,
            self.page_id,
            str(self),
            self.minimum_gap,
            frozenset(channel.pk for channel in self.channels.all() if channel.retired_at is None),
            season,
            self.most_total,
            self.most_yearly,
            self.expires_on,
            self.active,
        )


def _pair(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)
