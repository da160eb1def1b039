"""Text that goes into a spreadsheet is never read as a formula there."""

import csv
import io
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from publishing import signs

BYTE_ORDER = "\ufeff"  # by which spreadsheets know that it is UTF-8
WIDEST = 60  # letters of a column
TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n")


def guarded(value: Any) -> Any:
    """The value with an apostrophe before anything a spreadsheet would run (OWASP, "CSV injection")."""
    return f"'{value}" if isinstance(value, str) and value.startswith(TRIGGERS) else value


class GuardedExport:
    """For Wagtail's listings: words for choices, our time, and a csv that is guarded and opens in a Danish Excel."""

    def to_row_dict(self, item: Any) -> "OrderedDict[str, Any]":
        row: OrderedDict[str, Any] = super().to_row_dict(item)  # type: ignore[misc]
        for field in row:
            if in_words := getattr(item, f"get_{field}_display", None):
                row[field] = str(in_words())
        return row

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        value = here(value)
        if export_format == "csv":
            value = _plain(value)
        written = super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]
        return guarded(written) if export_format == "csv" else signs.readable(written)

    def stream_csv(self, queryset: Any) -> Iterator[bytes]:
        writer, fields = csv.writer(text := io.StringIO(newline=""), delimiter=";"), self.list_export  # type: ignore[attr-defined]
        text.write(BYTE_ORDER)
        writer.writerow([self.get_heading(queryset, field) for field in fields])  # type: ignore[attr-defined]
        for item in queryset:
            row = self.to_row_dict(item)
            writer.writerow([self.preprocess_field_value(field, value, "csv") for field, value in row.items()])
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
        yield text.getvalue().encode()


def here(value: Any) -> Any:
    """A moment as it was on the clock in Copenhagen; spreadsheets know no zones."""
    return timezone.localtime(value).replace(tzinfo=None) if isinstance(value, datetime) and value.tzinfo else value


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    return value


def as_csv(heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """As Danish spreadsheets open it by a double click: semicolons, and a mark that it is UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    for row in (heading, *rows):
        writer.writerow([guarded(value) for value in row])
    return (BYTE_ORDER + text.getvalue()).encode()


def as_xlsx(title: str, heading: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[int]) -> bytes:
    """One sheet with its headings in sight. Text is written as text, so nothing in it is run."""
    book = Workbook(write_only=True)
    add_sheet(book, title, heading, rows, widths)
    return saved(book)


def add_sheet(
    book: Any, title: str, heading: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[int] = ()
) -> None:
    """With its headings in sight; without ``widths`` as wide as what stands in it, within reason."""
    sheet, found = book.create_sheet(title[:31]), [list(row) for row in rows]
    columns = zip(*([heading] + [row for row in found if len(row) == len(heading)]), strict=True)
    wide = widths or [min(WIDEST, max(len(str(value or "")) for value in column) + 3) for column in columns]
    sheet.freeze_panes = "A2"
    for number, width in enumerate(wide, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([cell(sheet, value, bold=True) for value in heading])
    for row in found:
        sheet.append([cell(sheet, value) for value in row])


def saved(book: Any) -> bytes:
    book.properties.creator = "Pejlemærke"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    """Text is text, also when it begins like a formula, and a day is a day."""
    value = here(value)
    written = WriteOnlyCell(sheet, value=None if value == "" else signs.readable(value))
    if isinstance(value, str) and value:
        written.data_type = "s"
        written.alignment = Alignment(vertical="top", wrap_text=len(value) > WIDEST)
    elif isinstance(value, datetime):
        written.number_format = "dd-mm-yyyy hh:mm"
    elif isinstance(value, date):
        written.number_format = "dd-mm-yyyy"
    if bold:
        written.font = Font(bold=True)
    return written
