"""What the publication rules have to know of a judgment, from its public facts. Pure."""

from collections.abc import Iterable, Sequence

from cms.court.facts import Facts
from cms.court.sentences.parts import effective
from cms.court.vocabulary import Finality, Outcome, Plea
from cms.rules.base import Context, Kind, Restriction, Stage
from cms.rules.base import Plea as SaidPlea
from cms.rules.language import SEXUAL

GUILTY = frozenset({Outcome.CONVICTED, Outcome.PARTLY_ACQUITTED})
# While an appeal is pending guilt counts as undecided; so it does when the case is to be tried again.
UNDECIDED = frozenset(
    {Finality.APPEALED, Finality.LEAVE_APPLIED, Finality.LEAVE_GRANTED, Finality.REMITTED, Finality.REOPENED}
)


def context(facts: Facts, restriction: Restriction = Restriction.INGEN) -> Context:
    """The Context that texts of these facts are checked in. Which bans are in force only the desk knows."""
    standings = [(one.outcome, effective(facts, one)) for one in facts.defendants]
    return Context(
        kind=Kind.COURT_RESULT,
        stage=stage_of(standings),
        plea=plea_of(one.plea for one in facts.defendants),
        restriction=restriction,
        minor_defendant=any(one.minor for one in facts.defendants),
        sexual_offence=any(SEXUAL.search(what) for what in _offences(facts)),
        final=final(standings),
    )


def stage_of(standings: Sequence[tuple[str, str]]) -> Stage:
    """The strictest that fits all of these (outcome, finality); before any judgment, charged.

    Nobody convicted means acquitted, final or not; unless everybody is to be tried again.
    """
    if not standings:
        return Stage.TILTALT
    remitted = all(outcome == Outcome.REMITTED for outcome, _finality in standings)
    if not remitted and not any(outcome in GUILTY for outcome, _finality in standings):
        return Stage.FRIFUNDET
    if final(standings):
        return Stage.ENDELIG
    if remitted:
        return Stage.ANKET
    return Stage.ANKET if any(now in UNDECIDED for _outcome, now in standings) else Stage.DOM_1_INSTANS


def final(standings: Sequence[tuple[str, str]]) -> bool:
    """Whether a prosecutor declared it so, of everybody."""
    return bool(standings) and all(now == Finality.FINAL for _outcome, now in standings)


def plea_of(pleas: Iterable[str]) -> SaidPlea | None:
    """Whether somebody admitted anything; None as long as nobody is known to have said anything."""
    said = {plea for plea in pleas if plea}
    if not said:
        return None
    return SaidPlea.ERKENDER if said & {Plea.ADMITS, Plea.PARTLY} else SaidPlea.NAEGTER


def _offences(facts: Facts) -> Iterable[str]:
    return (what for one in facts.defendants for what in (*one.offences, *one.acquitted_of))
