"""Coverage in the admin: the table, the stories behind each of its numbers, and the same as CSV."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy

from campaigns import badges, drafts
from campaigns.coverage import Fate, Story, Topic, charts, written_table
from campaigns.models import CoverageSubscription
from campaigns.views import coverage_links, coverage_story_links, coverage_table, coverage_topics, coverage_words
from campaigns.views.coverage_asked import CoverageReport, GatheredReport
from publishing.models import Channel

SUITABLE = ["yes", "undecided", "no"]


class Beside(GatheredReport):
    """What stands beside the table, by itself: fetched by the page when it would keep the first figure waiting."""

    template_name = "campaigns/coverage/beside_page.html"
    page_title = gettext_lazy("Beside the coverage")
    trail: tuple[tuple[Any, Any], ...] = ((reverse_lazy("campaigns_coverage:index"), gettext_lazy("Coverage")),)

    def get_template_names(self) -> list[str]:
        part = self.request.headers.get("X-Part") == "beside"
        return ["campaigns/coverage/beside.html"] if part else [self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{
                "whole": self.dossier.whole,
                "later": coverage_links.link("beside", self.asked),
                "units": self.dossier.units,
                "channels": self.dossier.channels,
                "weights": self.dossier.weights,
                "sections": self.dossier.sections,
                "selected": self.dossier.selected,
                "charts": coverage_links.charts_of(self.asked, charts.every(self.dossier)),
                "subscribed": CoverageSubscription.objects.filter(user=self.person).exists(),
                "back": coverage_links.link("index", self.asked),
                **kwargs,
            }
        )


class CoveragePage(Beside):
    template_name = "campaigns/coverage/page.html"
    page_title = gettext_lazy("Coverage")
    trail = ()
    at_once: int | None = 2000  # publications

    def get_template_names(self) -> list[str]:
        return [self.template_name]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("format") == "csv":
            self.at_once = None
            return self.as_csv()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{
                "found": self.found,
                "table": self.table(),
                "closed": self.dossier.standing.closed,
                "begins": self.dossier.begins,
                "unknown": self.dossier.unknown,
                "counted_at": self.dossier.standing.counted_at,
                "corrections": len(self.dossier.standing.corrections),
                "denominators": len(self.dossier.denominators),
                "corrections_url": coverage_links.link("corrections", self.asked),
                "by": self.by,
                "switches": coverage_links.switches(self.asked, self.by),
                "finding": self.dossier.finding,
                "gaps": self.found.gaps(),
                "gap_areas": [row.area.name for row in self.found.areas if row.area and row.gap],
                "told": self.found.total,
                "undecided": sum(1 for row in self.found.topics if row.topic.suitable == "undecided"),
                "topics": coverage_topics.of(self.found, self.asked),
                "exports": coverage_links.exports(self.asked),
                "may_draft": drafts.may_write(self.person),
                "caption": coverage_words.caption(self.by),
                "by_label": coverage_words.labels()[self.by],
                "legend": [badges.of_fate(fate) for fate in (Fate.SENT, Fate.PLANNED)],
                **kwargs,
            }
        )

    def table(self) -> coverage_table.Table:
        return coverage_table.of(self.dossier, self.by, self.asked)

    def as_csv(self) -> HttpResponse:
        period = self.found.period
        response = HttpResponse(written_table.as_csv(self.dossier), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="coverage-{period.first}-{period.last}.csv"'
        return response


class CoverageStories(CoverageReport):
    """The stories behind one number."""

    template_name = "campaigns/coverage/stories.html"
    page_title = gettext_lazy("Stories behind the number")
    trail = ((reverse_lazy("campaigns_coverage:index"), gettext_lazy("Coverage")),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        stories, behind = self.ledger.behind(self.period, self.selection, **self.behind()), self.behind()
        area = behind["area"] if behind.keys() == {"area"} else None
        return super().get_context_data(
            **{
                "rows": self.rows(stories),
                "question": self.question(),
                "area": area,
                "serving": self.serving(area),
                "may_draft": drafts.may_write(self.person),
                "back": coverage_links.link("index", self.asked),
                **kwargs,
            }
        )

    def serving(self, area: int | None) -> list[tuple[Topic, str]]:
        """What can be told about of a focus area, each with whether it is suitable; those that are come first."""
        topics = [topic for topic in self.ledger.topics if area in topic.confirmed | topic.proposed]
        topics.sort(key=lambda topic: (SUITABLE.index(topic.suitable), topic.number))
        return [(topic, badges.of_suitable(topic.suitable).label) for topic in topics]

    def rows(self, stories: list[Story]) -> list[dict[str, Any]]:
        """Each story with where it went, and its page when it is still there."""
        urls, pages = coverage_story_links.of(stories, self.person), coverage_story_links.there(stories)
        channels = dict(Channel.objects.values_list("pk", "name"))
        topics = {topic.id: topic for topic in self.ledger.topics}
        areas = {area.id: area.name for area in self.ledger.areas}
        return [
            {
                "story": story,
                "url": urls.get(story.key, ""),
                "gone": coverage_story_links.page_of(story) not in pages,
                "badge": badges.of_fate(story.fate),
                "area": areas.get(story.area or 0, ""),
                "topics": [topics[one] for one in sorted(story.initiatives) if one in topics],
                "parts": [(channels.get(one.channel, ""), badges.of_fate(one.fate), one) for one in story.appearances],
            }
            for story in stories
        ]
