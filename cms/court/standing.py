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
from cms.court.models.defendants import APPEALS, CAN_BE_FINAL
from cms.court.vocabulary import DeadlineFrom, Finality, Stance
from publishing.scheduling import record_evidence

JUDGED = {Event.JUDGED_ON_APPEAL, Event.SUPREME_COURT_JUDGED, Event.JUDGED_AGAIN}  # an acquittal may come with it
# Nobody has appealed any more: what was said to the judgment is no longer an appeal.
APPEAL_IS_OVER = {Event.APPEAL_ENDED, Event.LEAVE_REFUSED, Event.JUDGED_AGAIN}
WAITED_FOR_JUDGMENT = {Finality.APPEALED, Finality.REMITTED, Finality.REOPENED}


@dataclass(frozen=True)
class Standing:
    """One defendant, as the latest report that was filed says, moved by what was registered since."""

    defendant: Defendant
    events: list[Event]
    deadline: date | None
    confirmed: bool  # the day was confirmed by a prosecutor; else it is computed
    runs_from: str
    start: date | None  # the day that is proposed to count from
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
    report = defendant.report
    said = AppealDeadline.objects.filter(report=report, number=defendant.number).first()
    start = report.deadline_start or (timezone.localdate(report.pronounced_at) if report.pronounced_at else None)
    runs_from = report.deadline_from
    judged = _judged_since(defendant, history)
    if judged is not None:  # of the judgment before it the time tells nothing any more
        start, runs_from = judged.on, DeadlineFrom.PRONOUNCED
        said = said if said is not None and said.at > judged.at else None
    day = said.day if said is not None else deadlines.appeal_deadline(start) if start else None
    appealed = bool(APPEALS & {defendant.stance, defendant.prosecution})
    return Standing(
        defendant,
        finality.events(defendant.stands, prosecutor=True),
        day,
        said is not None,
        said.runs_from if said is not None else runs_from,
        start,
        finality.suggests_final(defendant.stands, day, appealed and judged is None, today),
        history,
    )


def _judged_since(defendant: Defendant, history: list[StandingMove]) -> StandingMove | None:
    """The newest judgment that was registered and is not reported yet; its report brings days of its own."""
    filed = defendant.report.confirmed_at
    for move in history:  # newest first
        if move.before in WAITED_FOR_JUDGMENT and move.after in CAN_BE_FINAL:
            return move if filed is None or move.at > filed else None
    return None


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


def would_be(case: Case, number: int, event: str, *, by: Any) -> tuple[Finality, Finality]:
    """Where it stands, and where it would stand after the event. NotAllowed, with a sentence, when it cannot be."""
    before = _defendant(case, number).stands
    return before, finality.move(before, event, prosecutor=access.is_prosecutor(by))


@transaction.atomic
def register(case: Case, number: int, event: str, *, by: Any, on: date, acquitted: bool = False) -> Finality:
    """What happened to the case against one defendant. NotAllowed or PermissionDenied, with a sentence, otherwise.

    1. the machine says whether it can follow; 2. the row moves only from where it was seen; 3. it is evidence, and
    the stage counts as confirmed; 4. an outcome opens a follow-up, an acquittal asks about every earlier post.
    """
    access.ensure_on_the_case(by, case)
    defendant = _defendant(case, number)
    before, stored = defendant.stands, defendant.finality
    after = finality.move(before, event, prosecutor=access.is_prosecutor(by))
    if not Defendant.objects.filter(pk=defendant.pk, finality=stored).update(finality=after):
        raise finality.NotAllowed(_("Somebody changed it meanwhile. Look again."))
    StandingMove.objects.create(case=case, number=number, before=before, after=after, on=on, by=by)
    Case.objects.filter(pk=case.pk).update(stage_confirmed_at=timezone.now())
    record_evidence(
        f"standing.{event}",
        actor=by.get_username(),
        subject=case.subject,
        payload={"defendant": number, "from": before, "to": after, "on": on.isoformat(), "acquitted": acquitted},
    )
    if event in APPEAL_IS_OVER:
        for side in ("stance", "prosecution"):
            Defendant.objects.filter(pk=defendant.pk, **{f"{side}__in": APPEALS}).update(**{side: Stance.UNKNOWN})
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
