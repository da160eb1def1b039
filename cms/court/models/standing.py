"""Where the case against one defendant stands, what moved it, and what the outcome of an appeal asks for."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.court.models.cases import Case
from cms.court.models.reports import Report
from cms.court.vocabulary import DeadlineFrom, Finality


class StandingMove(models.Model):
    """One step of one defendant on the way to a final judgment. History: rows are added, never changed."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="standing_moves")
    number = models.PositiveSmallIntegerField()  # of the defendant, the same in every report of the case
    before = models.CharField(max_length=20, choices=Finality)
    after = models.CharField(max_length=20, choices=Finality)
    on = models.DateField(_("day"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True  # no page tells that it is used here

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("change of where a case stands")
        verbose_name_plural = _("changes of where cases stand")

    def __str__(self) -> str:
        return f"{self.case_id} T{self.number} {self.after}"


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def owed(self) -> "FollowUpQuerySet":
        return self.filter(done_at=None)


class FollowUp(models.Model):
    """An appeal ended: the new judgment is told on the same channels, and the earlier post is corrected (R-23)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="follow_ups")
    earlier = models.ForeignKey(Report, models.CASCADE, related_name="+")
    report = models.ForeignKey(Report, models.SET_NULL, null=True, related_name="+")  # of the new judgment
    opened_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField(_("no later than"))  # three working days; after that editors see it too (C-15)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=500, blank=True)  # where it was ended by hand

    objects = FollowUpQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["opened_at"]
        verbose_name = _("follow-up of an appeal")
        verbose_name_plural = _("follow-ups of appeals")

    def __str__(self) -> str:
        return f"{self.case_id} {self.due_on}"


class AppealDeadline(models.Model):
    """The last day of appeal of one defendant, as a prosecutor confirmed it. Until then it is only computed (R-50)."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="confirmed_deadlines")
    number = models.PositiveSmallIntegerField()
    runs_from = models.CharField(max_length=12, choices=DeadlineFrom)
    day = models.DateField(_("last day of appeal"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="cms_deadline_once")]
        verbose_name = _("confirmed time for appeal")
        verbose_name_plural = _("confirmed times for appeal")

    def __str__(self) -> str:
        return f"{self.report_id} T{self.number} {self.day}"
