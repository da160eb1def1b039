"""The report for other systems: counts and public titles. No person, no text, no story, nothing of the desk's inside.

The same figures as on the page, from the same dossier; only what may not leave the house is left out.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from campaigns.coverage import definitions, report
from campaigns.coverage.books import Dimension
from campaigns.coverage.dossier import Dossier
from campaigns.coverage.facts import Period
from campaigns.coverage.measures import Figure

NO_DATA, NO_TARGET, NOT_QUARTERS = "no_data", "no_target", "not_whole_quarters"
MOMENTS = {"as_of", "figures_as_of"}  # when something was counted that was not counted for whoever asks
REASONS = {
    NO_DATA: "Nothing was measured, or nobody has told it. It is not zero.",
    NO_TARGET: "No target is set for one of the quarters.",
    NOT_QUARTERS: "Targets are set for whole quarters, and the period is none.",
}


def as_dict(dossier: Dossier, by: Dimension) -> dict[str, Any]:
    """Without ``MOMENTS``, the same as long as nothing has changed."""
    whole, period = report.as_dict(dossier), dossier.found.period
    rows = [*whole["focus_areas"], whole["without_focus_area"], whole["total"]]
    lines = [
        {"key": row.key, "name": row.name, **report.line_of(row)}
        for row in (dossier.lines(by) if by is not Dimension.AREA else ())
    ]
    return {
        **{name: whole[name] for name in ("strategy", "from", "to", "as_of", "definitions_version", "closed_months")},
        "dimension": str(by),
        "focus_areas": [_row(row, period) for row in rows[:-2]],
        "without_focus_area": _row(rows[-2], period),
        "total": _row(rows[-1], period),
        "lines": [_days(line) for line in lines],
        "corrections": whole["corrections"],
        "denominators": whole["denominators"],
        "initiatives": [_days(row) for row in whole["initiatives"]],
        "figures": {
            section.key: [_figure(one) for one in section.figures if not one.internal] for section in dossier.sections
        },
        "figures_stand": whole["figures_stand"],
        "figures_as_of": whole["figures_as_of"],
        "reasons": REASONS,
    }


def meanings() -> list[dict[str, str]]:
    return list(definitions.every())


def _row(row: Mapping[str, Any], period: Period) -> dict[str, Any]:
    found = _days(row)
    if found.get("target") is None:
        found["target_reason"] = NO_TARGET if period.quarters() else NOT_QUARTERS
    return found


def _days(row: Mapping[str, Any]) -> dict[str, Any]:
    """The day is enough; when the next goes out is nobody's business before it has."""
    found = dict(row)
    if "last" in found:
        found["last"] = str(datetime.fromisoformat(found["last"]).date()) if found["last"] else None
        found["planned"] = found.pop("next") is not None
    return found


def _figure(figure: Figure) -> dict[str, Any]:
    known = figure.value is not None and (figure.of != 0 or figure.unit != "share")
    found = {"key": figure.key, "label": figure.label, "unit": str(figure.unit), "of": figure.of, "said": figure.said()}
    found |= {"now": figure.since} if figure.since else {}
    return {**found, "value": figure.value, **({} if known else {"value": None, "reason": NO_DATA})}
