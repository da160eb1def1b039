"""Circumstances: what the prosecutor's desk knows that the publication rules must judge by. Internal, never shown.

Asked anew at every save, approval and send, for they change while the words do not: a ban is registered, an appeal
comes, a confirmation grows old. Nothing of them is kept beside the content.
"""

from dataclasses import dataclass, field
from datetime import datetime

from cms.court import judging, protecting, sealing
from cms.court.models import Case, EarlierPost, Report, Restriction
from cms.court.vocabulary import IN_FORCE, RestrictionState
from cms.rules import Plea as SaidPlea
from cms.rules import Restriction as Ban
from cms.rules import Stage

BANS = {
    RestrictionState.ACTIVE: Ban.AKTIV,
    RestrictionState.EXTENDED: Ban.AKTIV,
    RestrictionState.REQUESTED: Ban.BEGAERET,
    RestrictionState.LIFTED_APPEALED: Ban.OPHAEVET_KAERET,
}


@dataclass(frozen=True)
class Circumstances:
    """Of one piece of content. ``in_a_case`` False: nothing is known of any case, and everything else is empty."""

    in_a_case: bool = False
    stage: Stage | None = None
    final: bool = False  # a prosecutor declared it, for every defendant; of an acquittal the stage does not tell
    plea: SaidPlea | None = None
    restriction: Ban = Ban.INGEN
    minor_defendant: bool = False
    sexual_offence: bool = False
    pronounced_at: datetime | None = None
    restriction_confirmed_at: datetime | None = None
    restricted_since: datetime | None = None  # the latest of the restrictions in force was registered
    stage_confirmed_at: datetime | None = None
    undecided: int = 0  # earlier posts that wait for a decision
    protected_names: tuple[str, ...] = field(default=(), repr=False)
    sealed_shut: bool = False  # there is a list of protected names that no key opens: nothing can be compared


NONE = Circumstances()


def of(page_id: int | None) -> Circumstances:
    """As they are now. One query for content that is about no case, which is nearly all."""
    cases = list(Case.objects.about(page_id)) if page_id else []
    if not cases:
        return NONE
    reports = list(Report.objects.filter(case__in=cases).order_by("pk").prefetch_related("defendants"))
    own = next((report for report in reports if report.page_id == page_id), None)
    filed = [report for report in reports if report.page_id or report.state != Report.State.DRAFT]
    told = own or (filed[-1] if filed else None)
    restrictions = list(Restriction.objects.filter(case__in=cases).in_force().prefetch_related("moves"))
    names, sealed_shut = _protected(cases)
    now = {person.number: person for report in filed for person in report.defendants.all()}  # the latest has the word
    stood = [now.get(person.number, person) for person in told.defendants.all()] if told else []
    standings = [(person.outcome, person.stands) for person in stood]
    people = [person for report in reports for person in report.defendants.all()]
    return Circumstances(
        in_a_case=True,
        stage=judging.stage_of(standings),
        final=judging.final(standings),
        plea=judging.plea_of(person.plea for person in told.defendants.all()) if told else None,
        restriction=_ban(restrictions),
        minor_defendant=any(person.minor for person in people),
        sexual_offence=any(report.sexual_offence for report in reports),
        pronounced_at=own.pronounced_at if own else None,
        restriction_confirmed_at=min((item.confirmed_at or item.registered_at for item in restrictions), default=None),
        restricted_since=max((_since(item) for item in restrictions), default=None),
        stage_confirmed_at=_confirmed(cases, reports),
        undecided=EarlierPost.objects.undecided().filter(case__in=cases).count(),
        protected_names=names,
        sealed_shut=sealed_shut,
    )


def _protected(cases: list[Case]) -> tuple[tuple[str, ...], bool]:
    try:
        return tuple(name for case in cases for name in protecting.names(case)), False
    except sealing.CannotOpen:
        return (), True


def _ban(restrictions: list[Restriction]) -> Ban:
    states = {BANS[RestrictionState(item.state)] for item in restrictions}
    return next((ban for ban in (Ban.AKTIV, Ban.BEGAERET, Ban.OPHAEVET_KAERET) if ban in states), Ban.INGEN)


def _since(item: Restriction) -> datetime:
    """When it came to be in force, as far as the desk was told; a confirmation changes nothing."""
    moves = [move for move in item.moves.all() if move.before not in IN_FORCE and move.after in IN_FORCE]
    return max((move.at for move in moves), default=item.registered_at)


def _confirmed(cases: list[Case], reports: list[Report]) -> datetime:
    """When a prosecutor last stood for where the case is; opening it counts."""
    moments = [report.confirmed_at for report in reports] + [case.stage_confirmed_at for case in cases]
    return max([moment for moment in moments if moment] + [case.created_at for case in cases])
