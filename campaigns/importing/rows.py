"""One row of a plan as it was understood, and what is wrong with it. Pure."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from publishing.models import Channel


class Status(Enum):
    NEW = "new"
    THERE = "there"  # landed before, or stands in the plan already
    DIFFERS = "differs"  # its key landed before, and said something else
    STOPPED = "stopped"


@dataclass(frozen=True)
class Fault:
    """``cell`` as a spreadsheet names it: C7."""

    cell: str
    sentence: str


@dataclass
class Row:
    """``number`` is the one of the spreadsheet: the headings are 1."""

    number: int
    title: str = ""
    text: str = ""
    due_at: datetime | None = None
    channels: list[Channel] = field(default_factory=list)
    campaign: int | None = None
    focus_area: int | None = None
    initiatives: list[int] = field(default_factory=list)
    note: str = ""
    key: str = ""
    faults: list[Fault] = field(default_factory=list)
    doubts: list[Fault] = field(default_factory=list)  # worth a second look; the row lands all the same
    status: Status = Status.NEW
    said: str = ""  # why it is left out although nothing is wrong with it

    @property
    def wants_draft(self) -> bool:
        """A bare title is a slot that wants its text; whatever says more is a draft."""
        return bool(self.text or self.focus_area or self.initiatives)

    @property
    def slot_note(self) -> str:
        """What an empty slot is called in the plan."""
        return f"{self.title}: {self.note}" if self.note else self.title

    @property
    def said_sha256(self) -> str:
        """Of everything the row says."""
        when = self.due_at.isoformat() if self.due_at else ""
        channels = sorted(channel.slug for channel in self.channels)
        whole = [self.title, self.text, when, channels, self.campaign, self.focus_area, self.initiatives, self.note]
        return hashlib.sha256(json.dumps(whole).encode()).hexdigest()

    @property
    def key_sha256(self) -> str:
        return hashlib.sha256(f"key:{self.key}".encode()).hexdigest() if self.key else self.said_sha256
