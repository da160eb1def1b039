"""Text that goes into a spreadsheet is never read as a formula there."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from publishing import signs

TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n")


def guarded(value: Any) -> Any:
    """The value with an apostrophe before anything a spreadsheet would run (OWASP, "CSV injection")."""
    return f"'{value}" if isinstance(value, str) and value.startswith(TRIGGERS) else value


class GuardedExport:
    """For Wagtail's listings: its xlsx writes text as text, its csv does not guard."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        written = super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]
        return guarded(written) if export_format == "csv" else signs.readable(written)


def as_csv(heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """As Danish spreadsheets open it by a double click: semicolons, and a mark that it is UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    for row in (heading, *rows):
        writer.writerow([guarded(value) for value in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def as_xlsx(title: str, heading: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[int]) -> bytes:
    """One sheet with its headings in sight. Text is written as text, so nothing in it is run."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths):
        sheet.column_dimensions[chr(ord("A") + number)].width = width
    sheet.append([cell(sheet, value, bold=True) for value in heading])
    for row in rows:
        sheet.append([cell(sheet, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    """Text is text, also when it begins like a formula, and a day is a day."""
    written = WriteOnlyCell(sheet, value=signs.readable(value))
    if isinstance(value, str):
        written.data_type = "s"
    elif isinstance(value, date):
        written.number_format = "dd-mm-yyyy"
    if bold:
        written.font = Font(bold=True)
    return written
