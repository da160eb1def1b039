"""A Series: slots that come again by a rule. An Occurrence: one day of it on one channel, whatever became of it."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from campaigns import recurrence, rules
from campaigns.recurrence import Recurrence


class SeriesQuerySet(models.QuerySet["Series"]):
    def running(self, today: date) -> "SeriesQuerySet":
        """Those that new slots come of."""
        open_ended = models.Q(until__isnull=True) | models.Q(until__gte=today - recurrence.SHIFTED)
        return self.filter(open_ended, paused_at__isnull=True, ended_at__isnull=True)


class Series(models.Model):
    """``rule`` is an RRULE by days; ``at`` is Copenhagen wall time; ``excluded`` holds days as ISO text."""

    class OnHolidays(models.TextChoices):
        KEEP = "keep", _("on public holidays too")
        SKIP = "skip", _("not on public holidays")
        BEFORE = "before", _("moved to the working day before")
        AFTER = "after", _("moved to the next working day")

    title = models.CharField(_("working title"), max_length=150)
    campaign = models.ForeignKey(
        "campaigns.Campaign",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="series",
        verbose_name=_("campaign"),
    )
    focus_area = models.ForeignKey(
        "campaigns.FocusArea",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("primary focus area"),
    )
    channels = models.ManyToManyField("publishing.Channel", related_name="+", verbose_name=_("channels"))
    page = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("content"),
    )
    rule = models.CharField(max_length=300)
    at = models.TimeField(_("time"))
    starts_on = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    count = models.PositiveSmallIntegerField(_("number of times"), null=True, blank=True)
    on_holidays = models.CharField(_("public holidays"), max_length=6, choices=OnHolidays, default=OnHolidays.KEEP)
    excluded = models.JSONField(default=list, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    follows = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="followed_by")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        ordering = ["title", "id"]
        verbose_name = _("series")
        verbose_name_plural = _("series")

    def __str__(self) -> str:
        return self.title

    def state(self, today: date) -> str:
        """running, paused or over."""
        if self.ended_at is not None or (self.until is not None and self.until < today):
            return "over"
        return "paused" if self.paused_at is not None else "running"

    @cached_property
    def read_rule(self) -> rules.Rule:
        return rules.read(self.rule)

    @property
    def recurrence(self) -> Recurrence:
        """What it says of when, as a plain value."""
        return Recurrence(
            self.rule,
            self.starts_on,
            self.at,
            self.until,
            self.count,
            recurrence.OnHolidays(self.on_holidays),
            frozenset(date.fromisoformat(day) for day in self.excluded),
        )


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    def ahead(self, now: datetime) -> "OccurrenceQuerySet":
        """Those whose time, or whose day when they have no time, has not come."""
        dated = models.Q(placement__due_at__gte=now)
        given = models.Q(placement__due_at__isnull=True, day__gte=timezone.localdate(now))
        return self.filter(dated | given)

    def with_all(self) -> "OccurrenceQuerySet":
        """With everything that tells what became of each, in one query."""
        return self.select_related(
            "channel", "placement__page", "placement__channel", "placement__delivery__channel"
        ).select_related("placement__delivery__receipt")


class Occurrence(models.Model):
    """Known by its day in the rule and its channel, so that what was moved, skipped or reworded is never made again.

    ``given_at`` is the moment (UTC) that the series gave it, None when that time does not exist; ``day`` the day it
    landed on, which a public holiday moves.
    """

    series = models.ForeignKey(Series, models.CASCADE, related_name="occurrences")
    channel = models.ForeignKey("publishing.Channel", models.PROTECT, related_name="+")
    on = models.DateField()
    day = models.DateField()
    given_at = models.DateTimeField(null=True)
    placement = models.OneToOneField(
        "campaigns.Placement", models.SET_NULL, null=True, blank=True, related_name="occurrence"
    )
    skipped_at = models.DateTimeField(null=True, blank=True)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        ordering = ["day", "channel__name", "id"]
        verbose_name = _("occurrence")
        verbose_name_plural = _("occurrences")
        constraints = [
            models.UniqueConstraint(fields=["series", "channel", "on"], name="occurrence_once_a_day_and_channel")
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.day}"

    @property
    def skipped(self) -> bool:
        """Left out here, or given up or deleted anywhere else: it does not come by itself again."""
        row = self.placement
        return self.skipped_at is not None or row is None or row.cancelled_at is not None

    @property
    def moved(self) -> bool:
        """Whether somebody gave it another time or channel than the series did."""
        row = self.placement
        return row is not None and (row.due_at != self.given_at or row.channel_id != self.channel_id)

    @property
    def reworded(self) -> bool:
        """Whether it has words of its own."""
        row = self.placement
        return row is not None and row.page_id is not None and row.page_id != self.series.page_id

    @property
    def untouched(self) -> bool:
        """An empty slot as the series made it: it may follow a change of the series without being asked about."""
        return self.is_as_made(self.series.title)

    def is_as_made(self, title: str) -> bool:
        """Empty, with this working title, at the time and on the channel that the series gave it."""
        row = self.placement
        as_made = row is not None and row.page_id is None and row.note == title
        return as_made and not self.moved and not self.skipped
