"""A CourtResult: the plain version. The prosecutor's own form is built on top of it."""

from collections.abc import Callable

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from cms.models.stories import Bodied


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

    identifiable = models.BooleanField(
        _("somebody can be recognised"),
        default=False,
        help_text=_("By name, picture, or what is told together. It then stays out for a shorter time."),
    )

    rules_kind = "court_result"
    parent_page_types = ["cms.CourtResultIndex"]
    subpage_types: list[str] = []
    template = "cms/court_result.html"
    content_panels = [
        *Bodied.content_panels[:1],
        MultiFieldPanel(
            [
                FieldPanel("court"),
                FieldRowPanel([FieldPanel("judged_on"), FieldPanel("appeal")]),
                FieldPanel("identifiable"),
            ],
            heading=_("Judgment"),
            icon="doc-full-inverse",
        ),
        *Bodied.content_panels[1:],
    ]

    class Meta:
        verbose_name = _("court result")
        verbose_name_plural = _("court results")

    def case_stage(self) -> str:
        stages = {self.Appeal.OPEN: "dom_1_instans", self.Appeal.APPEALED: "anket", self.Appeal.FINAL: "endelig"}
        return stages[self.Appeal(self.appeal)]

    def stays(self, months: Callable[..., int]) -> int:
        return months(identifiable=self.identifiable)

    def notice(self) -> str:
        """Where the case stands, so that nobody takes a judgment for the last word."""
        sentences = {
            self.Appeal.OPEN: gettext("The judgment can still be appealed."),
            self.Appeal.APPEALED: gettext("The judgment has been appealed."),
            self.Appeal.FINAL: gettext("The judgment is final."),
        }
        return sentences[self.Appeal(self.appeal)]
