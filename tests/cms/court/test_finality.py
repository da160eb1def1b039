"""The road of a judgment to being final: what can follow what, and who may say the last word."""

from datetime import date

import pytest

from cms.court.finality import MOVES, Event, NotAllowed, events, move, suggests_final
from cms.court.vocabulary import Finality

DEADLINE = date(2026, 5, 26)
AFTER = date(2026, 5, 27)
PENDING = (Finality.APPEALED, Finality.LEAVE_APPLIED, Finality.LEAVE_GRANTED, Finality.REMITTED)


def walk(start, *steps):
    where = start
    for step in steps:
        where = move(where, step, prosecutor=True)
    return where


def test_nobody_appeals():
    assert walk(Finality.FIRST_INSTANCE, Event.DECLARED_FINAL) == Finality.FINAL


def test_all_the_way_to_the_supreme_court():
    way = (Event.APPEALED, Event.JUDGED_ON_APPEAL, Event.LEAVE_APPLIED, Event.LEAVE_GRANTED, Event.SUPREME_COURT_JUDGED)
    assert walk(Finality.FIRST_INSTANCE, *way) == Finality.SUPREME_COURT
    assert walk(Finality.FIRST_INSTANCE, *way, Event.DECLARED_FINAL) == Finality.FINAL


def test_leave_refused_leaves_the_second_judgment_to_be_declared_final():
    assert walk(Finality.LEAVE_APPLIED, Event.LEAVE_REFUSED, Event.DECLARED_FINAL) == Finality.FINAL


def test_an_appeal_that_is_withdrawn_leaves_the_first_judgment():
    assert walk(Finality.FIRST_INSTANCE, Event.APPEALED, Event.APPEAL_ENDED) == Finality.FIRST_INSTANCE


@pytest.mark.parametrize("where", [Finality.APPEALED, Finality.LEAVE_GRANTED])
def test_a_remitted_case_is_judged_again_and_can_be_appealed_again(where):
    assert walk(where, Event.REMITTED, Event.JUDGED_AGAIN, Event.APPEALED) == Finality.APPEALED


def test_a_final_judgment_can_only_be_reopened():
    assert events(Finality.FINAL, prosecutor=True) == [Event.REOPENED]
    assert walk(Finality.FINAL, Event.REOPENED, Event.JUDGED_AGAIN) == Finality.FIRST_INSTANCE


def test_a_judgment_by_default_can_lead_to_a_new_trial():
    assert walk(Finality.DEFAULT_JUDGMENT, Event.NEW_TRIAL, Event.JUDGED_AGAIN) == Finality.FIRST_INSTANCE


@pytest.mark.parametrize("where", PENDING)
def test_while_a_court_has_it_nobody_declares_it_final(where):
    with pytest.raises(NotAllowed):
        move(where, Event.DECLARED_FINAL, prosecutor=True)


def test_only_a_prosecutor_declares_it_final():
    with pytest.raises(NotAllowed):
        move(Finality.FIRST_INSTANCE, Event.DECLARED_FINAL, prosecutor=False)
    assert Event.DECLARED_FINAL not in events(Finality.FIRST_INSTANCE, prosecutor=False)
    assert Event.APPEALED in events(Finality.FIRST_INSTANCE, prosecutor=False)


def test_no_state_is_without_a_way_on_and_every_state_can_become_final():
    assert set(MOVES) == set(Finality)
    for start in Finality:
        reached, front = {start}, [start]
        while front:
            front = [after for where in front for after in MOVES[where].values() if after not in reached]
            reached.update(front)
        assert Finality.FINAL in reached, start


def test_no_event_leads_to_final_but_the_declaration():
    leading = {event for moves in MOVES.values() for event, after in moves.items() if after == Finality.FINAL}
    assert leading == {Event.DECLARED_FINAL}


def test_it_suggests_final_the_day_after_the_last_day_when_nobody_appealed():
    assert suggests_final(Finality.FIRST_INSTANCE, DEADLINE, False, AFTER)
    assert suggests_final(Finality.SECOND_INSTANCE, DEADLINE, False, AFTER)
    assert not suggests_final(Finality.FIRST_INSTANCE, DEADLINE, False, DEADLINE)
    assert not suggests_final(Finality.FIRST_INSTANCE, DEADLINE, True, AFTER)
    assert not suggests_final(Finality.FIRST_INSTANCE, None, False, AFTER)


def test_it_asks_at_once_after_the_supreme_court_and_never_of_what_is_pending_or_already_final():
    assert suggests_final(Finality.SUPREME_COURT, None, False, AFTER)
    for where in (*PENDING, Finality.FINAL, Finality.REOPENED):
        assert not suggests_final(where, DEADLINE, False, AFTER), where
