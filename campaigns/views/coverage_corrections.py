"""What has changed since months closed: story by story, as it was counted and as it is now."""

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import badges
from campaigns.coverage import Month, Story, denominators, month_of
from campaigns.coverage.books import keep, places
from campaigns.coverage.corrections import Correction
from campaigns.coverage.facts import Period
from campaigns.views import coverage_links, coverage_story_links, coverage_words
from campaigns.views.coverage_asked import CoverageReport


class Corrections(CoverageReport):
    template_name = "campaigns/coverage/corrections.html"
    page_title = gettext_lazy("Corrections")
    trail = ((reverse_lazy("campaigns_coverage:index"), gettext_lazy("Coverage")),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        months = set(self.period.months())
        closed = [one for one in self.ledger.closings if one.month in months]
        found = [one for one in self.ledger.corrections(closed, self.selection) if self.asked_for(one)]
        return super().get_context_data(
            **{
                "rows": self.rows(found),
                "question": self.question(),
                "denominators": denominators.changed(self.ledger, self.period, self.ledger.as_closed(self.period)),
                "compared": max((one.compared_at for one in closed if one.compared_at), default=None),
                "back": coverage_links.link("index", self.asked),
                **kwargs,
            }
        )

    def asked_for(self, one: Correction) -> bool:
        """Of the line and the month that led here."""
        behind = self.behind()
        if behind.get("month", one.month) != one.month:
            return False
        parts = [both for story in (one.was, one.now) if story for both in places(story)]
        lines = {place for place, part in parts if month_of(part.at) == one.month}
        return all((name, behind[name]) in lines for name in ("area", "initiative") if name in behind)

    def rows(self, found: list[Correction]) -> list[dict[str, Any]]:
        urls = coverage_story_links.of([story for one in found if (story := one.now or one.was)], self.person)
        return [
            {
                "title": one.title,
                "url": urls.get(one.key, ""),
                "month": coverage_words.month_name(*one.month),
                "sides": [self.side(one.was, one.month), self.side(one.now, one.month)],
                "noticed_at": one.noticed_at,
            }
            for one in found
        ]

    def side(self, story: Story | None, month: Month) -> dict[str, Any]:
        """The story as the month counts it, or where it is instead."""
        if story is None:
            return {"elsewhere": _("not there")}
        if month_of(story.at) != month:
            elsewhere = _("counts in %(month)s") % {"month": coverage_words.month_name(*month_of(story.at))}
            return {"elsewhere": elsewhere}
        areas = {area.id: area.name for area in self.ledger.areas}
        book = keep([story], self.now, period=Period.of_month(month)).books[month]
        mark = {"": "", "proposed": _("proposed"), "dry": _("dry run")}[story.mark]
        return {
            "badge": badges.of_fate(story.fate),
            "area": areas.get(story.area or 0, _("Without a focus area")),
            "mark": mark,
            "publications": sum(line.publications for place, line in book.lines.items() if place[0] == "area"),
        }
