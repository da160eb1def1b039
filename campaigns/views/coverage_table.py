"""The coverage table as it is shown: every number with its shape, its word and the address of what is behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from campaigns import badges
from campaigns.coverage import AreaRow, Coverage, Fate, Month, Period, Tally
from publishing.presenting import Badge

WIDE = 4  # with more months there is room for shapes only; the words are read out
SMALL = 5  # below it a share says less than the counts themselves


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
    row: AreaRow
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


def _row(row: AreaRow, name: str, found: Coverage, asked: dict[str, str]) -> Row:
    place = {} if row is found.total else {"area": row.area.id if row.area else "none"}
    sent = row.total.counted[Fate.SENT]
    return Row(
        name=name,
        row=row,
        cells=[_cell(tally, asked, {**place, "month": _written(month)}) for month, tally in row.months.items()],
        total=_cell(row.total, asked, place),
        share=round(100 * sent / row.target) if row.target and row.target >= SMALL else None,
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
