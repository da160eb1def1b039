"""The charts of the coverage, each with its numbers as a table and a sentence."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from campaigns.coverage.dossier import Dossier
from campaigns.coverage.drawing import BAR, BESIDE, DARK, LIGHT, LINE, NUMBER, WHOLE, Drawn, some, spec_of
from campaigns.coverage.facts import Fate
from campaigns.coverage.measures import Unit


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
    spec = spec_of(
        values,
        {
            "x": {
                "field": "month",
                "type": "ordinal",
                "title": None,
                "scale": {"domain": [row[0] for row in rows]},  # a month with nothing in it has its place too
                "axis": {"labelAngle": 0, "labelExpr": "split(datum.label, ' ')"},  # the year below its month
            },
            "y": {
                "field": "stories",
                "type": "quantitative",
                "title": _("Stories"),
                "stack": "zero",
                "axis": WHOLE,
                **_from_nothing(value["stories"] for value in values),
            },
            "order": {"field": "order"},
        },
    )
    color = {"field": "what", "type": "nominal", "scale": {"domain": [sent, planned], "range": [DARK, LIGHT]}}
    number = {
        "text": {"field": "stories", "format": "d"},
        "color": {"condition": {"test": "datum.order == 0", "value": "white"}, "value": "black"},
    }
    middle = {**spec["encoding"]["y"], "bandPosition": 0.5}
    spec["layer"] = [
        {"mark": {"type": "bar", "stroke": DARK}, "encoding": {"color": color}, **some("stories")},
        {"mark": NUMBER, "encoding": {**number, "y": middle}, **some("stories")},
    ]
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
    y = {"field": "area", "type": "nominal", "sort": [name for name, *_numbers in lines], "title": None}
    aimed = [(number, aim) for _name, number, aim in lines if aim is not None]
    x = {
        "type": "quantitative",
        "title": _("Stories (the line is the target)") if aimed else _("Stories"),
        "axis": WHOLE,
        **_from_nothing(number for _name, *numbers in lines for number in numbers),
    }
    spec = spec_of(values, {})
    spec["layer"] = [
        {"mark": BAR, "encoding": {"y": y, "x": {"field": "sent", **x}}, **some("sent")},
        {"mark": {**NUMBER, **BESIDE}, "encoding": {"y": y, "x": {"field": "sent", **x}, "text": {"field": "sent"}}},
        {
            "transform": [{"filter": "datum.target != null"}],
            "mark": {"type": "tick", "color": LINE, "thickness": 3, "size": 18},
            "encoding": {"y": y, "x": {"field": "target", **x}},
        },
    ]
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
    values = [
        {"step": one.label, "hours": round(one.value, 1), "said": one.said()}
        for one in figures
        if one.value is not None
    ]
    spec = spec_of(
        values,
        {
            "y": {"field": "step", "type": "nominal", "sort": [one["step"] for one in values], "title": None},
            "x": {"field": "hours", "type": "quantitative", "title": _("Hours")},
        },
    )
    spec["layer"] = [
        {"mark": BAR, **some("hours")},
        {"mark": {**NUMBER, **BESIDE}, "encoding": {"text": {"field": "said"}}},
    ]
    rows: list[list[str | int | float]] = [[one.label, one.said()] for one in figures]
    known = "; ".join(f"{one.label}: {one.said()}" for one in figures if one.value is not None)
    summary = known or _("No step has been measured in this period.")
    if known and dossier.selected:
        summary = f"{summary}. {_('This is of everything, not only of what is selected.')}"
    return Drawn("lead_time", _("Lead time"), summary, [_("Step"), _("Time")], rows, spec)


CHARTS: Mapping[str, Callable[[Dossier], Drawn]] = {"months": months, "targets": targets, "lead_time": lead_time}


def _from_nothing(numbers: Iterable[str | int | float | None]) -> dict[str, Any]:
    """Where there is nothing at all, the axis still begins at its end."""
    return {} if any(numbers) else {"scale": {"domain": [0, 1]}, "axis": {**WHOLE, "values": [0, 1]}}


def every(dossier: Dossier) -> list[Drawn]:
    return [draw(dossier) for draw in CHARTS.values()]
