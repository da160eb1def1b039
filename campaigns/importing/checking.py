"""Every row of a plan against what is known: all that is wrong with it, by row and column. Nothing is written."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaigns import clock, closed_times, conflicts, drafts
from campaigns.importing import columns, values
from campaigns.importing.known import Known
from campaigns.importing.rows import Fault, Row, Status
from campaigns.models import ImportedRow
from publishing.message import Message
from publishing.scheduling import problems

TITLE, NOTE = 200, 200


def check(cells: Sequence[Sequence[str]], mapping: Mapping[str, int], now: datetime, *, by: Any) -> list[Row]:
    """Rows in the order of the file; empty ones are left out."""
    known, may_write = Known(), drafts.may_write(by)
    rows = [
        _Reader(number, row, mapping, known, now, may_write).read()
        for number, row in enumerate(cells[1:], 2)
        if any(row)
    ]
    _told_apart(rows, known)
    for row in rows:
        if row.status is Status.NEW and not row.faults:
            _places(row, known, mapping, now)
        if row.status is Status.NEW and row.faults:
            row.status = Status.STOPPED
    return rows


class _Reader:
    """One row: each step reads a cell and notes what is wrong with it."""

    def __init__(
        self, number: int, cells: Sequence[str], mapping: Mapping[str, int], known: Known, now: datetime, may: bool
    ) -> None:
        self.row, self.cells, self.mapping = Row(number), cells, mapping
        self.known, self.now, self.may_write = known, now, may

    def cell(self, field: str) -> str:
        column = self.mapping.get(field)
        return self.cells[column].strip() if column is not None and column < len(self.cells) else ""

    def fault(self, field: str, sentence: str) -> None:
        self.row.faults.append(Fault(place(self.row, field, self.mapping), sentence))

    def read(self) -> Row:
        self.words()
        self.moment()
        self.channels()
        self.names()
        if not self.row.wants_draft and len(self.row.title) <= TITLE < len(self.row.slot_note):
            self.fault("note", _("Title and note of a slot may have 200 characters together."))
        if self.row.wants_draft and not self.may_write:
            self.fault("text", _("You may plan, but not write: leave text, initiative and focus area empty."))
        return self.row

    def words(self) -> None:
        row = self.row
        row.title, row.text = self.cell("title"), self.cell("text")
        row.note, row.key = self.cell("note"), self.cell("key")
        if not row.title:
            self.fault("title", _("The title is missing."))
        if len(row.title) > TITLE:
            self.fault("title", _("The title has %(count)s characters; it may have 200.") % {"count": len(row.title)})
        if len(row.note) > NOTE:
            self.fault("note", _("The note has %(count)s characters; it may have 200.") % {"count": len(row.note)})
        if len(row.text) > 500:
            self.fault("text", _("The text has %(count)s characters; it may have 500.") % {"count": len(row.text)})

    def moment(self) -> None:
        day, time = self.cell("day"), self.cell("time")
        if day and not time and not _has_time(day):
            try:
                values.day(day)
            except ValueError:
                return self.fault("day", _("“%(text)s” is no date. Write it as 24.11.2026.") % {"text": day})
            return self.fault("time", _("The time is missing. Write it as 9.00."))
        if time and not day:
            return self.fault("day", _("There is a time but no date."))
        try:
            wall = values.moment(day, time)
        except ValueError:
            return self.wrong_moment(day, time)
        if wall is None:
            return None  # it goes to the tray
        if clock.kind_of(wall) is clock.Kind.MISSING:
            words = {"time": f"{wall:%H.%M}", "other": f"{clock.next_existing(wall):%H.%M}"}
            sentence = _("There is no %(time)s that night: the clocks go forward. Choose %(other)s, for example.")
            return self.fault("time", sentence % words)
        self.row.due_at = clock.to_utc(wall)
        return None

    def wrong_moment(self, day: str, time: str) -> None:
        """Each of the two cells by itself: who mends one shall not learn of the other afterwards."""
        good = _is(values.day, day)
        if not good:
            self.fault("day", _("“%(text)s” is no date. Write it as 24.11.2026.") % {"text": day})
        if good or (time and not _is(values.clock, time)):
            self.fault("time", _("“%(text)s” is no time. Write it as 9.00.") % {"text": time or day})

    def channels(self) -> None:
        names = values.several(self.cell("channel"))
        whole = self.known.channels.get(self.cell("channel").casefold())
        if whole is not None:
            names = [whole.name]
        if not names:
            self.fault("channel", _("The channel is missing."))
        for name in names:
            channel = self.known.channels.get(name.casefold())
            if channel is None:
                there = ", ".join(sorted({found.name for found in self.known.channels.values()}))
                words = {"name": name, "there": there}
                self.fault("channel", _("There is no channel “%(name)s”. There are: %(there)s.") % words)
            elif channel not in self.row.channels:
                self.row.channels.append(channel)

    def names(self) -> None:
        row = self.row
        if name := self.cell("campaign"):
            row.campaign = self.known.campaigns.get(name.casefold())
            if row.campaign is None:
                self.fault("campaign", _("There is no campaign “%(name)s”. Make it first.") % {"name": name})
        if name := self.cell("focus_area"):
            row.focus_area = self.known.focus_areas.get(name.casefold())
            if row.focus_area is None:
                self.fault("focus_area", _("There is no focus area “%(name)s”.") % {"name": name})
        for number in values.several(self.cell("initiative")):
            found = self.known.initiatives.get(values.number(number), [])
            if len(found) == 1:
                row.initiatives += found
            elif found:
                sentence = _(
                    "%(number)s is the number of %(count)s initiatives. Leave it out and choose it in the draft."
                )
                self.fault("initiative", sentence % {"number": number, "count": len(found)})
            else:
                self.fault("initiative", _("There is no initiative with the number %(number)s.") % {"number": number})


def place(row: Row, field: str, mapping: Mapping[str, int]) -> str:
    """The cell as a spreadsheet names it; the row alone where the file has no such column."""
    column = mapping.get(field)
    return f"{columns.letter(column)}{row.number}" if column is not None else str(row.number)


def _is(read: Callable[[str], Any], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def _has_time(day: str) -> bool:
    try:
        return values.moment(day, "") is not None
    except ValueError:
        return False


def _told_apart(rows: list[Row], known: Known) -> None:
    """Which rows landed before, stand in the plan already, or are said twice in the file itself."""
    before = {
        row.key_sha256: row for row in ImportedRow.objects.filter(key_sha256__in=[row.key_sha256 for row in rows])
    }
    seen: dict[str, int] = {}
    for row in rows:
        landed = before.get(row.key_sha256)
        if landed is not None and landed.said_sha256 == row.said_sha256:
            row.status, row.said = Status.THERE, _("Was brought in before.")
        elif landed is not None:
            sentence = _(
                "The row key %(key)s was brought in before as “%(title)s”, and the row says something else now. Nothing"
                " is changed: change it in the calendar, or give the row a key of its own."
            )
            row.status, row.said = Status.DIFFERS, sentence % {"key": row.key, "title": landed.title}
        elif row.key_sha256 in seen:
            row.status = Status.THERE
            row.said = _("Says the same as row %(number)s.") % {"number": seen[row.key_sha256]}
            if row.key:
                row.said = _("Has the same key as row %(number)s.") % {"number": seen[row.key_sha256]}
        elif row.due_at and row.channels and all(known.stands(row.title, row.due_at, to) for to in row.channels):
            row.status, row.said = Status.THERE, _("Stands in the plan already.")
        seen.setdefault(row.key_sha256, row.number)


def _places(row: Row, known: Known, mapping: Mapping[str, int], now: datetime) -> None:
    """Each channel at its time, with what it would carry; accepted times count for the rows below."""
    topic = known.topic(row.focus_area, row.initiatives, f"{row.title}\n{row.text}\n{row.note}")
    for channel in row.channels:
        found = []
        if row.due_at is not None:
            closed = closed_times.for_topic(topic, channel, known.closed)
            found = conflicts.of_time(channel, row.due_at, now, closed)
            found = found or conflicts.of_gap(channel, row.due_at, known.taken(channel))
            for sentence in conflicts.doubts(row.due_at, closed):
                doubt = Fault(place(row, "time", mapping), sentence)
                row.doubts += [doubt] if doubt not in row.doubts else []
        row.faults += [Fault(place(row, "time", mapping), sentence) for sentence in found]
        if row.text:
            message = Message(text=row.text, title=row.title)
            row.faults += [
                Fault(place(row, "text", mapping), f"{channel}: {problem.message}")
                for problem in problems(channel, message)
                if problem.field == "text"
            ]
    if row.due_at is not None and not row.faults:
        for channel in row.channels:
            known.taken(channel).append(row.due_at)


def when(row: Row) -> str:
    """The proposed time as it stands in the list."""
    return date_format(clock.to_wall(row.due_at), "D j. b Y H.i") if row.due_at else _("no time yet")
