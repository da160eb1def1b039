"""A plan to use again and again: what goes out before, on and after the day of an event."""

from django.db import models
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.models import Orderable

from campaigns import drafts
from campaigns.models.clusters import Cluster


class PlanTemplate(Cluster):
    name = models.CharField(_("name"), max_length=100, unique=True)
    about = models.TextField(_("what it is for"), blank=True, max_length=500)

    class Meta:
        ordering = ["name"]
        verbose_name = _("plan template")
        verbose_name_plural = _("plan templates")

    def __str__(self) -> str:
        return self.name


class PlanStep(Orderable, Cluster):
    """One text of the plan. ``days`` counts from the day of the event, ``time`` is on the clock in Copenhagen."""

    template = ParentalKey(PlanTemplate, on_delete=models.CASCADE, related_name="steps")
    days = models.SmallIntegerField(
        _("days from the event"), help_text=_("-14 is two weeks before, 0 is the day itself, 7 is a week after.")
    )
    time = models.TimeField(_("time"))
    channels = ParentalManyToManyField(
        "publishing.Channel",
        blank=True,
        related_name="+",
        verbose_name=_("channels"),
        help_text=_("None: chosen when the template is used."),
    )
    kind = models.CharField(_("type"), max_length=30, blank=True, choices=drafts.choices)
    title = models.CharField(
        _("working title"), max_length=150, help_text=_("{event}, {place}, {date} and {time} are filled in.")
    )
    hint = models.TextField(_("what it shall say"), blank=True, max_length=1000)

    class Meta(Orderable.Meta):
        verbose_name = _("step of a plan template")
        verbose_name_plural = _("steps of a plan template")

    def __str__(self) -> str:
        return f"{self.days}: {self.title}"

    @property
    def when_in_words(self) -> str:
        """The day, counted from the event."""
        if self.days == 0:
            return gettext("on the day")
        words = (
            ngettext("%(days)s day before", "%(days)s days before", -self.days)
            if self.days < 0
            else ngettext("%(days)s day after", "%(days)s days after", self.days)
        )
        return words % {"days": abs(self.days)}
