"""What the publication rules have to know of a judgment, from its public facts. Pure."""

from collections.abc import Iterable

from cms.court.facts import Facts
from cms.court.sentences.parts import APPEALS, SETTLED, effective
from cms.court.vocabulary import Finality, Outcome, Plea, Stance
from cms.rules.base import Context, Kind, Restriction, Stage
from cms.rules.base import Plea as SaidPlea
from cms.rules.language import SEXUAL

GUILTY = frozenset({Outcome.CONVICTED, Outcome.PARTLY_ACQUITTED})
UNDECIDED = frozenset(
    {Finality.APPEALED, Finality.LEAVE_APPLIED, Finality.LEAVE_GRANTED, Finality.REMITTED, Finality.REOPENED}
)
ADMITTED = frozenset({Plea.ADMITS, Plea.PARTLY})


def context(facts: Facts, restriction: Restriction = Restriction.INGEN) -> Context:
    """The Context that texts of these facts are checked in. Which bans are in force only the desk knows."""
    return Context(
        kind=Kind.COURT_RESULT,
        stage=stage(facts),
        plea=_plea(facts),
        restriction=restriction,
        minor_defendant=any(one.minor for one in facts.defendants),
        sexual_offence=any(SEXUAL.search(what) for what in _offences(facts)),
        final=settled(facts),
    )


def stage(facts: Facts) -> Stage:
    """The strictest that fits: guilt is undecided while one has appealed; nobody convicted means acquitted."""
    finalities = {effective(facts, one) for one in facts.defendants}
    if not any(one.outcome in GUILTY for one in facts.defendants):
        remitted = all(one.outcome == Outcome.REMITTED for one in facts.defendants)
        return Stage.ANKET if remitted else Stage.FRIFUNDET
    if settled(facts):
        return Stage.ENDELIG
    said = {Stance(stance) for one in facts.defendants for stance in (one.stance, one.prosecution)}
    return Stage.ANKET if finalities & UNDECIDED or said & APPEALS else Stage.DOM_1_INSTANS


def settled(facts: Facts) -> bool:
    return all(effective(facts, one) in SETTLED for one in facts.defendants)


def _plea(facts: Facts) -> SaidPlea | None:
    pleas = {one.plea for one in facts.defendants if one.plea}
    if not pleas:
        return None
    return SaidPlea.ERKENDER if pleas & ADMITTED else SaidPlea.NAEGTER


def _offences(facts: Facts) -> Iterable[str]:
    return (what for one in facts.defendants for what in (*one.offences, *one.acquitted_of))
