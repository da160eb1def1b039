"""A CourtResult: what the public is told of a judgment. It is made by the prosecutor's form, out of public facts.

Nothing internal is here or can be reached from here: ``facts`` are ``cms.court.facts.Facts`` as JSON, nothing more.
"""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.court.facts import Facts
from cms.court.sentences import standing
from cms.models.stories import Bodied
from cms.permissions import DeskPermissionTester


def today() -> object:
    """The day in Copenhagen."""
    return timezone.localdate()


class CourtResult(Bodied):
    class Appeal(models.TextChoices):
        OPEN = "open", _("can still be appealed")
        APPEALED = "appealed", _("appealed")
        FINAL = "final", _("final")

    court = models.CharField(_("court"), max_length=120, default="Københavns Byret")
    judged_on = models.DateField(_("date of the judgment"), default=today)
    appeal = models.CharField(_("appeal"), max_length=10, choices=Appeal, default=Appeal.OPEN)
    facts = models.JSONField(default=dict, blank=True, editable=False)
    identifiable = models.BooleanField(
        _("somebody can be recognised"),
        default=False,
        help_text=_("By name, picture, or what is told together. It then stays out for a shorter time."),
    )

    rules_kind = "court_result"
    from_the_desk = True
    is_creatable = False  # by the form *Indberet en dom* only; the editor is for the words
    parent_page_types = ["cms.CourtResultIndex"]
    subpage_types: list[str] = []
    template = "cms/court_result.html"
    content_panels = [*Bodied.content_panels, FieldPanel("identifiable")]

    class Meta:
        verbose_name = _("court result")
        verbose_name_plural = _("court results")

    @property
    def public_facts(self) -> Facts | None:
        """None for one that was written before there was a form."""
        return Facts.from_json(self.facts) if self.facts else None

    def permissions_for_user(self, user: Any) -> DeskPermissionTester:
        return DeskPermissionTester(user, self)

    def get_workflow(self) -> Any:
        """By the route that its facts ask for."""
        from cms.court import routes

        return routes.workflow_for(self) or super().get_workflow()

    def case_stage(self) -> str:
        stages = {self.Appeal.OPEN: "dom_1_instans", self.Appeal.APPEALED: "anket", self.Appeal.FINAL: "endelig"}
        return stages[self.Appeal(self.appeal)]

    def stays(self, months: Callable[..., int]) -> int:
        return months(identifiable=self.identifiable)

    @property
    def repeats_itself(self) -> bool:
        """The text begins with the very words of the summary, as it does when both are written from the facts."""
        from cms.texts import plain

        said, summary = plain(str(self.body)).split(), self.summary.split()
        return bool(summary) and said[: len(summary)] == summary

    def notice(self) -> str:
        """Where the case stands, so that nobody takes a judgment for the last word."""
        facts = self.public_facts
        if facts is not None:
            return standing.middle(facts)
        sentences = {
            self.Appeal.OPEN: gettext("The judgment can still be appealed."),
            self.Appeal.APPEALED: gettext("The judgment has been appealed."),
            self.Appeal.FINAL: gettext("The judgment is final."),
        }
        return sentences[self.Appeal(self.appeal)]
