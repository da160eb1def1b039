"""The rows of the report as a table for people: their words, their days, and opened by a double click in Excel.

Other systems read ``report.as_csv``, whose names stay as they are.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaigns import badges, spreadsheets
from campaigns.coverage import report
from campaigns.coverage.dossier import Dossier
from campaigns.coverage.facts import Fate

MOMENTS = ("last", "next")


def as_csv(dossier: Dossier) -> bytes:
    heading = [_heading(column) for column in report.COLUMNS]
    return spreadsheets.as_csv(heading, _rows(dossier))


def _rows(dossier: Dossier) -> Iterator[list[Any]]:
    sections = {section.key: section.heading for section in dossier.sections} | {
        "month": _("Month"),
        "total": _("In all"),
        "initiative": _("Initiative"),
        "closed": _("Closed month"),
        "correction": _("Corrections"),
    }
    yield [_("Coverage"), "", dossier.about, *[""] * (len(report.COLUMNS) - 3)]
    for row in report.rows(dossier):
        if row["section"] in ("month", "total", "correction") and not row["key"]:
            row["name"] = _("All") if row["name"] == "total" else _("Without a focus area")
        if row["section"] == "closed":
            row["value"], row["parts"] = _day(row["value"]), ""
        if row["section"] != "initiative":
            row["key"] = ""  # a name for machines
        row["section"] = sections.get(row["section"], row["section"])
        yield [_said(column, row) for column in report.COLUMNS]


def _said(column: str, row: Mapping[str, Any]) -> Any:
    value = row.get(column, "")
    if value in ("", None):
        return ""
    if column in MOMENTS:
        return _day(value)
    if column == "month":
        return date_format(date.fromisoformat(f"{value}-01"), "F Y")
    if column == "gap":
        return _("gap") if value else ""
    return value


def _day(moment: str) -> str:
    return date_format(timezone.localtime(datetime.fromisoformat(moment)), "d.m.Y")


def _heading(column: str) -> str:
    words = {str(fate): badges.of_fate(fate).label for fate in Fate} | {
        "section": _("Section"), "key": _("number as printed"), "name": _("Name"), "month": _("Month"),
        "dry_run": _("dry run"), "proposed": _("proposed"), "moved": _("moved"), "publications": _("Publications"),
        "target": _("target"),
        "relevant": _("suitable initiatives"), "covered": _("of them told about"), "unconfirmed": _("only proposed"),
        "last": _("last"), "next": _("next"), "gap": _("gap"), "value": _("Value"), "parts": _("By"), "now": _("Now"),
    }  # fmt: skip
    return words[column]
