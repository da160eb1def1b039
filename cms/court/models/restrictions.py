"""A restriction imposed by a court: on one person, with a life of its own (R-01 to R-13).

::

    requested --impose--> active --extend--> extended
        |                    |                   |
        '--refuse--> refused |<-impose (upheld)  |--lift--> lifted
                             |--lift_appealed--> lifted_appealed --end_effect--> lifted
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.court.models.cases import Case
from cms.court.vocabulary import IN_FORCE, RestrictionKind, RestrictionState

State = RestrictionState


class Verb(models.TextChoices):
    """What can happen to a restriction. The labels are the words on the buttons."""

    REQUEST = "request", _("Requested")
    IMPOSE = "impose", _("Imposed by the court")
    EXTEND = "extend", _("Extended for the appeal")
    LIFT = "lift", _("Lifted, or has run out")
    LIFT_APPEALED = "lift_appealed", _("Lifted, but appealed with suspensive effect")
    END_EFFECT = "end_effect", _("The suspensive effect has ended")
    REFUSE = "refuse", _("Refused, or the request was dropped")
    CONFIRM = "confirm", _("Still holds")


# The state machine: verb to state before to state after. What is not here cannot happen.
MOVES: dict[str, dict[str, str]] = {
    Verb.IMPOSE: {
        State.REQUESTED: State.ACTIVE,
        State.REFUSED: State.ACTIVE,  # by the court above
        State.LIFTED_APPEALED: State.ACTIVE,  # upheld by the court above
    },
    Verb.EXTEND: {State.ACTIVE: State.EXTENDED, State.EXTENDED: State.EXTENDED},
    Verb.LIFT: {State.ACTIVE: State.LIFTED, State.EXTENDED: State.LIFTED},
    Verb.LIFT_APPEALED: {
        State.ACTIVE: State.LIFTED_APPEALED,
        State.EXTENDED: State.LIFTED_APPEALED,
        State.LIFTED: State.LIFTED_APPEALED,
    },
    Verb.END_EFFECT: {State.LIFTED_APPEALED: State.LIFTED},
    Verb.REFUSE: {State.REQUESTED: State.REFUSED},
    Verb.CONFIRM: {state: state for state in IN_FORCE},
}


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    def in_force(self) -> "RestrictionQuerySet":
        """Requested, and lifted but appealed with suspensive effect, count as in force."""
        return self.filter(state__in=IN_FORCE)


class Restriction(models.Model):
    case = models.ForeignKey(Case, models.PROTECT, related_name="restrictions")
    # Whom it protects: a defendant of the case by number, or somebody else in words that name nobody.
    defendant_number = models.PositiveSmallIntegerField(_("defendant"), null=True, blank=True)
    protects = models.CharField(_("whom it protects"), max_length=120, blank=True)
    kind = models.CharField(_("restriction"), max_length=15, choices=RestrictionKind)
    state = models.CharField(_("state"), max_length=15, choices=RestrictionState)
    scope = models.CharField(_("scope"), max_length=250, blank=True)
    lasts_until = models.CharField(_("lasts until"), max_length=120, blank=True)
    imposed_on = models.DateField(_("imposed"), null=True, blank=True)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(_("last confirmed"), null=True, blank=True)

    objects = RestrictionQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # no page tells that it is used here

    class Meta:
        ordering = ["pk"]
        verbose_name = _("restriction")
        verbose_name_plural = _("restrictions")

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def is_in_force(self) -> bool:
        return self.state in IN_FORCE

    def possible(self) -> list[Verb]:
        """What can happen to it from here."""
        return [Verb(verb) for verb, moves in MOVES.items() if self.state in moves]


class RestrictionMove(models.Model):
    """One thing that happened to a restriction. History: rows are added, never changed."""

    restriction = models.ForeignKey(Restriction, models.CASCADE, related_name="moves")
    verb = models.CharField(max_length=15, choices=Verb)
    before = models.CharField(max_length=15, choices=RestrictionState, blank=True)
    after = models.CharField(max_length=15, choices=RestrictionState)
    on = models.DateField(_("day"))  # of the court's decision
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("change of a restriction")
        verbose_name_plural = _("changes of restrictions")

    def __str__(self) -> str:
        return f"{self.restriction_id} {self.verb}"
