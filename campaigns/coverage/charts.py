"""The charts: Vega-Lite drawn on the server, each with its numbers as a table and a sentence. Nothing is fetched.

Greys and hatching by lightness, so that they read on a black and white printer.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import vl_convert
from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from campaigns.coverage.dossier import Dossier
from campaigns.coverage.facts import Fate
from campaigns.coverage.measures import Unit

DARK, LIGHT, LINE = "#12355b", "#a9b8c8", "#b3261e"
WHOLE = {"tickMinStep": 1, "format": "d"}
CONFIG = {
    "font": "DejaVu Sans, Arial, sans-serif",
    "background": "white",
    "axis": {"labelFontSize": 12, "titleFontSize": 12, "labelLimit": 260},
    "legend": {"labelFontSize": 12, "title": None, "orient": "top"},
}


@dataclass(frozen=True)
class Drawn:
    """``columns`` and ``rows`` are the numbers that ``spec`` shows."""

    key: str
    title: str
    summary: str
    columns: list[str]
    rows: list[list[str | int | float]]
    spec: dict[str, Any]


def months(dossier: Dossier) -> Drawn:
    """Stories a month: what went out and what is planned."""
    found, (sent, planned) = dossier.found, (_("sent"), _("planned"))
    rows: list[list[str | int | float]] = [
        [f"{MONTHS_3[month]} {year}", tally.counted[Fate.SENT], tally.counted[Fate.PLANNED]]
        for (year, month), tally in found.total.months.items()
    ]
    values = [
        {"month": row[0], "what": what, "stories": number, "order": place}
        for row in rows
        for place, (what, number) in enumerate(((sent, row[1]), (planned, row[2])))
    ]
    spec = _spec(
        values,
        {"type": "bar", "stroke": DARK},
        {
            "x": {"field": "month", "type": "ordinal", "sort": None, "title": None, "axis": {"labelAngle": 0}},
            "y": {
                "field": "stories",
                "type": "quantitative",
                "title": _("Stories"),
                "axis": WHOLE,
                **_from_nothing(value["stories"] for value in values),
            },
            "color": {"field": "what", "type": "nominal", "scale": {"domain": [sent, planned], "range": [DARK, LIGHT]}},
            "order": {"field": "order"},
        },
    )
    spec["height"] = 220
    counted = found.total.total.counted
    summary = _("%(sent)s stories were sent and %(planned)s are planned in the period.") % {
        "sent": counted[Fate.SENT],
        "planned": counted[Fate.PLANNED],
    }
    return Drawn("months", _("Stories by month"), summary, [_("Month"), sent, planned], rows, spec)


def targets(dossier: Dossier) -> Drawn:
    """Stories of each focus area against its target; a focus area without one has no mark."""
    sent, target = _("sent"), _("target")
    lines = [(row.area.name, row.total.counted[Fate.SENT], row.target) for row in dossier.found.areas if row.area]
    values = [{"area": name, "sent": number, "target": aim} for name, number, aim in lines]
    y = {"field": "area", "type": "nominal", "sort": None, "title": None}
    x = {
        "type": "quantitative",
        "title": _("Stories (the line is the target)"),
        "axis": WHOLE,
        **_from_nothing(number for _name, *numbers in lines for number in numbers),
    }
    spec = _spec(values, None, {})
    spec["layer"] = [
        {"mark": {"type": "bar", "color": LIGHT, "stroke": DARK}, "encoding": {"y": y, "x": {"field": "sent", **x}}},
        {
            "transform": [{"filter": "datum.target != null"}],
            "mark": {"type": "tick", "color": LINE, "thickness": 3, "size": 18},
            "encoding": {"y": y, "x": {"field": "target", **x}},
        },
    ]
    aimed = [(number, aim) for _name, number, aim in lines if aim is not None]
    summary = (
        _("%(reached)s of %(all)s focus areas with a target have reached it.")
        % {"reached": sum(1 for number, aim in aimed if number >= aim), "all": len(aimed)}
        if aimed
        else _("No focus area has a target for this period.")
    )
    rows: list[list[str | int | float]] = [[name, number, "–" if aim is None else aim] for name, number, aim in lines]
    return Drawn("targets", _("Sent against the targets"), summary, [_("Focus area"), sent, target], rows, spec)


def lead_time(dossier: Dossier) -> Drawn:
    """Median hours of each step of the road; a step that nothing took is not drawn as nothing."""
    figures = [one for section in dossier.sections for one in section.figures if one.unit is Unit.HOURS]
    values = [{"step": one.label, "hours": round(one.value, 1)} for one in figures if one.value is not None]
    spec = _spec(
        values,
        {"type": "bar", "color": LIGHT, "stroke": DARK},
        {
            "y": {"field": "step", "type": "nominal", "sort": None, "title": None},
            "x": {"field": "hours", "type": "quantitative", "title": _("Hours")},
        },
    )
    rows: list[list[str | int | float]] = [[one.label, one.said()] for one in figures]
    known = "; ".join(f"{one.label}: {one.said()}" for one in figures if one.value is not None)
    summary = known or _("No step has been measured in this period.")
    if known and dossier.selected:
        summary = f"{summary}. {_('This is of everything, not only of what is selected.')}"
    return Drawn("lead_time", _("Lead time"), summary, [_("Step"), _("Hours")], rows, spec)


CHARTS: Mapping[str, Callable[[Dossier], Drawn]] = {"months": months, "targets": targets, "lead_time": lead_time}


def _from_nothing(numbers: Iterable[str | int | float | None]) -> dict[str, Any]:
    """Where there is nothing at all, the axis still begins at its end."""
    return {} if any(numbers) else {"scale": {"domain": [0, 1]}, "axis": {**WHOLE, "values": [0, 1]}}


def every(dossier: Dossier) -> list[Drawn]:
    return [draw(dossier) for draw in CHARTS.values()]


def svg(drawn: Drawn) -> str:
    written: str = vl_convert.vegalite_to_svg(drawn.spec, vl_version="5.21", allowed_base_urls=[])
    return written


def png(drawn: Drawn) -> bytes:
    written: bytes = vl_convert.vegalite_to_png(drawn.spec, vl_version="5.21", scale=2, allowed_base_urls=[])
    return written


def _spec(values: list[dict[str, Any]], mark: dict[str, Any] | None, encoding: dict[str, Any]) -> dict[str, Any]:
    spec: dict[str, Any] = {"width": 560, "height": {"step": 28}, "data": {"values": values}, "config": CONFIG}
    return spec | ({"mark": mark, "encoding": encoding} if mark else {})
