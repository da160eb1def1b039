"""The restrictions of the form become restrictions of the case, with a life of their own, when the report is filed."""

from datetime import date
from typing import Any

from django.utils import timezone

from cms.court import restricting
from cms.court.models import Report
from cms.court.vocabulary import RestrictionState


def register(report: Report, *, by: Any) -> None:
    """Each as it stands. What was decided later than the ban itself is told as its next step."""
    for row in report.restriction_rows.values():
        day = row.get("imposed_on")
        on = date.fromisoformat(day) if day else timezone.localdate(report.pronounced_at)
        then = NEXT.get(row["state"])
        restriction = restricting.register(
            report.case,
            kind=row["kind"],
            state=RestrictionState.ACTIVE if then else row["state"],
            by=by,
            on=on,
            **_whom(row),
        )
        if then is not None:
            then(restriction, by=by, on=timezone.localdate(report.pronounced_at))
    report.restriction_rows = {}
    report.save(update_fields=["restriction_rows"])


NEXT = {
    RestrictionState.EXTENDED.value: restricting.extend,
    RestrictionState.LIFTED_APPEALED.value: restricting.lift_but_appealed,
}


def _whom(row: dict[str, Any]) -> dict[str, Any]:
    whom = str(row.get("whom", ""))
    words = {name: str(row.get(name, "")) for name in ("protects", "scope", "lasts_until")}
    return {"defendant_number": int(whom) if whom.isdecimal() else None, **words}
