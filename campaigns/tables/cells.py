"""One row of a table: its cells by what they mean, and what is wrong with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from campaigns.importing import columns, values
from campaigns.importing.known import Known
from campaigns.importing.rows import Fault, Status


@dataclass
class Line:
    """``number`` is the spreadsheet's, the headings are 1. ``row`` is what would be entered."""

    number: int
    row: Any = None
    faults: list[Fault] = field(default_factory=list)
    status: Status = Status.NEW
    said: str = ""
    shown: str = ""  # what would be entered as it was read; of what cannot be read, what stands in the file


class Cells:
    """Each step reads a cell; what cannot be read is a fault of the line, and None."""

    def __init__(self, line: Line, cells: Sequence[str], mapping: Mapping[str, int], known: Known) -> None:
        self.line, self.cells, self.mapping, self.known = line, cells, mapping, known

    def fault(self, key: str, sentence: Any) -> None:
        column = self.mapping.get(key)
        place = f"{columns.letter(column)}{self.line.number}" if column is not None else str(self.line.number)
        self.line.faults.append(Fault(place, str(sentence)))

    def text(self, key: str) -> str:
        column = self.mapping.get(key)
        return self.cells[column].strip() if column is not None and column < len(self.cells) else ""

    def day(self, key: str) -> date | None:
        text = self.text(key)
        try:
            return values.day(text) if text else None
        except ValueError:
            self.fault(key, _("“%(text)s” is no date. Write it as 24.11.2026.") % {"text": text})
        return None

    def number(self, key: str) -> Decimal | None:
        text = self.text(key)
        try:
            return values.decimal(text) if text else None
        except ValueError:
            self.fault(key, _("“%(text)s” is no number.") % {"text": text})
        return None

    def choice(self, key: str, choices: Any) -> str:
        """A choice by its key or its name in the language of whoever brings it in."""
        text = self.text(key)
        known: dict[str, str] = {
            name.casefold(): value for value, label in choices.choices for name in (value, str(label))
        }
        if text and text.casefold() not in known:
            there = ", ".join(str(label) for label in choices.labels)
            self.fault(key, _("“%(text)s” is not known. There are: %(there)s.") % {"text": text, "there": there})
        return known.get(text.casefold(), "")

    def named(self, key: str, known: Mapping[str, int], sentence: Any) -> int | None:
        """The key of something that is known by name; ``sentence`` says that it is not, with %(name)s."""
        text = self.text(key)
        if text and text.casefold() not in known:
            self.fault(key, sentence % {"name": text})
        return known.get(text.casefold()) if text else None

    def one_of(self, key: str, found: Sequence[int], none: Any, many: Any) -> int | None:
        """The only one of several that a cell may mean."""
        if self.text(key) and len(found) != 1:
            self.fault(key, (many if found else none) % {"name": self.text(key), "count": len(found)})
        return found[0] if len(found) == 1 else None
