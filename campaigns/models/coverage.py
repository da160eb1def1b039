"""Closed months: what the coverage of each was when it ended, and what has been found to differ since.

Rows are added, never changed, but for what one says of now (``ends``, ``since``, ``compared_at``), what is made from
them to be found quickly (``CoveragePart``) and what is running.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CoverageSnapshot(models.Model):
    """One month (Copenhagen) as it was counted when it closed, for the strategy that was in force."""

    strategy = models.ForeignKey("campaigns.Strategy", models.PROTECT, related_name="snapshots")
    month = models.DateField(_("month"))  # its first day
    closed_at = models.DateTimeField(_("closed"))
    definitions = models.PositiveSmallIntegerField(_("version of the definitions"))
    book = models.JSONField()  # every figure, as ``coverage.storing`` writes it
    topics = models.JSONField()  # the initiatives as they were: the denominators
    aims = models.JSONField()  # the targets of the quarter, by focus area
    ends = models.JSONField(default=dict)  # when each line last went out; of the newest month, as of ``compared_at``
    compared_at = models.DateTimeField(_("compared"), null=True)  # when it was last held against what is there now
    parts_at = models.DateTimeField(null=True)  # when its ``parts`` were written; empty: they are to be

    class Meta:
        ordering = ["month"]
        verbose_name = _("closed month")
        verbose_name_plural = _("closed months")
        constraints = [models.UniqueConstraint(fields=["strategy", "month"], name="coverage_month_closes_once")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class CoverageStory(models.Model):
    """A content that appeared in a closed month, with all that was known of it: what is behind the figures.

    ``page`` is no foreign key: it outlives the page.
    """

    snapshot = models.ForeignKey(CoverageSnapshot, models.CASCADE, related_name="stories")
    page = models.PositiveBigIntegerField(db_index=True)
    title = models.CharField(max_length=250)
    parts = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["snapshot", "page"], name="coverage_story_once_a_month")]

    def __str__(self) -> str:
        return self.title


class CoveragePart(models.Model):
    """What a closed month counts of a part of everything: a channel, a unit, a type, or what they have in common.

    Made from the month's stories, and made again when they change.
    """

    snapshot = models.ForeignKey(CoverageSnapshot, models.CASCADE, related_name="parts")
    part = models.CharField(max_length=100)  # as ``coverage.parts`` names it
    book = models.JSONField()  # of the stories as the month knew them
    last = models.JSONField()  # when each line last went out in the month, as it is known now

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "snapshot"], name="coverage_part_once_a_month")]

    def __str__(self) -> str:
        return f"{self.snapshot_id}: {self.part}"


class CoverageCorrection(models.Model):
    """What a closed month would count of a content now, where that differs. The newest of a content holds."""

    snapshot = models.ForeignKey(CoverageSnapshot, models.CASCADE, related_name="corrections")
    page = models.PositiveBigIntegerField()
    title = models.CharField(max_length=250)
    was = models.JSONField()  # its parts when the month closed; empty: it was not there
    now = models.JSONField()  # and as they were found since
    noticed_at = models.DateTimeField()

    class Meta:
        ordering = ["noticed_at", "pk"]
        indexes = [models.Index(fields=["snapshot", "page"], name="coverage_corrections")]

    def __str__(self) -> str:
        return f"{self.snapshot_id}: {self.title}"


class CoverageRunning(models.Model):
    """What has not closed, as ``coverage.running`` last counted it. Only where it is much, of the strategy in force."""

    strategy = models.OneToOneField("campaigns.Strategy", models.CASCADE, related_name="running")
    since = models.DateTimeField(null=True)  # the end of the last closed month then (UTC)
    counted_at = models.DateTimeField()
    books = models.JSONField()  # by month, as ``coverage.storing`` writes them
    last = models.JSONField()  # when each line last went out
    next = models.JSONField()  # and goes out next
    years = models.JSONField()
    kinds = models.JSONField()
    parts = models.JSONField(default=dict)  # the same of each part of everything, by its name
    parts_at = models.DateTimeField(null=True)  # when they were counted
    figures = models.JSONField(default=dict)  # beside the heat map: by open period, language and section
    figures_at = models.DateTimeField(null=True)  # when they were counted

    def __str__(self) -> str:
        return f"{self.counted_at:%Y-%m-%d %H:%M}"


class CoverageFigures(models.Model):
    """The figures beside the heat map, of a month, quarter or year that has ended: as they were counted then."""

    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    closed_at = models.DateTimeField(_("closed"))
    definitions = models.PositiveSmallIntegerField(_("version of the definitions"))
    figures = models.JSONField()  # by language and section, as ``coverage.ended`` writes them
    since = models.JSONField(null=True)  # and as they are now, where that differs
    noticed_at = models.DateTimeField(null=True)  # when that was first seen
    growing = models.JSONField(null=True)  # what is collected for long afterwards, as of ``compared_at``
    compared_at = models.DateTimeField(_("compared"), null=True)

    class Meta:
        ordering = ["first", "last"]
        verbose_name = _("figures of a period that has ended")
        verbose_name_plural = _("figures of periods that have ended")
        constraints = [models.UniqueConstraint(fields=["first", "last"], name="coverage_figures_close_once")]

    def __str__(self) -> str:
        return f"{self.first} – {self.last}"
