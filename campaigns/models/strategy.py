"""The strategy: goals (pejlemærker) with focus areas, pillars with units."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class StrategyQuerySet(models.QuerySet["Strategy"]):
    def in_force(self) -> "Strategy | None":
        """The one that counts today; the newest when none was put in force."""
        return self.filter(status=Strategy.Status.CURRENT).first() or self.first()


class Strategy(models.Model):
    """One year's strategy; several live side by side, one of them in force."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("in preparation")
        CURRENT = "current", _("in force")
        PAST = "past", _("past")

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)

    objects = StrategyQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["status"], condition=models.Q(status="current"), name="strategy_one_in_force"
            )
        ]
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
    order = models.PositiveSmallIntegerField(_("order"), default=0)

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

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="goals", verbose_name=_("strategy"))

    class Meta:
        ordering = ["order"]
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        constraints = [models.UniqueConstraint(fields=["strategy", "key"], name="goal_key_once_a_strategy")]


class FocusArea(Named):
    """An indsatsområde."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="focus_areas", verbose_name=_("goal"))
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

    @property
    def motto(self) -> str:
        """In the language of the reader."""
        return (self.motto_en or self.motto_da) if get_language() == "en" else self.motto_da


class Pillar(Named):
    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="pillars", verbose_name=_("strategy"))

    class Meta:
        ordering = ["order"]
        verbose_name = _("pillar")
        verbose_name_plural = _("pillars")
        constraints = [models.UniqueConstraint(fields=["strategy", "key"], name="pillar_key_once_a_strategy")]


class Unit(Named):
    pillar = models.ForeignKey(Pillar, models.CASCADE, related_name="units", verbose_name=_("pillar"))
    tagline_da = models.CharField(_("tagline in Danish"), max_length=200, blank=True)
    tagline_en = models.CharField(_("tagline in English"), max_length=200, blank=True)

    class Meta:
        ordering = ["pillar__order", "order"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [models.UniqueConstraint(fields=["pillar", "key"], name="unit_key_once_a_pillar")]
