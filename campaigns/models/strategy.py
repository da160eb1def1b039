"""The strategy: goals (pejlemærker) with focus areas, pillars with units, initiatives with their printed numbers."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Strategy(models.Model):
    """One year's strategy; several live side by side."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("in preparation")
        CURRENT = "current", _("in force")
        PAST = "past", _("past")

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)

    class Meta:
        ordering = ["-year"]
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")
        permissions = [("view_coverage", _("Can see coverage"))]

    def __str__(self) -> str:
        return f"{self.title} ({self.year})"


class Named(models.Model):
    """Something of a strategy with a name in both languages and a stable key."""

    key = models.SlugField(_("key"), max_length=60)
    name_da = models.CharField(_("name in Danish"), max_length=150)
    name_en = models.CharField(_("name in English"), max_length=150, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the language of the reader."""
        return (self.name_en or self.name_da) if get_language() == "en" else self.name_da


class Goal(Named):
    """A pejlemærke."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="goals")

    class Meta:
        ordering = ["order"]
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        constraints = [models.UniqueConstraint(fields=["strategy", "key"], name="goal_key_once_a_strategy")]


class FocusArea(Named):
    """An indsatsområde."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="focus_areas")
    motto_da = models.CharField(_("motto in Danish"), max_length=200, blank=True)
    motto_en = models.CharField(_("motto in English"), max_length=200, blank=True)
    target_per_quarter = models.PositiveSmallIntegerField(
        _("stories aimed at a quarter"), null=True, blank=True, help_text=_("Empty: no target has been set.")
    )

    class Meta:
        ordering = ["goal__order", "order"]
        verbose_name = _("focus area")
        verbose_name_plural = _("focus areas")
        constraints = [models.UniqueConstraint(fields=["goal", "key"], name="focus_area_key_once_a_goal")]


class Pillar(Named):
    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="pillars")

    class Meta:
        ordering = ["order"]
        verbose_name = _("pillar")
        verbose_name_plural = _("pillars")
        constraints = [models.UniqueConstraint(fields=["strategy", "key"], name="pillar_key_once_a_strategy")]


class Unit(Named):
    pillar = models.ForeignKey(Pillar, models.CASCADE, related_name="units")
    tagline_da = models.CharField(_("tagline in Danish"), max_length=200, blank=True)
    tagline_en = models.CharField(_("tagline in English"), max_length=200, blank=True)

    class Meta:
        ordering = ["pillar__order", "order"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [models.UniqueConstraint(fields=["pillar", "key"], name="unit_key_once_a_pillar")]


class Initiative(models.Model):
    """One numbered initiative of one unit. The number is as printed and not unique: 1191 stands in two units."""

    class Suitable(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        UNDECIDED = "undecided", _("undecided")

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="initiatives")
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

    class Meta:
        ordering = ["strategy", "number"]
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        constraints = [
            models.UniqueConstraint(fields=["strategy", "unit", "number"], name="initiative_once_a_unit_and_number")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def title(self) -> str:
        """In the language of the reader."""
        return (self.title_en or self.title_da) if get_language() == "en" else self.title_da


class Anomaly(models.Model):
    """Something odd in the source, kept until an editor settles it."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="anomalies")
    code = models.CharField(_("code"), max_length=10)
    description_da = models.TextField(_("description in Danish"))
    description_en = models.TextField(_("description in English"), blank=True)
    proposal_da = models.TextField(_("proposal in Danish"), blank=True)
    proposal_en = models.TextField(_("proposal in English"), blank=True)
    initiatives = models.ManyToManyField(Initiative, related_name="anomalies", blank=True)
    decision = models.TextField(_("decision"), blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

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
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("focus mapping")
        verbose_name_plural = _("focus mappings")
        constraints = [
            models.UniqueConstraint(fields=["initiative", "focus_area"], name="mapping_once_an_initiative_and_area")
        ]

    def __str__(self) -> str:
        return f"{self.initiative} -> {self.focus_area}"
