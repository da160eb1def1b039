"""A restriction imposed by a court: on one person, with a life of its own (R-01 to R-13)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.court.models.cases import Case
from cms.court.vocabulary import IN_FORCE, RestrictionKind, RestrictionState


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
