"""A file somebody uploads, as rows of text. Pure. CSV as Danish and other spreadsheets write it, and XLSX."""

import csv
import io
import re
import zipfile
import zlib
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

BYTES = 2_000_000
UNPACKED = 40_000_000  # an XLSX is a ZIP: what a small one may unfold to
ROWS, COLUMNS, LETTERS = 1000, 40, 5000
DELIMITERS = ";,\t"
# What openpyxl and the ZIP below it raise for a file that is broken, locked, or packed in a way they do not know.
BROKEN = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, ParseError, AttributeError, EOFError, IndexError, KeyError,
    OSError, RuntimeError, TypeError, ValueError,
)  # fmt: skip


class Unreadable(Exception):
    """It cannot be used; the message is for the person, and says what to do."""


def read(name: str, content: bytes) -> list[list[str]]:
    """Rows of text, headings first, empty rows at the end left out. Unreadable when it is nothing of ours."""
    if len(content) > BYTES:
        size = {"size": round(len(content) / 1e6, 1), "limit": round(BYTES / 1e6)}
        raise Unreadable(_("The file is %(size)s MB; at most %(limit)s MB can be read. Divide it.") % size)
    if content[:4] == b"PK\x03\x04":
        cells = _xlsx(content)
    elif content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Unreadable(_("This is an old Excel file (.xls). Save it as .xlsx or CSV."))
    else:
        cells = _csv(content)
    while cells and not any(cells[-1]):
        cells.pop()
    return _measured(cells)


def _measured(cells: list[list[str]]) -> list[list[str]]:
    if len(cells) < 2:
        raise Unreadable(_("There are no rows in it: the first row is read as headings, the plan stands below."))
    if len(cells) - 1 > ROWS:
        count = {"count": len(cells) - 1, "limit": ROWS}
        raise Unreadable(_("It has %(count)s rows; at most %(limit)s are read at a time. Divide it.") % count)
    width = max(len(row) for row in cells)
    if width > COLUMNS:
        raise Unreadable(_("It has more than %(limit)s columns. Take away what is not needed.") % {"limit": COLUMNS})
    for number, row in enumerate(cells, 1):
        if any(len(cell) > LETTERS for cell in row):
            words = {"row": number, "limit": LETTERS}
            raise Unreadable(_("A cell in row %(row)s has more than %(limit)s characters.") % words)
    return [row + [""] * (width - len(row)) for row in cells]


def _csv(content: bytes) -> list[list[str]]:
    if b"\x00" in content:
        raise Unreadable(_("This is neither CSV nor Excel (.xlsx)."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # as Excel on Windows writes it
    first = re.split(r"[\r\n]", text, maxsplit=1)[0]  # a carriage return alone ends a line, too
    try:
        delimiter = max(DELIMITERS, key=lambda sign: len(next(csv.reader([first], delimiter=sign), [])))
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return [[_unguarded(cell.strip()) for cell in row] for row in rows]
    except csv.Error as error:
        raise Unreadable(
            _("The CSV cannot be read: a cell is too long, or a quotation mark is never closed.")
        ) from error


def _unguarded(cell: str) -> str:
    """Without the apostrophe that an export of ours puts before what a spreadsheet would run."""
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@" else cell


def _xlsx(content: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED:
                raise Unreadable(_("The file unfolds to more than can be read. Save the sheet alone in a new file."))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its size need not be true
        cells = []
        for row in sheet.iter_rows(max_row=ROWS + 100, max_col=COLUMNS + 1, values_only=True):
            cells.append([_text(value) for value in row])
        book.close()
    except BROKEN as error:
        raise Unreadable(_("The Excel file cannot be read. Open it, save it anew as .xlsx, and try again.")) from error
    return [_trimmed(row) for row in cells]


def _trimmed(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row = row[:-1]
    return row


def _text(value: Any) -> str:
    """A cell as text: dates and times in the one form that ``values`` reads whatever the country."""
    match value:
        case None:
            return ""
        case datetime():
            return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
        case date():
            return f"{value:%Y-%m-%d}"
        case time():
            return f"{value:%H:%M}"
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
    return str(value).strip()
