"""The coverage table as it is shown: every number with its shape, its word and the address of what is behind it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from campaigns import badges
from campaigns.coverage import AreaRow, Coverage, Dimension, Fate, Month, Period, Tally
from campaigns.coverage.charts import Drawn
from campaigns.coverage.corrections import Change
from campaigns.coverage.dossier import Dossier
from campaigns.coverage.neglect import SMALL
from campaigns.coverage.splits import SplitRow
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
        months=[Heading(_heading(month, one_year, wide), closed.get(month)) for month in months],
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
            share=round(100 * sent / target) if target and target >= SMALL else None,
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


def said(change: Change) -> str:
    """What a correction would add to the figure: "+1 sent, −1 not sent in time"."""
    marks = {"proposed": _("proposed"), "dry": _("dry run")}
    words = [
        (count, f"{badges.of_fate(fate).label} ({marks[mark]})" if mark else badges.of_fate(fate).label)
        for (mark, fate), count in change.stories.items()
    ]
    return ", ".join(f"{'+' if count > 0 else '−'}{abs(count)} {word}" for count, word in words)


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


def topics(found: Coverage, asked: dict[str, str]) -> list[dict[str, Any]]:
    """Every initiative with its figures, told about first."""
    rows = sorted(found.topics, key=lambda row: (-row.stories, row.topic.number))
    names = {row.area.id: row.area.name for row in found.areas if row.area}
    return [
        {
            "row": row,
            "url": link("stories", asked, topic=row.topic.id) if row.stories else "",
            "suitable": badges.of_suitable(row.topic.suitable),
            "areas": [
                (names[area], badges.of_mapping(status))
                for status, ids in (("confirmed", row.topic.confirmed), ("proposed", row.topic.proposed))
                for area in ids
                if area in names
            ],
        }
        for row in rows
    ]


def labels() -> dict[Dimension, str]:
    """What a line of the table is."""
    return {
        Dimension.AREA: _("Focus area"),
        Dimension.UNIT: _("Unit"),
        Dimension.INITIATIVE: _("Initiative"),
        Dimension.CHANNEL: _("Channel"),
        Dimension.KIND: _("Type"),
    }


def caption(by: Dimension) -> str:
    return {
        Dimension.AREA: _("Stories by focus area and month"),
        Dimension.UNIT: _("Stories by unit and month"),
        Dimension.INITIATIVE: _("Stories by initiative and month"),
        Dimension.CHANNEL: _("Stories by channel and month"),
        Dimension.KIND: _("Stories by type and month"),
    }[by]


def exports(asked: dict[str, str]) -> list[tuple[str, str]]:
    """Each form of the report, with its address."""
    files = [(label, file(asked, "file", form=form)) for label, form in (("PDF", "pdf"), ("Excel", "xlsx"))]
    return [*files, ("CSV", link("index", asked, format="csv"))]


def charts_of(asked: dict[str, str], drawn: list[Drawn]) -> list[dict[str, Any]]:
    """Each with its picture, which has an address of its own: nothing is drawn inside the page."""
    return [
        {
            "drawn": one,
            "svg": file(asked, "chart", chart=one.key, form="svg"),
            "png": file(asked, "chart", chart=one.key, form="png"),
        }
        for one in drawn
    ]


def file(asked: dict[str, str], view: str, **path: str) -> str:
    return f"{reverse(f'campaigns_coverage:{view}', kwargs=path)}?{urlencode(asked)}"


def switches(asked: dict[str, str], chosen: Dimension) -> list[tuple[str, str, bool]]:
    """What the lines can be instead, as (label, address, whether it is so now)."""
    return [(label, link("index", asked, by=one), one is chosen) for one, label in labels().items()]


def link(view: str, asked: dict[str, str], **more: Any) -> str:
    """The address of a page of coverage for the same period and selection."""
    return f"{reverse(f'campaigns_coverage:{view}')}?{urlencode({**asked, **more})}"


def month_name(year: int, month: int) -> str:
    return f"{MONTHS[month]} {year}"


def _heading(month: Month, one_year: bool, wide: bool) -> str:
    name = str((MONTHS_3 if wide else MONTHS)[month[1]])
    return name if one_year else f"{name} {month[0]}"


def period_name(period: Period) -> str:
    if period.quarters() == 1:
        number = (period.first.month + 2) // 3
        return pgettext("period", "quarter %(number)s %(year)s") % {"number": number, "year": period.first.year}
    if period.quarters() == 4 and period.first.month == 1:
        return str(period.first.year)
    return f"{date_format(period.first, 'j. M Y')} – {date_format(period.last, 'j. M Y')}"


def _written(month: Month) -> str:
    return f"{month[0]}-{month[1]:02}"
