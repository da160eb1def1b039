"""The plan as a table, a row a channel: what CSV and XLSX carry of a view. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaigns import waits
from campaigns.calendar import Entry

WIDTHS = (12, 11, 8, 7, 44, 22, 24, 34, 30, 24, 10)


def heading() -> list[str]:
    """As the importer reads them again."""
    return [
        _("Date"),
        _("Weekday"),
        _("Week"),
        _("Time"),
        _("Title"),
        _("Channel"),
        _("State"),
        _("Waits for"),
        _("Focus area"),
        _("Campaign"),
        _("Number"),
    ]


def rows(entries: Iterable[Entry]) -> Iterator[Sequence[Any]]:
    """In the order of the clock, in Danish wall time."""
    for entry in sorted(entries, key=lambda entry: (entry.moment, entry.channel, entry.pk)):
        day = entry.wall.date()
        yield (
            day,
            date_format(day, "l"),
            day.isocalendar().week,
            f"{entry.wall:%H:%M}",
            entry.title,
            entry.channel,
            entry.badge.label,
            waits.of(entry.badge.key),
            entry.focus_area,
            entry.campaign,
            entry.pk,
        )
