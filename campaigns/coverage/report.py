"""The report as a file: the same figures for the page, the command and the export. Pure."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from campaigns.coverage.books import Dimension, Tally
from campaigns.coverage.corrections import Change
from campaigns.coverage.definitions import VERSION
from campaigns.coverage.denominators import Changed
from campaigns.coverage.dossier import Dossier
from campaigns.coverage.facts import Fate, Month
from campaigns.coverage.figures import AreaRow, Coverage, TopicRow
from campaigns.coverage.measures import Figure, Section
from campaigns.coverage.splits import SplitRow
from campaigns.spreadsheets import guarded

COUNTED = [str(fate) for fate in Fate]
COLUMNS = [
    "section", "key", "name", "month", *COUNTED, "dry_run", "proposed", "moved", "publications",
    "target", "relevant", "covered", "unconfirmed", "last", "next", "gap",
    "value", "parts", "now",
]  # fmt: skip
INSIDE = ("next", "last", "parts", "now")  # moments of what is not out yet, and what people wrote


def as_dict(dossier: Dossier) -> dict[str, Any]:
    """Everything, for machines. Moments are UTC; months are Copenhagen's. A value that is not known is null.

    The figures of a closed month are those that it closed with; ``corrections`` are what would have to be added to
    them to get what is there now.
    """
    found, strategy = dossier.found, dossier.strategy
    return {
        "strategy": strategy.year if strategy else None,
        "from": found.period.first.isoformat(),
        "to": found.period.last.isoformat(),
        "as_of": _moment(dossier.standing.counted_at),
        "gap_days": found.rules.silent,
        "gap_ahead_days": found.rules.ahead,
        "definitions_version": VERSION,
        "closed_months": [
            {"month": _month(one.month), "closed_at": _moment(one.closed_at), "definitions_version": one.definitions}
            for one in dossier.standing.closed
        ],
        "focus_areas": [_area(row) for row in found.areas],
        "without_focus_area": _area(found.without),
        "total": _area(found.total),
        "corrections": [
            {"key": key, "name": name, "month": _month(month), **_change(change)}
            for key, name, month, change in _corrections(dossier)
        ],
        "denominators": [_denominator(one) for one in dossier.denominators],
        "initiatives": [_topic(row) for row in found.topics],
        "figures": {section.key: [_figure(one) for one in section.figures] for section in dossier.sections},
        "figures_stand": {section.key: _moment(section.stands) for section in dossier.sections if section.stands},
        "figures_as_of": {one.key: _moment(one.counted_at) for one in dossier.sections if one.counted_at},
    }


def as_json(dossier: Dossier) -> str:
    return json.dumps(as_dict(dossier), ensure_ascii=False, indent=2)


def as_csv(dossier: Dossier, *, outside: bool = False) -> str:
    """One row a focus area and month, one a total, one an initiative, one a figure. No cell is read as a formula.

    ``outside``: for other systems, without what stays in the house.
    """
    output = io.StringIO()
    writer = csv.DictWriter(output, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in rows(dossier, outside=outside):
        kept = {name: value for name, value in row.items() if not outside or name not in INSIDE}
        writer.writerow({name: guarded(value) for name, value in kept.items()})
    return output.getvalue()


def rows(dossier: Dossier, *, outside: bool = False) -> Iterator[dict[str, Any]]:
    """Of the table, by name of the column; what does not apply is left out."""
    yield from _csv_rows(dossier.found)
    yield from _csv_closed(dossier)
    yield from _csv_figures(dossier.sections, outside)


def as_text(dossier: Dossier) -> str:
    """A table to read in a terminal."""
    found = dossier.found
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
    closed = ", ".join(_month(one.month) for one in dossier.standing.closed)
    since = [f"  {_month(month)}  {name}: {_signed(change)}" for _key, name, month, change in _corrections(dossier)]
    stands = [f"(closed: {closed})", *(["Corrections since then:", *since] if since else [])] if closed else []
    return "\n".join([*table, f"({told})", *stands, "", f"Suitable initiatives without mention: {len(gaps)}", *gaps])


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


def _csv_closed(dossier: Dossier) -> Iterator[dict[str, Any]]:
    for one in dossier.standing.closed:
        names = {"section": "closed", "month": _month(one.month), "value": _moment(one.closed_at)}
        yield {**names, "parts": f"definitions: {one.definitions}"}
    for key, name, month, change in _corrections(dossier):
        counted = {str(fate): change.stories.get(("", fate), 0) for fate in Fate}
        apart = {"dry_run": change.of("dry"), "proposed": change.of("proposed"), "publications": change.publications}
        names = {"section": "correction", "key": key, "name": name, "month": _month(month)}
        yield {**names, **counted, **apart}


def _corrections(dossier: Dossier) -> Iterator[tuple[str, str, Month, Change]]:
    """By focus area and month, what has changed since it closed; those without a focus area last, under no key."""
    rows, standing = dossier.found.areas, dossier.standing
    for row in rows:
        if row.area:
            for month, change in standing.changes(Dimension.AREA, [row.area.id]).items():
                yield row.area.key, row.area.name, month, change
    for month, change in standing.changes_without([row.area.id for row in rows if row.area]).items():
        yield "", _name(dossier.found.without, dossier.found), month, change


def _csv_figures(sections: Sequence[Section], outside: bool) -> Iterator[dict[str, Any]]:
    for section in sections:
        for figure in section.figures:
            if outside and figure.internal:
                continue
            names = {"section": section.key, "key": figure.key, "name": figure.label}
            parts = "; ".join(f"{name}: {n}" for name, n in figure.parts)
            yield {**names, "value": figure.said(), "parts": parts, "now": figure.since}


def _figure(figure: Figure) -> dict[str, Any]:
    said = {"key": figure.key, "label": figure.label, "definition": figure.definition, "said": figure.said()}
    value = {"value": figure.value, "of": figure.of, "unit": str(figure.unit), "parts": dict(figure.parts)}
    return {**said, **value, **({"now": figure.since} if figure.since else {})}


def _denominator(one: Changed) -> dict[str, Any]:
    """What a focus area is measured against: when the period had closed, and now."""
    initiatives = {"was": one.was, "now": one.now, "came": list(one.came), "went": list(one.went)}
    return {"key": one.key, "name": one.name, "initiatives": initiatives, "target": [one.target_was, one.target_now]}


def line_of(row: SplitRow) -> dict[str, Any]:
    """A line of another dimension than the focus area."""
    months = {_month(month): _nested(tally) for month, tally in row.months.items()}
    ends = {"last": _moment(row.last), "next": _moment(row.next)}
    return {"months": months, "total": _nested(row.total), "publications": row.publications, **ends}


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
    return {**counted, "dry_run": tally.dry.total(), "proposed": tally.proposed.total(), "moved": tally.moved}


def _change(change: Change) -> dict[str, Any]:
    counted = {str(fate): count for (mark, fate), count in change.stories.items() if not mark}
    apart = {"dry_run": change.of("dry"), "proposed": change.of("proposed")}
    return {**counted, **{name: count for name, count in apart.items() if count}, "publications": change.publications}


def _signed(change: Change) -> str:
    return ", ".join(f"{name} {count:+}" for name, count in _change(change).items() if count)


def _nested(tally: Tally) -> dict[str, Any]:
    counted = {str(fate): tally.counted[fate] for fate in Fate}
    apart = {"dry_run": tally.dry, "proposed": tally.proposed}
    counted["moved"] = tally.moved
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
