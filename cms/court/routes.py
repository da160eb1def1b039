"""Which way of approval a court result must go, from what the prosecutor's desk knows of it now."""

from typing import Any

from cms.court.models import Report, Route
from cms.court.models.routes import Circumstance
from cms.court.publicity import NO_NARRATIVE, kinds_in_force


def report_of(page: Any) -> Report | None:
    """The report behind a page; None for what was written before there was a form."""
    if page.pk is None:
        return None
    return Report.objects.filter(page_id=page.pk).select_related("case").first()


def circumstances(report: Report) -> set[str]:
    in_force = kinds_in_force(report)
    found = {
        Circumstance.MINOR: any(person.minor for person in report.defendants.all()),
        Circumstance.MINOR_VICTIM: report.minor_victim,
        Circumstance.SEXUAL_OFFENCE: report.sexual_offence,
        Circumstance.CLOSED_DOORS: bool(in_force & NO_NARRATIVE),
        Circumstance.RESTRICTION: bool(in_force),
        Circumstance.OTHERS_PENDING: report.others_pending,
        Circumstance.POLICE_EMPLOYEE: report.police_employee,
        Circumstance.SENSITIVE_MATTER: report.sensitive_matter,
    }
    return {key.value for key, holds in found.items() if holds}


def workflow_for(page: Any) -> Any:
    """The workflow of its route; None where there is no report or no route."""
    report = report_of(page)
    route = Route.objects.for_result(circumstances(report)) if report is not None else None
    return route.workflow if route is not None else None
