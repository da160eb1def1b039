"""The smallest case with a report, and a text about it that was approved or sent."""

from datetime import timedelta

from django.utils import timezone

from cms.court.models import Case, CasePage, Report
from cms.models import CourtResult
from tests import cast as people

JUDGED = "En mand er idømt to års fængsel for røveri. Dommen er ikke endelig."


def case(cast, **fields):
    return Case.objects.create(nickname="Kiosken", owner=cast.prosecutor, **fields)


def report(of, cast, *, page=None, outcome="convicted", finality="first_instance", age=24, **fields):
    made = Report.objects.create(
        case=of,
        prosecutor=cast.prosecutor,
        page=page,
        state=Report.State.FILED,
        pronounced_at=timezone.now() - timedelta(hours=2),
        confirmed_at=timezone.now(),
        **fields,
    )
    made.defendants.create(number=1, outcome=outcome, finality=finality, age=age)
    return made


def result(cast, channel, *, of=None, summary=JUDGED, **fields):
    """A text about the case, waiting for its lawyer."""
    page = people.draft(CourtResult, by=cast.writer, title="Dom i sag om røveri", summary=summary, **fields)
    people.place(page, channel)
    if of is not None:
        report(of, cast, page=page)
    return page


def approved(cast, channel, **fields):
    return signed(people.submit(result(cast, channel, **fields), by=cast.writer), cast)


def signed(page, cast):
    """Every signature that its route asks for, each by another person."""
    lawyers = iter((cast.legal, second_lawyer(cast)))
    while page.workflow_in_progress:
        task = page.current_workflow_task
        by = cast.editor if task.signs == task.Signs.LANGUAGE else next(lawyers)
        page = people.approve(page, by=by)
    return page


def second_lawyer(cast):
    if not hasattr(cast, "second_lawyer"):
        cast.second_lawyer = cast.user("second_lawyer")
        cast.second_lawyer.groups.set(cast.legal.groups.all())
    return cast.second_lawyer


def link(of, page, cast):
    CasePage.objects.create(case=of, page=page, by=cast.prosecutor)
