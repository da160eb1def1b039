"""The coverage table as it is shown: every number with its shape, its word and the address of what is behind it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from campaigns import badges
from campaigns.coverage import AreaRow, Coverage, Fate, Month, Period, Tally
from campaigns.coverage.charts import Drawn
from campaigns.coverage.neglect import SMALL
from campaigns.coverage.splits import Dimension, SplitRow
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


@dataclass(frozen=True)
class Row:
    name: str
    row: AreaRow | SplitRow
    cells: list[Cell]
    total: Cell
    share: int | None  # per cent of the target
    silent_days: int | None


@dataclass(frozen=True)
class Table:
    months: list[str]
    rows: list[Row]
    without: Row | None
    total: Row
    wide: bool  # too many months for words in every cell


def table(found: Coverage, asked: dict[str, str]) -> Table:
    months = found.period.months()
    one_year = len({year for year, _month in months}) == 1
    without = _row(found.without, _("Without a focus area"), found, asked) if found.without.total else None
    return Table(
        months=[_heading(month, one_year, len(months) > WIDE) for month in months],
        rows=[_row(row, row.area.name if row.area else "", found, asked) for row in found.areas],
        without=without,
        total=_row(found.total, _("All"), found, asked),
        wide=len(months) > WIDE,
    )


def split_table(rows: list[SplitRow], by: Dimension, found: Coverage, asked: dict[str, str]) -> Table:
    """The same by another dimension. A story can stand in several lines, so the last line is no sum of them."""
    whole = table(found, asked)
    nobody = {
        Dimension.UNIT: _("Without a unit"),
        Dimension.INITIATIVE: _("Without an initiative"),
        Dimension.KIND: _("Without a type"),
        Dimension.CHANNEL: _("Channels that are gone"),
    }
    lines = [
        _line(row, row.name or nobody[by], found, asked, {str(by): "none" if row.key is None else row.key})
        for row in rows
    ]
    return replace(whole, rows=lines, without=None)


def _row(row: AreaRow, name: str, found: Coverage, asked: dict[str, str]) -> Row:
    place = {} if row is found.total else {"area": row.area.id if row.area else "none"}
    return _line(row, name, found, asked, place)


def _line(row: AreaRow | SplitRow, name: str, found: Coverage, asked: dict[str, str], place: dict[str, Any]) -> Row:
    target = row.target if isinstance(row, AreaRow) else None
    sent = row.total.counted[Fate.SENT]
    return Row(
        name=name,
        row=row,
        cells=[_cell(tally, asked, {**place, "month": _written(month)}) for month, tally in row.months.items()],
        total=_cell(row.total, asked, place),
        share=round(100 * sent / target) if target and target >= SMALL else None,
        silent_days=(found.now - row.last).days if row.last else None,
    )


def _cell(tally: Tally, asked: dict[str, str], place: dict[str, Any]) -> Cell:
    return Cell(list(_parts(tally, asked, place)), min(4, tally.counted[Fate.SENT]))


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
