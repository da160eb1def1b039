"""The series: a list in words, and one with its occurrences."""

from datetime import date
from typing import Any

from django.db.models import Count, Min, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import agenda, badges, contents, drafts, rules_in_words, series
from campaigns.models import Occurrence, Series
from publishing.presenting import Badge
from publishing.views.base import DeskPage

LIST = (reverse_lazy("campaigns_series:index"), gettext_lazy("Series"))
AHEAD, BEHIND = 120, 20  # occurrences on the page of a series


class SeriesPage(DeskPage):
    header_icon = "rotate"
    permission = "campaigns.view_series"

    @cached_property
    def today(self) -> date:
        return timezone.localdate()


class Index(SeriesPage):
    template_name = "campaigns/series/index.html"
    page_title = gettext_lazy("Series")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        ahead = Q(occurrences__placement__due_at__gte=now, occurrences__placement__cancelled_at=None)
        rows = Series.objects.select_related("campaign").prefetch_related("channels")
        rows = rows.annotate(
            next_at=Min("occurrences__placement__due_at", filter=ahead),
            empty=Count("occurrences", filter=ahead & Q(occurrences__placement__page=None)),
        ).order_by("ended_at", "title")
        listed = [
            {"series": row, "badge": badges.of_series(row, self.today), "words": words(row, self.today)} for row in rows
        ]
        return super().get_context_data(**{"rows": listed, **kwargs})


class Show(SeriesPage):
    template_name = "campaigns/series/show.html"
    trail = (LIST,)

    @cached_property
    def series(self) -> Series:
        rows = Series.objects.select_related("campaign", "focus_area", "page", "follows")
        return get_object_or_404(rows.prefetch_related("channels", "followed_by"), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.series.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now, found = timezone.now(), self.series
        rows = found.occurrences.with_all().select_related("series")
        ahead = list(rows.filter(day__gte=self.today).order_by("day", "channel__name")[:AHEAD])
        behind = list(rows.filter(day__lt=self.today).order_by("-day", "channel__name")[:BEHIND])
        pages = {row.placement.page_id for row in (*ahead, *behind) if row.placement and row.placement.page_id}
        facts = contents.describe(pages)
        return super().get_context_data(
            **{
                "series": found,
                "badge": badges.of_series(found, self.today),
                "words": words(found, self.today),
                "ahead": [_shown(row, facts, now) for row in ahead],
                "behind": [_shown(row, facts, now) for row in behind],
                "may_change": self.person.has_perm(series.CHANGE),
                "may_write": drafts.may_write(self.person),
                "empty": sum(1 for row in ahead if row.untouched),
                **kwargs,
            }
        )


def _shown(row: Occurrence, facts: Any, now: Any) -> dict[str, Any]:
    place = row.placement
    badge = Badge("skipped", "✕", _("left out"))
    if place is not None and not row.skipped:
        badge = agenda.badge_of(place, facts.get(place.page_id or 0))
    moment = place.due_at if place is not None and not row.skipped else row.given_at
    return {
        "row": row,
        "badge": badge,
        "moment": moment,
        "channel": place.channel if place and not row.skipped else row.channel,
        "title": agenda.title_of(place) if place is not None and place.page_id and not row.skipped else "",
        "open": moment is None or moment >= now,
        "is_out": place is not None and place.is_out,
        "shifted": row.on != row.day,
    }


def words(row: Series, today: date) -> str:
    return rules_in_words.sentence(row.recurrence, row.read_rule, today)
