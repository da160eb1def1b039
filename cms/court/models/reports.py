"""A report of one judgment: what a prosecutor writes down outside the courtroom. Internal as a whole."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.fields import WallTimeField
from cms.court.models.cases import Case
from cms.court.vocabulary import CaseType, Court, DeadlineFrom, Instance


class ReportQuerySet(models.QuerySet["Report"]):
    def of(self, user: object) -> "ReportQuerySet":
        """Those this person wrote, or steps in for."""
        return self.filter(models.Q(prosecutor=user) | models.Q(deputy=user))


class Report(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        FILED = "filed", _("filed")  # the facts are confirmed, the text is on its way
        RETURNED = "returned", _("returned, the facts are in question")

    class Restrictions(models.TextChoices):
        NONE = "none", _("there are none")
        SOME = "some", _("there are restrictions")

    class Told(models.TextChoices):
        """Who must be told before the public is."""

        DEFENCE = "defence", _("the defence")
        VICTIM = "victim", _("the victim or their counsel")
        SENIOR = "senior", _("the senior prosecutor")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="reports")
    # No way back from the page: related_name is off, so that nothing that holds a page holds this.
    page = models.OneToOneField("cms.CourtResult", models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=0)  # counts saves, so that an old form cannot undo a newer one
    prosecutor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("prosecutor")
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("deputy")
    )
    unit = models.ForeignKey(
        "campaigns.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )

    # The judgment: may be said
    court = models.CharField(_("court"), max_length=20, choices=Court, default=Court.COPENHAGEN)
    other_court = models.CharField(_("name of the court"), max_length=120, blank=True)
    instance = models.PositiveSmallIntegerField(_("instance"), choices=Instance, default=Instance.FIRST)
    case_type = models.CharField(_("type of case"), max_length=20, choices=CaseType, default=CaseType.LAY_JUDGES)
    pronounced_at = WallTimeField(_("pronounced"), null=True, blank=True)
    place = models.CharField(_("place, coarse"), max_length=80, blank=True)
    period = models.CharField(_("period, coarse"), max_length=80, blank=True)
    said = models.JSONField(_("what may be said"), default=list, blank=True)  # [{"text": ..., "open": in open court}]
    advice = models.CharField(_("advice to the public"), max_length=300, blank=True)
    contact = models.CharField(_("press contact"), max_length=120, blank=True)
    quote = models.CharField(_("quotation"), max_length=300, blank=True)
    quoted = models.CharField(_("who is quoted"), max_length=120, blank=True)
    quote_approved = models.BooleanField(_("approved by the person quoted"), default=False)

    # Where it goes
    channels = models.ManyToManyField("publishing.Channel", related_name="+", blank=True, verbose_name=_("channels"))
    comments_closed = models.BooleanField(_("comments are closed"), default=True)
    embargo_until = WallTimeField(_("embargo until"), null=True, blank=True)
    initiatives = models.ManyToManyField(
        "campaigns.Initiative", related_name="+", blank=True, verbose_name=_("initiatives")
    )
    focus_area = models.ForeignKey(
        "campaigns.FocusArea", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("focus area")
    )
    review_on = models.DateField(_("look at it again on"), null=True, blank=True)
    expires_on = models.DateField(_("taken down on"), null=True, blank=True)

    # Never leaves the desk
    not_to_be_said = models.TextField(_("what may not be said"), max_length=600, blank=True)
    victims = models.PositiveSmallIntegerField(_("number of victims"), default=0)
    minor_victim = models.BooleanField(_("a victim is under 18"), default=False)
    sexual_offence = models.BooleanField(_("sexual offence"), default=False)
    vulnerable_victim = models.BooleanField(_("a victim is especially vulnerable"), default=False)
    others_pending = models.BooleanField(_("cases against others are pending"), default=False)
    pending_note = models.CharField(_("about the pending cases"), max_length=250, blank=True)
    police_employee = models.BooleanField(_("concerns somebody employed by the police"), default=False)
    sensitive_matter = models.BooleanField(_("intelligence, terror or diplomacy"), default=False)
    deadline_from = models.CharField(
        _("the time for appeal runs from"), max_length=12, choices=DeadlineFrom, default=DeadlineFrom.PRONOUNCED
    )
    deadline_start = models.DateField(_("day of service or dispatch"), null=True, blank=True)
    deadline = models.DateField(_("last day of appeal"), null=True, blank=True)
    defence_told_at = WallTimeField(_("defence told"), null=True, blank=True)
    victim_told_at = WallTimeField(_("victim or their counsel told"), null=True, blank=True)
    senior_told_at = WallTimeField(_("senior prosecutor told"), null=True, blank=True)
    not_relevant = models.JSONField(default=list, blank=True)  # which of the three need not be told
    restrictions_answer = models.CharField(
        _("are there restrictions"), max_length=4, choices=Restrictions, blank=True, default=""
    )
    restriction_rows = models.JSONField(default=dict, blank=True)  # not registered yet: row of the form -> what it says
    saved_in = models.CharField(max_length=32, blank=True)  # the window that saved last, which may repeat itself
    saved_number = models.PositiveIntegerField(default=0)  # how many times that window had saved
    text_confirmed = models.CharField(max_length=64, blank=True)  # fingerprint of a reworded text that says the facts
    text_asked = models.CharField(max_length=64, blank=True)  # the one the prosecutor was last asked about
    confirmed_at = models.DateTimeField(null=True, blank=True)  # declared correct, restrictions checked
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)

    objects = ReportQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # no page tells that it is used here

    class Meta:
        verbose_name = _("report of a judgment")
        verbose_name_plural = _("reports of judgments")

    def __str__(self) -> str:
        return f"{self.case} ({self.get_court_display()})"
