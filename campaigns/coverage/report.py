"""The report as a file: the same figures for the page, the command and the export. Pure."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from campaigns.coverage.facts import Fate, Month
from campaigns.coverage.figures import AreaRow, Coverage, Tally, TopicRow
from campaigns.coverage.measures import Figure, Section
from campaigns.spreadsheets import guarded

COUNTED = [str(fate) for fate in Fate]
COLUMNS = [
    "section", "key", "name", "month", *COUNTED, "dry_run", "proposed", "publications", "target", "relevant", "covered",
    "unconfirmed", "last", "next", "gap",
    "value", "parts",
]  # fmt: skip


def as_dict(found: Coverage, *, strategy: int | None, sections: Sequence[Section] = ()) -> dict[str, Any]:
    """Everything, for machines. Moments are UTC; months are Copenhagen's. A value that is not known is null."""
    return {
        "strategy": strategy,
        "from": found.period.first.isoformat(),
        "to": found.period.last.isoformat(),
        "as_of": _moment(found.now),
        "gap_days": found.rules.silent,
        "gap_ahead_days": found.rules.ahead,
        "focus_areas": [_area(row) for row in found.areas],
        "without_focus_area": _area(found.without),
        "total": _area(found.total),
        "initiatives": [_topic(row) for row in found.topics],
        "figures": {section.key: [_figure(one) for one in section.figures] for section in sections},
    }


def as_json(found: Coverage, *, strategy: int | None, sections: Sequence[Section] = ()) -> str:
    return json.dumps(as_dict(found, strategy=strategy, sections=sections), ensure_ascii=False, indent=2)


def as_csv(found: Coverage, sections: Sequence[Section] = ()) -> str:
    """One row a focus area and month, one a total, one an initiative, one a figure. No cell is read as a formula."""
    output = io.StringIO()
    writer = csv.DictWriter(output, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in (*_csv_rows(found), *_csv_figures(sections)):
        writer.writerow({name: guarded(value) for name, value in row.items()})
    return output.getvalue()


def as_text(found: Coverage) -> str:
    """A table to read in a terminal."""
    months = [_month(month) for month in found.period.months()]
    lines = [["", *months, "total", "target", "last", "next", ""]]
    for row in (*found.areas, found.without, found.total):
        cells = [_in_short(tally) for tally in row.months.values()]
        target = "-" if row.target is None else str(row.target)
        ends = [_day(row.last), _day(row.next), "GAP" if row.gap and row.area else ""]
        lines.append([_name(row, found), *cells, _in_short(row.total), target, *ends])
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    table = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    gaps = [f"  {row.topic.number}  {row.topic.title} ({row.topic.unit})" for row in found.gaps()]
    told = "sent+planned, then !n held, missed and the like, +n dry run, ?n proposed"
    return "\n".join([*table, f"({told})", "", f"Suitable initiatives without mention: {len(gaps)}", *gaps])


def _csv_rows(found: Coverage) -> Iterator[dict[str, Any]]:
    for row in (*found.areas, found.without, found.total):
        names = {"key": row.area.key if row.area else "", "name": _name(row, found)}
        for month, tally in row.months.items():
            yield {"section": "month", **names, "month": _month(month), **_counts(tally)}
        yield {"section": "total", **names, **_counts(row.total), **_figures(row)}
    for topic in found.topics:
        yield {
            "section": "initiative",
            "key": topic.topic.number,
            "name": topic.topic.title,
            "sent": topic.stories,
            **_ends(topic),
        }


def _csv_figures(sections: Sequence[Section]) -> Iterator[dict[str, Any]]:
    for section in sections:
        for figure in section.figures:
            names = {"section": section.key, "key": figure.key, "name": figure.label}
            yield {**names, "value": figure.said(), "parts": "; ".join(f"{name}: {n}" for name, n in figure.parts)}


def _figure(figure: Figure) -> dict[str, Any]:
    said = {"key": figure.key, "label": figure.label, "definition": figure.definition, "said": figure.said()}
    return {**said, "value": figure.value, "of": figure.of, "unit": str(figure.unit), "parts": dict(figure.parts)}


def _area(row: AreaRow) -> dict[str, Any]:
    names = {"key": row.area.key, "name": row.area.name} if row.area else {}
    months = {_month(month): _nested(tally) for month, tally in row.months.items()}
    return {**names, "months": months, "total": _nested(row.total), **_figures(row)}


def _topic(row: TopicRow) -> dict[str, Any]:
    topic = row.topic
    return {
        "number": topic.number,
        "likely_number": topic.likely,
        "unit": topic.unit,
        "title": topic.title,
        "suitable": topic.suitable,
        "confirmed": bool(topic.confirmed),
        "stories": row.stories,
        **_ends(row),
    }


def _figures(row: AreaRow) -> dict[str, Any]:
    figures: dict[str, Any] = {"publications": row.publications, "target": row.target}
    figures |= {"relevant": row.relevant, "covered": row.covered, "unconfirmed": row.unconfirmed}
    return figures | (_ends(row) if row.area else {})


def _ends(row: AreaRow | TopicRow) -> dict[str, Any]:
    return {"last": _moment(row.last), "next": _moment(row.next), "gap": row.gap}


def _counts(tally: Tally) -> dict[str, int]:
    counted = {str(fate): tally.counted[fate] for fate in Fate}
    return {**counted, "dry_run": tally.dry.total(), "proposed": tally.proposed.total()}


def _nested(tally: Tally) -> dict[str, Any]:
    counted = {str(fate): tally.counted[fate] for fate in Fate}
    apart = {"dry_run": tally.dry, "proposed": tally.proposed}
    return {**counted, **{name: {str(fate): n for fate, n in counter.items()} for name, counter in apart.items()}}


def _in_short(tally: Tally) -> str:
    if not tally:
        return "-"
    said = f"{tally.counted[Fate.SENT]}+{tally.counted[Fate.PLANNED]}"
    other = tally.counted.total() - tally.counted[Fate.SENT] - tally.counted[Fate.PLANNED]
    said += f" !{other}" if other else ""
    said += f" +{tally.dry.total()}" if tally.dry else ""
    return said + (f" ?{tally.proposed.total()}" if tally.proposed else "")


def _name(row: AreaRow, found: Coverage) -> str:
    return row.area.name if row.area else "total" if row is found.total else "(no focus area)"


def _month(month: Month) -> str:
    return f"{month[0]}-{month[1]:02}"


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else "-"
