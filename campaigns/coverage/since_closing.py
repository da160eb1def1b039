"""The corrections of a report in words, for files: what each story counted when its month closed, and what it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns import badges
from campaigns.coverage.dossier import Dossier
from campaigns.coverage.facts import Month, Story, month_of
from campaigns.coverage.stories import published


@dataclass(frozen=True)
class Said:
    """One correction."""

    month: str
    title: str
    was: str
    now: str
    noticed_at: datetime


def said(dossier: Dossier) -> Iterator[Said]:
    """In the language of whoever asks, oldest month first."""
    names = {area.id: area.name for area in dossier.standing.areas}
    for one in dossier.standing.corrections:
        was, now = (_state(story, one.month, names) for story in (one.was, one.now))
        yield Said(month_name(one.month), one.title, was, now, one.noticed_at)


def month_name(month: Month) -> str:
    return date_format(date(*month, 1), "F Y")


def _state(story: Story | None, month: Month, areas: dict[int, str]) -> str:
    """What became of it and where it counts; or where it is instead."""
    if story is None:
        return _("not there")
    if month_of(story.at) != month:
        return _("counts in %(month)s") % {"month": month_name(month_of(story.at))}
    apart = {"": "", "proposed": _("proposed"), "dry": _("dry run")}[story.mark]
    area = areas.get(story.area or 0, _("Without a focus area"))
    out = sum(1 for one in published(story) if month_of(one.at) == month)
    count = ngettext("%(count)s publication", "%(count)s publications", out) % {"count": out} if out else ""
    return ", ".join(word for word in (badges.of_fate(story.fate).label, area, apart, count) if word)
