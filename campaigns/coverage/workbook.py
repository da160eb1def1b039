"""The report as a workbook: first of what it is, then a sheet a question. Numbers are numbers, and days are days."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _
from openpyxl import Workbook

from campaigns import badges
from campaigns.coverage import charts, definitions, since_closing
from campaigns.coverage.books import Dimension
from campaigns.coverage.dossier import Dossier
from campaigns.coverage.facts import Fate, Period
from campaigns.coverage.figures import AreaRow
from campaigns.coverage.measures import Figure, Section, Unit
from campaigns.coverage.splits import SplitRow
from campaigns.spreadsheets import add_sheet, saved

Line = list[Any]


def xlsx(dossier: Dossier) -> bytes:
    book, found = Workbook(write_only=True), dossier.found
    book.properties.title = f"{_('Coverage')}, {dossier.about}"
    add_sheet(book, _("Coverage"), [_("Coverage"), dossier.about], _about(dossier))
    areas = [
        *((row.area.name if row.area else "", row) for row in found.areas),
        (_("Without a focus area"), found.without),
        (_("All"), found.total),
    ]
    heading = [*_columns(found.period), _("target"), _("last"), _("next"), _("gap")]
    rows = (
        [*_counts(name, row), row.target, *_ends(row), _("gap") if row.gap and row.area else ""] for name, row in areas
    )
    add_sheet(book, _("Focus areas"), [_("Focus area"), *heading], rows)
    for dimension, title, label, nobody in (
        (Dimension.UNIT, _("Units"), _("Unit"), _("Without a unit")),
        (Dimension.INITIATIVE, _("Initiatives"), _("Initiative"), _("Without an initiative")),
        (Dimension.CHANNEL, _("Channels"), _("Channel"), _("Channels that are gone")),
        (Dimension.KIND, _("Type"), _("Type"), _("Without a type")),
    ):
        lines = ([*_counts(row.name or nobody, row), *_ends(row)] for row in dossier.lines(dimension))
        add_sheet(book, title, [label, *_columns(found.period), _("last"), _("next")], lines)
    gaps = ([row.topic.number, row.topic.title, row.topic.unit, _day(row.last)] for row in found.gaps())
    add_sheet(book, _("Gaps"), [_("number as printed").capitalize(), _("Initiative"), _("Unit"), _("last")], gaps)
    since = ([one.month, one.title, one.was, one.now, _day(one.noticed_at)] for one in since_closing.said(dossier))
    add_sheet(book, _("Corrections"), [_("Month"), _("Story"), _("When it closed"), _("Now"), _("Noticed")], since)
    against = ([one.name, *one.words()] for one in dossier.denominators)
    add_sheet(book, _("Measured against"), [_("Focus area"), _("When it closed"), _("Now")], against)
    heading = [_("Section"), _("Figure"), _("As it is said"), _("Value"), _("Out of"), _("By"), _("Now")]
    add_sheet(book, _("Figures"), heading, _figures(dossier.sections))
    for drawn in charts.every(dossier):
        add_sheet(book, drawn.title, drawn.columns, drawn.rows)
    meanings = ([one["label"], one["text"]] for one in definitions.every())
    add_sheet(book, _("Definitions"), [_("Figure"), _("What it means")], meanings)
    return saved(book)


def _about(dossier: Dossier) -> Iterator[Line]:
    """What whoever opens it next year must know."""
    yield [_("From"), dossier.found.period.first]
    yield [_("To"), dossier.found.period.last]
    yield [_("Counted:"), dossier.standing.counted_at or dossier.found.now]
    yield [_("Strategy"), str(dossier.strategy or "–")]
    yield ["", dossier.finding]
    if dossier.selected:
        yield ["", _("The figures below are of everything, not only of what is selected.")]
    for one in dossier.standing.closed:
        yield [_("Closed month"), since_closing.month_name(one.month)]


def _columns(period: Period) -> list[str]:
    sent = badges.of_fate(Fate.SENT).label
    months = [f"{sent}, {MONTHS_3[month]} {year}" for year, month in period.months()]
    return [
        *months,
        *(badges.of_fate(fate).label for fate in Fate),
        _("dry run"),
        _("proposed"),
        _("moved"),
        _("Publications"),
    ]


def _counts(name: str, row: AreaRow | SplitRow) -> Line:
    """By month what was sent; of the whole period everything that the page tells apart."""
    sent, total = [tally.counted[Fate.SENT] for tally in row.months.values()], row.total
    fates = [total.counted[fate] for fate in Fate]
    return [name, *sent, *fates, total.dry.total(), total.proposed.total(), total.moved, row.publications]


def _ends(row: AreaRow | SplitRow) -> Line:
    return [_day(row.last), _day(row.next)]


def _figures(sections: Iterable[Section]) -> Iterator[Line]:
    for section in sections:
        for figure in section.figures:
            parts = "; ".join(f"{name}: {said}" for name, said in figure.parts)
            yield [section.heading, figure.label, figure.said(), *_number(figure), parts, figure.since]


def _number(figure: Figure) -> Line:
    """To count on with; what is not known stays empty."""
    if figure.value is None or not figure.known:
        return ["", ""]
    return [round(figure.value, 2), figure.of if figure.unit is Unit.SHARE else ""]


def _day(moment: Any) -> Any:
    return timezone.localtime(moment).date() if moment else ""
