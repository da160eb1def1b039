"""Where the case against each defendant stands: shown, suggested, and moved by the prosecutors of the case alone.

The machine of what can follow is ``cms.court.finality``. The system computes a day and suggests; that a judgment is
final is said by a prosecutor, whoever posts what (R-50 to R-55).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.court import access, deadlines, earlier, finality, following
from cms.court.finality import Event
from cms.court.models import AppealDeadline, Case, Defendant, EarlierPost, Report, StandingMove
from cms.court.vocabulary import DeadlineFrom, Finality, Stance
from publishing.scheduling import record_evidence

APPEALS = {Stance.APPEALED_GUILT, Stance.APPEALED_SENTENCE}
JUDGED = {Event.JUDGED_ON_APPEAL, Event.SUPREME_COURT_JUDGED, Event.JUDGED_AGAIN}  # an acquittal may come with it


@dataclass(frozen=True)
class Standing:
    """One defendant, as the latest report that was filed says, moved by what was registered since."""

    defendant: Defendant
    events: list[Event]
    deadline: date | None
    confirmed: bool  # the day was confirmed by a prosecutor; else it is computed
    runs_from: str
    suggests_final: bool
    history: list[StandingMove]

    @property
    def number(self) -> int:
        return self.defendant.number

    @property
    def happenings(self) -> list[Event]:
        """What can have happened in court. That it is final is declared, apart from them."""
        return [event for event in self.events if event != Event.DECLARED_FINAL]

    @property
    def may_be_final(self) -> bool:
        return Event.DECLARED_FINAL in self.events

    @property
    def asks_about_appeal(self) -> bool:
        return bool({Event.APPEALED, Event.LEAVE_APPLIED} & set(self.events))

    @property
    def runs_from_label(self) -> str:
        return str(DeadlineFrom(self.runs_from).label)

    @property
    def start(self) -> date | None:
        """The day that is proposed to count from."""
        report = self.defendant.report
        return report.deadline_start or (timezone.localdate(report.pronounced_at) if report.pronounced_at else None)

    @property
    def asks_whether_acquitted(self) -> bool:
        return bool(JUDGED & set(self.events))


def of(case: Case, today: date) -> list[Standing]:
    """Every defendant of the case by number."""
    moves = list(case.standing_moves.select_related("by"))
    return [
        _standing(defendant, [move for move in moves if move.number == number], today)
        for number, defendant in sorted(_latest(case).items())
    ]


def _latest(case: Case) -> dict[int, Defendant]:
    filed = case.reports.exclude(state=Report.State.DRAFT)
    rows = Defendant.objects.filter(report__in=filed).select_related("report__case").order_by("report_id")
    return {row.number: row for row in rows}


def _standing(defendant: Defendant, history: list[StandingMove], today: date) -> Standing:
    day, confirmed, runs_from = deadline(defendant)
    appealed = bool(APPEALS & {defendant.stance, defendant.prosecution})
    return Standing(
        defendant,
        finality.events(defendant.finality, prosecutor=True),
        day,
        confirmed,
        runs_from,
        finality.suggests_final(defendant.finality, day, appealed, today),
        history,
    )


def deadline(defendant: Defendant) -> tuple[date | None, bool, str]:
    """The last day of appeal, whether somebody confirmed it, and what it runs from."""
    report = defendant.report
    said = AppealDeadline.objects.filter(report=report, number=defendant.number).first()
    if said is not None:
        return said.day, True, said.runs_from
    start = report.deadline_start or (timezone.localdate(report.pronounced_at) if report.pronounced_at else None)
    return deadlines.appeal_deadline(start) if start else None, False, report.deadline_from


@transaction.atomic
def confirm_deadline(case: Case, number: int, *, runs_from: str, start: date, by: Any) -> date:
    """Say what the time runs from and when; the day is computed from that, and confirmed. Returns it."""
    access.ensure_on_the_case(by, case)
    defendant, day = _defendant(case, number), deadlines.appeal_deadline(start)
    AppealDeadline.objects.update_or_create(
        report=defendant.report,
        number=number,
        defaults={"runs_from": DeadlineFrom(runs_from), "day": day, "by": by},
    )
    payload = {"defendant": number, "runs_from": runs_from, "day": day.isoformat()}
    record_evidence("standing.deadline", actor=by.get_username(), subject=case.subject, payload=payload)
    return day


@transaction.atomic
def register(case: Case, number: int, event: str, *, by: Any, on: date, acquitted: bool = False) -> Finality:
    """What happened to the case against one defendant. NotAllowed or PermissionDenied, with a sentence, otherwise.

    1. the machine says whether it can follow; 2. the row moves only from where it was seen; 3. it is evidence, and
    the stage counts as confirmed; 4. an outcome opens a follow-up, an acquittal asks about every earlier post.
    """
    access.ensure_on_the_case(by, case)
    defendant = _defendant(case, number)
    before = Finality(defendant.finality)
    after = finality.move(before, event, prosecutor=access.is_prosecutor(by))
    if not Defendant.objects.filter(pk=defendant.pk, finality=before).update(finality=after):
        raise finality.NotAllowed(_("Somebody changed it meanwhile. Look again."))
    StandingMove.objects.create(case=case, number=number, before=before, after=after, on=on, by=by)
    Case.objects.filter(pk=case.pk).update(stage_confirmed_at=timezone.now())
    record_evidence(
        f"standing.{event}",
        actor=by.get_username(),
        subject=case.subject,
        payload={"defendant": number, "from": before, "to": after, "on": on.isoformat(), "acquitted": acquitted},
    )
    if event in finality.OUTCOMES:
        following.open_for(case, by=by)
    if acquitted and event in JUDGED:
        earlier.ask(case, why=EarlierPost.Why.ACQUITTAL, by=by)
    return after


def confirm_stage(case: Case, *, by: Any) -> None:
    """A prosecutor has looked: where the case stands is as registered. Good for 14 days (C-11)."""
    access.ensure_on_the_case(by, case)
    Case.objects.filter(pk=case.pk).update(stage_confirmed_at=timezone.now())
    record_evidence("standing.confirmed", actor=by.get_username(), subject=case.subject)


def _defendant(case: Case, number: int) -> Defendant:
    found = _latest(case).get(number)
    if found is None:
        raise finality.NotAllowed(_("There is no such defendant in the case."))
    return found
