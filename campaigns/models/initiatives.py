"""Initiatives with their printed numbers, what is odd about them in the source, and which focus area each serves."""

from django.conf import settings
from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from campaigns.models.strategy import FocusArea, Goal, Strategy, Unit

SEARCHED = ("title_da", "title_en", "unit__name_da", "unit__name_en")


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    def matching(self, text: str) -> "InitiativeQuerySet":
        """By number (whole or its beginning, as printed or as likely read) and words of the title or unit.

        Every word must be found, in either language. A number that is met exactly comes first.
        """
        rows, words = self, text.split()
        for word in words:
            found = Q(number__startswith=word) | Q(likely_number__startswith=word)
            # SQLite folds the case of ASCII only: Å and å are told apart unless both are asked for.
            for variant in {word, word.lower(), word.upper(), word.capitalize()}:
                for field in SEARCHED:
                    found |= Q(**{f"{field}__icontains": variant})
            rows = rows.filter(found)
        exact = When(Q(number__in=words) | Q(likely_number__in=words), then=Value(0))
        ranked = rows.annotate(rank=Case(exact, default=Value(1), output_field=IntegerField()))
        return ranked.order_by("rank", *(self.query.order_by or ["strategy", "number"]))


class Initiative(models.Model):
    """One numbered initiative of one unit. The number is as printed and not unique: 1191 stands in two units."""

    class Suitable(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        UNDECIDED = "undecided", _("undecided")

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="initiatives", verbose_name=_("strategy"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="initiatives", verbose_name=_("unit"))
    goal = models.ForeignKey(
        Goal, models.SET_NULL, null=True, blank=True, related_name="initiatives", verbose_name=_("goal")
    )
    number = models.CharField(_("number as printed"), max_length=10)
    likely_number = models.CharField(_("likely reading"), max_length=10, blank=True)
    title_da = models.CharField(_("short title in Danish"), max_length=200)
    title_en = models.CharField(_("short title in English"), max_length=200, blank=True)
    suitable = models.CharField(
        _("suitable for outward communication"), max_length=10, choices=Suitable, default=Suitable.UNDECIDED
    )
    source_note = models.TextField(_("note on the source"), blank=True)
    carried_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="carried_to",
        verbose_name=_("carried over from"),
    )

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        ordering = ["strategy", "number"]
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        constraints = [
            models.UniqueConstraint(fields=["strategy", "unit", "number"], name="initiative_once_a_unit_and_number")
        ]

    def __str__(self) -> str:
        return f"{self.shown_number} {self.title}"

    @property
    def shown_number(self) -> str:
        """As printed, with the likely reading beside it."""
        if not self.likely_number:
            return self.number
        return gettext("%(number)s (probably %(likely)s)") % {"number": self.number, "likely": self.likely_number}

    @property
    def title(self) -> str:
        """In the language of the reader."""
        return (self.title_en or self.title_da) if get_language() == "en" else self.title_da


class Anomaly(models.Model):
    """Something odd in the source, kept until an editor settles it."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="anomalies")
    code = models.CharField(_("code"), max_length=10)
    printed = models.CharField(_("as printed"), max_length=300, blank=True)
    description_da = models.TextField(_("description in Danish"))
    description_en = models.TextField(_("description in English"), blank=True)
    proposal_da = models.TextField(_("proposal in Danish"), blank=True)
    proposal_en = models.TextField(_("proposal in English"), blank=True)
    initiatives = models.ManyToManyField(Initiative, related_name="anomalies", blank=True)
    decision = models.TextField(_("decision"), blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )

    class Meta:
        ordering = ["strategy", "code"]
        verbose_name = _("anomaly of the source")
        verbose_name_plural = _("anomalies of the source")
        constraints = [models.UniqueConstraint(fields=["strategy", "code"], name="anomaly_code_once_a_strategy")]

    def __str__(self) -> str:
        return f"{self.code}: {self.description}"

    @property
    def description(self) -> str:
        """In the language of the reader."""
        return (self.description_en or self.description_da) if get_language() == "en" else self.description_da

    @property
    def proposal(self) -> str:
        """What the likely answer is, in the language of the reader."""
        return (self.proposal_en or self.proposal_da) if get_language() == "en" else self.proposal_da


class FocusMapping(models.Model):
    """Which focus area an initiative serves. The 2023 document maps none, so all start as proposals."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed")
        REJECTED = "rejected", _("rejected")

    class Confidence(models.TextChoices):
        HIGH = "high", _("high")
        MEDIUM = "medium", _("medium")
        LOW = "low", _("low")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="mappings", verbose_name=_("initiative"))
    focus_area = models.ForeignKey(FocusArea, models.CASCADE, related_name="mappings", verbose_name=_("focus area"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PROPOSED)
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        ordering = ["initiative__strategy", "initiative__number", "focus_area"]
        verbose_name = _("focus mapping")
        verbose_name_plural = _("focus mappings")
        constraints = [
            models.UniqueConstraint(fields=["initiative", "focus_area"], name="mapping_once_an_initiative_and_area")
        ]

    def __str__(self) -> str:
        return f"{self.initiative} → {self.focus_area}"
