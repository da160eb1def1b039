"""How a report would read in public, while it is being written. Made of public facts only."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.court import drafting
from cms.court.facts import Facts
from cms.court.models import Report
from cms.court.parts import OFFENCES
from cms.court.publicity import public_facts
from cms.models.previews import channel_preview

__all__ = ["OFFENCES", "cards", "deadline", "said"]


def facts_of(report: Report) -> Facts | None:
    """None until there is something to say."""
    try:
        return public_facts(report)
    except ValueError:
        return None


def said(report: Report) -> dict[str, str]:
    """The text as it grows."""
    facts = facts_of(report)
    if facts is None:
        return {"title": "", "text": _("The text writes itself as soon as you have chosen the outcome.")}
    with override("da"):
        page = drafting.unsaved(facts, [])
    return {"title": page.title, "text": page.summary}


def cards(report: Report) -> dict[str, Any]:
    """A card for each channel, as approvers will see them."""
    facts = facts_of(report)
    if facts is None:
        return {"cards": None}
    channels = list(report.channels.all())
    page = drafting.unsaved(facts, channels)
    page.focus_area, page.embargo_until = report.focus_area, report.embargo_until
    shown = channel_preview(page, channels, planned=True)
    return {**shown, "warnings": [], "sentences": [], "page": None}


def deadline(report: Report) -> str:
    """The last day of appeal, as people say it; it is computed, and somebody must confirm it."""
    if report.deadline is None:
        return ""
    day = date_format(report.deadline, "DATE_FORMAT")
    left = (report.deadline - timezone.localdate()).days
    words = {"day": day, "left": left}
    return _("Last day of appeal, computed: %(day)s. Check it.") % words
