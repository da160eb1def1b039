"""Every row of a table against what is known: all that is wrong with it, by row and column. Nothing is written."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from campaigns.importing import columns
from campaigns.importing.known import Known
from campaigns.importing.rows import Status
from campaigns.tables.cells import Cells, Line
from campaigns.tables.table import Table


def missing(cells: Sequence[Sequence[str]], table: Table) -> list[columns.Field]:
    """Columns that the file must have and has not."""
    return columns.missing(columns.guess(cells[0], table.fields), table.fields)


def check(cells: Sequence[Sequence[str]], table: Table) -> list[Line]:
    """Lines in the order of the file; empty ones are left out."""
    mapping, known = columns.guess(cells[0], table.fields), Known()
    lines: list[Line] = []
    for number, row in enumerate(cells[1:], 2):
        if any(row):
            line = Line(number, shown=" · ".join(cell for cell in row if cell))
            _look(Cells(line, row, mapping, known), table, lines)
            lines.append(line)
    return lines


def _look(cells: Cells, table: Table, before: list[Line]) -> None:
    line = cells.line
    for field in table.fields:
        if field.needed and not cells.text(field.key):
            cells.fault(field.key, _("%(column)s is missing.") % {"column": field.label})
    line.row = table.read(cells)
    if line.faults:
        line.status = Status.STOPPED
        return
    line.shown = table.shown(line.row)
    twin = table.twin(line.row)
    if twin is not None:
        same = _alike(table, twin, line.row)
        line.status = Status.THERE if same else Status.DIFFERS
        line.said = _("Is there already.") if same else _("Is there already and says something else: change it there.")
        return
    other = next((one for one in before if one.status is Status.NEW and table.clash(one.row, line.row)), None)
    if other is not None and _alike(table, other.row, line.row):
        line.status, line.said = Status.THERE, _("Says the same as row %(number)s.") % {"number": other.number}
        return
    if other is not None:
        sentence = _("Row %(number)s tells of the same, and says something else.")
        cells.fault(table.fields[0].key, sentence % {"number": other.number})
    for key, sentence in {**table.faults(line.row), **_faults(line)}.items():
        cells.fault(key, sentence)
    line.status = Status.STOPPED if line.faults else Status.NEW


def _alike(table: Table, one: Any, other: Any) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in table.says)


def _faults(line: Line) -> dict[str, str]:
    """What the fields themselves refuse: too long, no address."""
    try:
        line.row.clean_fields(exclude=["by", "identity"])
    except ValidationError as error:
        return {key: " ".join(sentences) for key, sentences in error.message_dict.items()}
    return {}
