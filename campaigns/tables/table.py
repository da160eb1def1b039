"""What a table holds: its columns, how a row is read, and which row already says the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from campaigns.importing.columns import Field
from campaigns.tables.cells import Cells


@dataclass(frozen=True)
class Table:
    """``read`` makes an unsaved row; ``faults`` are field to sentence beside all that stands; ``twin`` is the row that
    it repeats; ``clash`` says why two rows of one file cannot both stand, or nothing; ``shown`` says what was read."""

    key: str
    permission: str
    fields: Sequence[Field]
    read: Callable[[Cells], Any]
    faults: Callable[[Any], dict[str, Any]]
    twin: Callable[[Any], Any | None]
    clash: Callable[[Any, Any], bool]
    says: Sequence[str]  # fields that a repeated row must say alike
    examples: Callable[[date], Sequence[Sequence[Any]]]
    shown: Callable[[Any], str] = str
