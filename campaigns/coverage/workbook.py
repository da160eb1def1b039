"""The report as a workbook: a sheet a question, numbers as numbers, text as text."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook

from campaigns import spreadsheets
from campaigns.coverage import charts, definitions, since_closing
from campaigns.coverage.dossier import Dossier
from campaigns.coverage.facts import Fate
from campaigns.coverage.figures import AreaRow
from campaigns.coverage.splits import SplitRow


def xlsx(dossier: Dossier) -> bytes:
    found, book = dossier.found, Workbook(write_only=True)
    months = [f"{year}-{month:02}" for year, month in found.period.months()]
    ends = [_("sent"), _("planned"), _("moved"), _("target"), _("last"), _("next")]
    areas = [
        *((row.area.name if row.area else "", row) for row in found.areas),
        (_("Without a focus area"), found.without),
    ]
    _sheet(
        book,
        _("Focus areas"),
        [_("Focus area"), *months, *ends],
        (_line(name, row) for name, row in (*areas, (_("All"), found.total))),
    )
    for title, rows in ((_("Units"), dossier.units), (_("Channels"), dossier.channels)):
        _sheet(book, title, [title, *months, *ends], (_line(row.name or "–", row) for row in rows))
    gaps = ([row.topic.number, row.topic.title, row.topic.unit, _day(row.last)] for row in found.gaps())
    _sheet(book, _("Gaps"), [_("Number"), _("Initiative"), _("Unit"), _("last")], gaps)
    since = ([one.month, one.title, one.was, one.now, _day(one.noticed_at)] for one in since_closing.said(dossier))
    _sheet(book, _("Corrections"), [_("Month"), _("Story"), _("When it closed"), _("Now"), _("Noticed")], since)
    against = ([one.name, *one.words()] for one in dossier.denominators)
    _sheet(book, _("Measured against"), [_("Focus area"), _("When it closed"), _("Now")], against)
    figures = (
        [
            section.heading,
            figure.label,
            figure.said(),
            "; ".join(f"{name}: {said}" for name, said in figure.parts),
            figure.since,
        ]
        for section in dossier.sections
        for figure in section.figures
    )
    _sheet(book, _("Figures"), [_("Section"), _("Figure"), _("Value"), _("By"), _("Now")], figures)
    for drawn in charts.every(dossier):
        _sheet(book, drawn.title, drawn.columns, drawn.rows)
    meanings = ([one["label"], one["text"]] for one in definitions.every())
    _sheet(book, _("Definitions"), [_("Figure"), _("What it means")], meanings)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def _line(name: str, row: AreaRow | SplitRow) -> list[Any]:
    sent = [tally.counted[Fate.SENT] for tally in row.months.values()]
    target = row.target if isinstance(row, AreaRow) else None
    total, ends = row.total.counted, (_day(row.last), _day(row.next))
    return [name, *sent, total[Fate.SENT], total[Fate.PLANNED], row.total.moved, target, *ends]


def _sheet(book: Any, title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet = book.create_sheet(title[:31])
    sheet.append([spreadsheets.cell(sheet, column, bold=True) for column in columns])
    for row in rows:
        sheet.append([spreadsheets.cell(sheet, value) for value in row])


def _day(moment: Any) -> str:
    return f"{moment:%Y-%m-%d}" if moment else ""
