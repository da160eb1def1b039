"""A restriction has a life of its own: what can happen to it, who may say so, and what is kept of it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cms.court import restricting
from cms.court.models import Restriction, RestrictionMove, Verb
from cms.court.models.restrictions import MOVES
from cms.court.vocabulary import IN_FORCE, RestrictionState
from publishing.models import EvidenceRecord
from tests.cms.court import cases

TODAY = timezone.localdate()


@pytest.fixture
def case(cast):
    return cases.case(cast)


def in_state(case, cast, state):
    return Restriction.objects.create(case=case, kind="name", state=state, registered_by=cast.prosecutor)


@pytest.mark.parametrize("state", list(RestrictionState))
@pytest.mark.parametrize("verb", list(MOVES))
def test_only_what_the_state_machine_knows_can_happen(case, cast, state, verb):
    restriction = in_state(case, cast, state)
    after = MOVES[verb].get(state)
    if after is None:
        with pytest.raises(restricting.NotPossible):
            restricting.VERBS[verb](restriction, by=cast.prosecutor, on=TODAY)
        assert not RestrictionMove.objects.exists()
    else:
        restricting.VERBS[verb](restriction, by=cast.prosecutor, on=TODAY)
    assert Restriction.objects.get().state == (after or state)


def test_from_the_request_to_the_end_of_the_suspensive_effect_every_step_is_kept(case, cast):
    by = {"by": cast.prosecutor, "on": TODAY}
    restriction = restricting.request(case, kind="name", defendant_number=1, protects="Vidne Opfundet", **by)
    restricting.impose(restriction, **by)
    restricting.extend(restriction, **by)
    restricting.lift_but_appealed(restriction, **by)
    assert restriction.is_in_force
    restricting.end_suspensive_effect(restriction, **by)
    assert not restriction.is_in_force
    assert [move.verb for move in restriction.moves.all()][::-1] == [
        "request", "impose", "extend", "lift_appealed", "end_effect",
    ]  # fmt: skip
    kept = EvidenceRecord.objects.filter(kind__startswith="restriction.")
    assert kept.count() == 5
    assert not any("Opfundet" in str(record.payload) for record in kept)


def test_requested_and_lifted_with_suspensive_effect_count_as_in_force():
    assert {"requested", "lifted_appealed"} <= IN_FORCE


@pytest.mark.parametrize("who", ["outsider", "writer", "editor", "legal", "admin"])
def test_only_a_prosecutor_of_the_case_moves_it(case, cast, who):
    restriction = in_state(case, cast, RestrictionState.ACTIVE)
    with pytest.raises(PermissionDenied):
        restricting.lift(restriction, by=getattr(cast, who), on=TODAY)
    with pytest.raises(PermissionDenied):
        restricting.request(case, kind="name", by=getattr(cast, who), on=TODAY)


def test_a_prosecutor_of_another_case_does_not_move_it_either(case, cast):
    other = cast.user("other")
    other.groups.set(cast.prosecutor.groups.all())
    with pytest.raises(PermissionDenied):
        restricting.lift(in_state(case, cast, RestrictionState.ACTIVE), by=other, on=TODAY)


def test_two_people_at_once_do_not_both_move_it(case, cast):
    one = in_state(case, cast, RestrictionState.ACTIVE)
    other = Restriction.objects.get()
    restricting.lift(one, by=cast.prosecutor, on=TODAY)
    with pytest.raises(restricting.NotPossible):
        restricting.extend(other, by=cast.prosecutor, on=TODAY)


def test_confirming_changes_no_state_but_the_hour(case, cast):
    restriction = in_state(case, cast, RestrictionState.LIFTED_APPEALED)
    assert restricting.confirm_all(case, by=cast.prosecutor) == 1
    restriction.refresh_from_db()
    assert restriction.state == "lifted_appealed"
    assert restriction.confirmed_at is not None


def test_what_can_happen_next_is_offered(case, cast):
    assert set(in_state(case, cast, RestrictionState.REQUESTED).possible()) == {
        Verb.IMPOSE, Verb.REFUSE, Verb.CONFIRM,
    }  # fmt: skip
