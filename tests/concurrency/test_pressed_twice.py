"""Two people, or one who presses twice: what is planned is planned once, at the time that stands there in the end."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from campaigns import advising, planning, series, series_changes
from campaigns.models import Advice, Occurrence, Placement, Series
from campaigns.planning import Conflict
from cms.court import following
from cms.court.models import FollowUp, Report
from cms.models import Post
from publishing.message import Message
from publishing.models import Delivery, State
from publishing.scheduling import NotPossible
from tests.cast import Cast, approve, draft, place, submit
from tests.cms.court import cases


@pytest.fixture
def people():
    return Cast()


def planned():
    return Delivery.objects.filter(state=State.SCHEDULED)


def test_an_advice_that_is_placed_twice_at_once_is_planned_once(people, channel, race):
    page = draft(Post, by=people.writer)
    place(page, channel, due=timezone.now() + timedelta(days=300))
    approve(submit(page, by=people.writer), by=people.editor)
    advice = Advice.objects.create(page=page)
    advice.channels.set([channel])
    day = timezone.localdate() + timedelta(days=3)

    def press():
        try:
            return advising.place(advice, day, timezone.now(), by=people.planner).planned
        except Conflict:
            return None

    assert sorted(race(press, press, press), key=str) == [None, None, True]
    assert planned().filter(due_at__lt=timezone.now() + timedelta(days=9)).count() == 1


def test_an_occurrence_that_is_put_back_twice_at_once_stands_once(people, channel, race):
    page = draft(Post, by=people.writer)
    place(page, channel, due=timezone.now() + timedelta(days=300))
    approve(submit(page, by=people.writer), by=people.editor)
    day = timezone.localdate() + timedelta(days=40)
    row = Series(title="Lygter", rule="FREQ=DAILY", at=time(12), starts_on=day, until=day, page_id=page.pk)
    series_changes.begin(row, [channel], now=timezone.now(), by=people.planner)
    soon = planned().filter(due_at__lt=timezone.now() + timedelta(days=99))
    assert soon.count() == 1
    for _round in range(5):
        series.skip(Occurrence.objects.get(), by=people.planner)
        assert not soon.exists()
        race(*[lambda: series.unskip(Occurrence.objects.get(), timezone.now(), by=people.planner)] * 4)
        assert soon.count() == 1


def test_what_is_moved_or_given_up_while_it_is_approved_never_goes_at_the_old_time(people, channel, race):
    soon, later = timezone.now() + timedelta(hours=2), timezone.now() + timedelta(days=2)
    for number in range(6):
        page = draft(Post, by=people.writer, title=f"Nr. {number}", summary=f"Husk lys nr. {number}.")
        row = place(page, channel, due=soon + timedelta(minutes=number))
        page = submit(page, by=people.writer)

        def change(row=row, number=number):
            try:
                if number % 2:
                    planning.drop(row, reason="No.", by=people.planner)
                else:
                    planning.move(row, due_at=later, version=1, by=people.editor)
            except (Conflict, NotPossible):
                return None

        race(lambda page=page: approve(page, by=people.editor), change)
    assert Placement.objects.filter(cancelled_at=None).count() == 3
    assert {row.due_at for row in planned()} == {later}
    assert planned().count() == 3


def test_outcomes_of_two_defendants_at_once_open_one_follow_up(people, channel, race):
    case = cases.case(people)
    page = cases.result(people, channel, of=case)
    Report.objects.filter(page=page).update(state="filed")
    row = Placement.objects.get(page=page)
    planning.plan(
        row, message=Message(text="Dom."), revision=page.latest_revision, labels=[f"page:{page.pk}"], headline="Dom",
        operational=False, focus_area=None, initiatives=(), by=None,
    )  # fmt: skip
    Delivery.objects.update(state=State.DELIVERED, sent_at=timezone.now())
    race(*[lambda: following.open_for(case, by=people.prosecutor)] * 4)
    begun = race(*[lambda: following.report_for(FollowUp.objects.get(), by=people.prosecutor).pk] * 3)
    assert len(set(begun)) == 1 and Report.objects.count() == 2
