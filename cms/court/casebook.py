"""What a case has to show for itself: its reports, everything published on it, possible errors, exports."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from wagtail.models import Page

from cms.court.models import Case, Report
from cms.models.exports import Export
from cms.models.incidents import Incident
from publishing.models import Delivery


@dataclass(frozen=True)
class Told:
    """One of those who are told before the public."""

    who: str
    at: datetime | None
    not_relevant: bool


@dataclass(frozen=True)
class Reported:
    report: Report
    url: str
    told: list[Told]


@dataclass(frozen=True)
class Published:
    """All that went out, or shall, of one piece of content."""

    page_id: int
    title: str
    rows: list[Delivery]
    exists: bool  # the content itself was not deleted


def reports(case: Case) -> list[Reported]:
    """Newest first, with who was told and when."""
    return [Reported(row, _url(row), _told(row)) for row in case.reports.select_related("prosecutor").order_by("-pk")]


def _told(report: Report) -> list[Told]:
    people = Report.Told.choices  # the very words that the form asked with
    return [
        Told(capfirst(words), getattr(report, f"{name}_told_at"), name in report.not_relevant) for name, words in people
    ]


def _url(report: Report) -> str:
    try:
        return reverse("court:report", args=[report.key])
    except NoReverseMatch:
        return ""


def published(case: Case) -> list[Published]:
    """On every channel, what was taken down and what is planned included; deleted content too."""
    found = []
    existing = set(Page.objects.filter(pk__in=case.page_ids()).values_list("pk", flat=True))
    for page_id in sorted(case.page_ids(), reverse=True):
        rows = Delivery.objects.labelled(f"page:{page_id}").filter(parent=None).select_related("channel", "receipt")
        rows = list(rows.order_by("due_at", "pk"))
        if rows:
            found.append(Published(page_id, rows[-1].headline, rows, page_id in existing))
    return found


def incidents(case: Case) -> Any:
    return Incident.objects.filter(page_id__in=case.page_ids())


def exports(case: Case) -> Any:
    return Export.objects.filter(case=case).select_related("asked_by")[:5]


def about(case: Case) -> dict[str, Any]:
    """All of it, for a page."""
    return {
        "reports": reports(case),
        "published": published(case),
        "incidents": incidents(case),
        "exports": exports(case),
    }
