"""A defendant of a case without a name (T1, T2 ...), and what the judgment of one report gave them."""

from datetime import date

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.court.models.reports import Report
from cms.court.vocabulary import Finality, Outcome, Plea, Relation, SanctionKind, Severity, Sex, Stance

# Judged, and somebody may say that it is final.
CAN_BE_FINAL = (
    Finality.FIRST_INSTANCE,
    Finality.SECOND_INSTANCE,
    Finality.SUPREME_COURT,
    Finality.DEFAULT_JUDGMENT,
)
# Answers to a judgment that are an appeal.
APPEALS = frozenset({Stance.APPEALED_GUILT, Stance.APPEALED_SENTENCE})


class DefendantQuerySet(models.QuerySet["Defendant"]):
    def may_be_final(self, before: date) -> "DefendantQuerySet":
        """Judged by this day in a report that was filed, and nobody has said that it is final or appealed."""
        filed = self.exclude(report__state=Report.State.DRAFT).filter(finality__in=CAN_BE_FINAL)
        return filed.filter(report__pronounced_at__date__lte=before)


class Defendant(models.Model):
    report = models.ForeignKey(Report, models.CASCADE, related_name="defendants")
    number = models.PositiveSmallIntegerField()  # the same person has the same number in every report of the case
    company = models.BooleanField(_("a company"), default=False)
    age = models.PositiveSmallIntegerField(_("age"), null=True, blank=True, validators=[MaxValueValidator(120)])
    age_then = models.PositiveSmallIntegerField(
        _("age at the time of the offence"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    sex = models.CharField(_("sex"), max_length=6, choices=Sex, blank=True, default=Sex.UNSAID)
    age_public = models.BooleanField(_("the age may be said"), default=True)
    sex_public = models.BooleanField(_("the sex may be said"), default=True)
    plea = models.CharField(_("plea"), max_length=10, choices=Plea, blank=True, default=Plea.UNSAID)
    plea_public = models.BooleanField(_("the plea may be said"), default=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    offences = models.JSONField(_("offences in plain words"), default=list, blank=True)
    acquitted_of = models.JSONField(_("acquitted of"), default=list, blank=True)
    sections = models.CharField(_("sections of law"), max_length=200, blank=True)
    severity = models.CharField(_("how grave"), max_length=8, choices=Severity, blank=True, default="")
    relation = models.CharField(_("relation to the victim"), max_length=12, choices=Relation, default=Relation.UNKNOWN)
    stance = models.CharField(_("the defendant"), max_length=20, choices=Stance, default=Stance.UNKNOWN)
    prosecution = models.CharField(_("the prosecution"), max_length=20, choices=Stance, default=Stance.UNKNOWN)
    finality = models.CharField(_("where it stands"), max_length=20, choices=Finality, default=Finality.FIRST_INSTANCE)

    objects = DefendantQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # no page tells that it is used here

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="cms_defendant_once")]
        verbose_name = _("defendant")
        verbose_name_plural = _("defendants")

    def __str__(self) -> str:
        return f"T{self.number}"

    @property
    def minor(self) -> bool:
        """Now or when it happened."""
        known = [age for age in (self.age, self.age_then) if age is not None]
        return bool(known) and min(known) < 18 and not self.company

    @property
    def stands(self) -> Finality:
        """Where the case stands. Who appealed on the spot has appealed, whatever the form was left at."""
        on_the_spot = self.finality == Finality.FIRST_INSTANCE and APPEALS & {self.stance, self.prosecution}
        return Finality.APPEALED if on_the_spot else Finality(self.finality)


class Sanction(models.Model):
    """One part of the sentence."""

    defendant = models.ForeignKey(Defendant, models.CASCADE, related_name="sanctions")
    kind = models.CharField(_("sanction"), max_length=20, choices=SanctionKind)
    years = models.PositiveSmallIntegerField(_("years"), default=0)
    months = models.PositiveSmallIntegerField(_("months"), default=0)
    days = models.PositiveSmallIntegerField(_("days"), default=0)
    hours = models.PositiveSmallIntegerField(_("hours"), default=0)
    amount = models.PositiveBigIntegerField(_("kroner"), default=0)
    for_good = models.BooleanField(_("for good"), default=False)
    what = models.CharField(_("what"), max_length=120, blank=True)

    wagtail_reference_index_ignore = True  # no page tells that it is used here

    class Meta:
        ordering = ["pk"]
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")

    def __str__(self) -> str:
        return str(self.get_kind_display())
