"""What happens to a restriction, one verb each. Each checks the person and the state, changes, and leaves evidence.

Evidence says which restriction, which kind, and from what to what; never a name, nor anything somebody wrote.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.court import access, earlier
from cms.court.models import Case, EarlierPost, Restriction, RestrictionMove, Verb
from cms.court.models.restrictions import MOVES
from cms.court.vocabulary import IN_FORCE, RestrictionState
from publishing.scheduling import record_evidence


class NotPossible(Exception):
    """The restriction is in a state in which this cannot happen. The message is a sentence for people."""


def register(case: Case, *, kind: str, state: str, by: Any, on: date | None = None, **details: Any) -> Restriction:
    """A restriction as it stands when the desk hears of it. Every earlier post on the case is asked about.

    ``details``: defendant_number, protects, scope, lasts_until.
    """
    access.ensure_on_the_case(by, case)
    on = on or timezone.localdate()
    if state not in IN_FORCE:
        raise NotPossible(_("Only a restriction that is requested or in force is registered."))
    with transaction.atomic():
        imposed_on = None if state == RestrictionState.REQUESTED else on
        restriction = Restriction.objects.create(
            case=case,
            kind=kind,
            state=state,
            imposed_on=imposed_on,
            registered_by=by,
            confirmed_at=timezone.now(),
            **details,
        )
        verb = Verb.REQUEST if state == RestrictionState.REQUESTED else Verb.IMPOSE
        _note(restriction, verb, "", by=by, on=on)
        earlier.ask(case, why=EarlierPost.Why.RESTRICTION, restriction=restriction, by=by)
    return restriction


def request(case: Case, *, kind: str, by: Any, on: date, **details: Any) -> Restriction:
    """Asked for, not decided: behaves as if it were in force (R-13)."""
    return register(case, kind=kind, state=RestrictionState.REQUESTED, by=by, on=on, **details)


def impose(restriction: Restriction, *, by: Any, on: date) -> None:
    """The court imposed it; or the court above upheld it."""
    _move(restriction, Verb.IMPOSE, by=by, on=on, imposed_on=on)


def extend(restriction: Restriction, *, by: Any, on: date) -> None:
    """It goes on during the appeal (§ 31(4))."""
    _move(restriction, Verb.EXTEND, by=by, on=on)


def lift(restriction: Restriction, *, by: Any, on: date) -> None:
    """The court lifted it, or the time it was imposed for is over."""
    _move(restriction, Verb.LIFT, by=by, on=on)


def lift_but_appealed(restriction: Restriction, *, by: Any, on: date) -> None:
    """Lifted, and the lifting was appealed with suspensive effect: it stays in force (R-05)."""
    _move(restriction, Verb.LIFT_APPEALED, by=by, on=on)


def end_suspensive_effect(restriction: Restriction, *, by: Any, on: date) -> None:
    """The court above let the lifting stand: from now on it is lifted."""
    _move(restriction, Verb.END_EFFECT, by=by, on=on)


def refuse(restriction: Restriction, *, by: Any, on: date) -> None:
    """The court refused it, or the request was dropped."""
    _move(restriction, Verb.REFUSE, by=by, on=on)


def confirm(restriction: Restriction, *, by: Any, on: date | None = None) -> None:
    """A prosecutor has looked: what is registered still holds. Good for 24 hours (C-10)."""
    _move(restriction, Verb.CONFIRM, by=by, on=on or timezone.localdate())


def confirm_all(case: Case, *, by: Any) -> int:
    """Every restriction of the case still holds as registered. Returns how many there are."""
    found = list(case.restrictions.in_force())
    for restriction in found:
        confirm(restriction, by=by)
    return len(found)


VERBS = {
    Verb.IMPOSE: impose,
    Verb.EXTEND: extend,
    Verb.LIFT: lift,
    Verb.LIFT_APPEALED: lift_but_appealed,
    Verb.END_EFFECT: end_suspensive_effect,
    Verb.REFUSE: refuse,
    Verb.CONFIRM: confirm,
}


@transaction.atomic
def _move(restriction: Restriction, verb: Verb, *, by: Any, on: date, **changes: Any) -> None:
    access.ensure_on_the_case(by, restriction.case)
    before = restriction.state
    after = MOVES[verb].get(before)
    if after is None:
        words = {"state": restriction.get_state_display(), "verb": verb.label}
        raise NotPossible(_("It is %(state)s, so “%(verb)s” is not possible.") % words)
    changes |= {"state": after, "confirmed_at": timezone.now()}
    # The state it was seen in is part of the condition: two people at once cannot both move it.
    if not Restriction.objects.filter(pk=restriction.pk, state=before).update(**changes):
        raise NotPossible(_("Somebody changed it meanwhile. Look again."))
    restriction.refresh_from_db()
    _note(restriction, verb, before, by=by, on=on)
    if after in IN_FORCE and before not in IN_FORCE:  # in force again: what went out meanwhile is looked at
        earlier.ask(restriction.case, why=EarlierPost.Why.RESTRICTION, restriction=restriction, by=by)


def _note(restriction: Restriction, verb: Verb, before: str, *, by: Any, on: date) -> None:
    RestrictionMove.objects.create(
        restriction=restriction, verb=verb, before=before, after=restriction.state, on=on, by=by
    )
    record_evidence(
        f"restriction.{verb}",
        actor=by.get_username(),
        subject=restriction.case.subject,
        payload={
            "restriction": restriction.pk,
            "kind": restriction.kind,
            "defendant": restriction.defendant_number,
            "from": before,
            "to": restriction.state,
            "on": on.isoformat(),
        },
    )
