"""A Route: which signatures a class of court result needs. Data: the classes, the steps and their groups."""

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _


class Circumstance(models.TextChoices):
    """What makes a result one that more people must look at."""

    MINOR = "minor", _("a defendant is under 18")
    MINOR_VICTIM = "minor_victim", _("a victim is under 18")
    SEXUAL_OFFENCE = "sexual_offence", _("sexual offence")
    CLOSED_DOORS = "closed_doors", _("closed doors or a ban on reporting")
    RESTRICTION = "restriction", _("a restriction in force")
    OTHERS_PENDING = "others_pending", _("cases against others are pending")
    POLICE_EMPLOYEE = "police_employee", _("concerns somebody employed by the police")
    SENSITIVE_MATTER = "sensitive_matter", _("intelligence, terror or diplomacy")


class RouteQuerySet(models.QuerySet["Route"]):
    def for_result(self, circumstances: Collection[str]) -> "Route | None":
        """The first that is meant for any of these; otherwise the one that is meant for none in particular."""
        routes = list(self.select_related("workflow"))
        special = next((route for route in routes if set(route.circumstances) & set(circumstances)), None)
        return special or next((route for route in routes if not route.circumstances), None)


class Route(models.Model):
    name = models.CharField(_("name"), max_length=80, unique=True)
    sort_order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("The first route that fits is taken.")
    )
    circumstances = models.JSONField(_("for results where"), default=list, blank=True)
    workflow = models.ForeignKey(
        "wagtailcore.Workflow",
        models.PROTECT,
        related_name="+",
        verbose_name=_("signatures"),
        help_text=_("The steps of this workflow are the signatures it needs, in that order."),
    )

    objects = RouteQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("route of court results")
        verbose_name_plural = _("routes of court results")

    def __str__(self) -> str:
        return self.name

    def circumstances_in_words(self) -> str:
        known = dict(Circumstance.choices)
        return ", ".join(str(known.get(key, key)) for key in self.circumstances) or str(_("all others"))

    circumstances_in_words.short_description = _("for results where")  # type: ignore[attr-defined]

    def signatures(self) -> str:
        """The steps in order, for people."""
        tasks = self.workflow.tasks.order_by("workflow_tasks__sort_order")
        return " → ".join(task.name for task in tasks)

    signatures.short_description = _("signatures")  # type: ignore[attr-defined]
