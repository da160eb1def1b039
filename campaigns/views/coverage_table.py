"""The coverage table as it is shown: every number with its shape, its word and the address of what is behind it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from campaigns import badges
from campaigns.coverage import AreaRow, Dimension, Fate, Month, Tally
from campaigns.coverage.corrections import Change
from campaigns.coverage.dossier import Dossier
from campaigns.coverage.neglect import SMALL
from campaigns.coverage.shares import percent
from campaigns.coverage.splits import SplitRow
from campaigns.views.coverage_links import link
from campaigns.views.coverage_words import heading, said
from publishing.presenting import Badge

WIDE = 4  # with more months there is room for shapes only; the words are read out


@dataclass(frozen=True)
class Part:
    """One number of a cell. ``mark`` says why it does not count, if it does not."""

    count: int
    badge: Badge
    url: str
    mark: str = ""


@dataclass(frozen=True)
class Cell:
    parts: list[Part]
    level: int  # 0 to 4: how dark its ground is
    corrected: str = ""  # what has changed since the month closed
    url: str = ""  # and where it is told


@dataclass(frozen=True)
class Row:
    name: str
    row: AreaRow | SplitRow
    cells: list[Cell]
    total: Cell
    share: int | None  # per cent of the target
    silent_days: int | None


@dataclass(frozen=True)
class Heading:
    name: str
    closed_at: datetime | None  # None: it is open


@dataclass(frozen=True)
class Table:
    months: list[Heading]
    rows: list[Row]
    without: Row | None
    total: Row
    wide: bool  # too many months for words in every cell


def of(dossier: Dossier, by: Dimension, asked: dict[str, str]) -> Table:
    """Focus areas, or the same by another dimension: a story can stand in several lines then, so the last line is no
    sum of them."""
    found, lines = dossier.found, Lines(dossier, by, asked)
    months = found.period.months()
    closed = {one.month: one.closed_at for one in dossier.standing.closed}
    one_year, wide = len({year for year, _month in months}) == 1, len(months) > WIDE
    if by is Dimension.AREA:
        rows = [lines.row(row, row.area.name, [row.area.id], {"area": row.area.id}) for row in found.areas if row.area]
    else:
        rows = [lines.split(row) for row in dossier.lines(by)]
    without = lines.without(_("Without a focus area")) if by is Dimension.AREA and found.without.total else None
    return Table(
        months=[Heading(heading(month, one_year, wide), closed.get(month)) for month in months],
        rows=rows,
        without=without,
        total=lines.all(),
        wide=wide,
    )


@dataclass(frozen=True)
class Lines:
    """The lines of one table. ``keys`` are what a line counts of the dimension."""

    dossier: Dossier
    by: Dimension
    asked: dict[str, str]

    def row(self, row: AreaRow | SplitRow, name: str, keys: list[Any], place: dict[str, Any]) -> Row:
        return self.line(row, name, self.dossier.standing.changes(self.by, keys), place)

    def split(self, row: SplitRow) -> Row:
        nobody = {
            Dimension.UNIT: _("Without a unit"),
            Dimension.INITIATIVE: _("Without an initiative"),
            Dimension.KIND: _("Without a type"),
            Dimension.CHANNEL: _("Channels that are gone"),
        }
        place = {str(self.by): "none" if row.key is None else row.key}
        return self.row(row, row.name or nobody[self.by], [row.key], place)

    def without(self, name: str) -> Row:
        known = [row.area.id for row in self.dossier.found.areas if row.area]
        changes = self.dossier.standing.changes_without(known)
        return self.line(self.dossier.found.without, name, changes, {"area": "none"})

    def all(self) -> Row:
        return self.line(self.dossier.found.total, _("All"), self.dossier.standing.changes_without(()), {})

    def line(self, row: AreaRow | SplitRow, name: str, changes: Mapping[Month, Change], place: dict[str, Any]) -> Row:
        target = row.target if isinstance(row, AreaRow) else None
        sent, now = row.total.counted[Fate.SENT], self.dossier.found.now
        return Row(
            name=name,
            row=row,
            cells=[
                self.cell(tally, {**place, "month": _written(month)}, changes.get(month))
                for month, tally in row.months.items()
            ],
            total=self.cell(row.total, place, None, moved=True),
            share=percent(sent, target) if target and target >= SMALL else None,
            silent_days=(now - row.last).days if row.last else None,
        )

    def cell(self, tally: Tally, place: dict[str, Any], change: Change | None, *, moved: bool = False) -> Cell:
        parts, level = list(_parts(tally, self.asked, place)), min(4, tally.counted[Fate.SENT])
        if moved and tally.moved:
            url = link("stories", self.asked, **place, moved=1, mark="counted")
            parts.append(Part(tally.moved, Badge("mark-moved", "⇄", _("moved")), url, "moved"))
        if change is None or not change.stories:
            return Cell(parts, level)
        return Cell(parts, level, said(change), link("corrections", self.asked, **place))


def _parts(tally: Tally, asked: dict[str, str], place: dict[str, Any]) -> Iterator[Part]:
    for fate in Fate:
        if count := tally.counted[fate]:
            url = link("stories", asked, **place, fate=fate, mark="counted")
            yield Part(count, badges.of_fate(fate), url)
    proposal = Badge("mark-proposed", "▒", _("proposed"), "notice")
    dry = Badge("mark-dry", "·", _("dry run"))
    for mark, badge, counter in (("proposed", proposal, tally.proposed), ("dry", dry, tally.dry)):
        if counter:
            yield Part(counter.total(), badge, link("stories", asked, **place, mark=mark), mark)


def _written(month: Month) -> str:
    return f"{month[0]}-{month[1]:02}"
