"""A release: looked over before it begins, in order, stopped by the first that fails, and gone on with by a person."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from publishing import adapters, guards, preflight, releases, scheduling, sending, stopping
from publishing.adapters.base import Verification
from publishing.errors import ContentRejected, OutcomeUnknown
from publishing.models import Channel, EvidenceRecord, Follow, Receipt, Release, State
from publishing.scheduling import After
from tests.publishing import scripted

pytestmark = pytest.mark.django_db
HOLD, FIT = Release.Rule.HOLD_ALL, Release.Rule.LET_FIT_GO


def later(**delta):
    return time_machine.travel(timezone.now() + timedelta(**delta), tick=True)


def states(rows):
    for row in rows:
        row.refresh_from_db()
    return [row.state for row in rows]


@pytest.fixture
def channels(db):
    return [
        Channel.objects.create(kind="scripted", name=name, slug=name.lower()) for name in ("Site", "Press", "X", "M")
    ]


@pytest.fixture
def plan(channels, schedule):
    """The site, then the press, then the two others."""

    def arranged(rule=HOLD, gap=timedelta(), **more):
        rows = [schedule(channel.name, on=channel, **more) for channel in channels]
        ranks = [rows[:1], rows[1:2], rows[2:]]
        release = releases.arrange(ranks, rule=rule, gap=gap, patience={}, by=None)
        return release, rows

    return arranged


def go():
    for _round in range(4):
        sending.send_due()


def test_it_goes_in_order_after_a_look_at_all_of_it(plan, script):
    release, rows = plan()
    go()
    assert states(rows) == [State.DELIVERED] * 4
    assert script.sends[:2] == [str(row.key) for row in rows[:2]]
    release.refresh_from_db()
    assert (release.fit, release.findings) == (True, {})
    assert EvidenceRecord.objects.filter(kind="release.looked_over").count() == 1
    assert releases.of(rows[3]) == release


def test_the_first_does_not_go_before_it_was_looked_over(plan, script, channels):
    _release, rows = plan()
    for channel in channels:
        sending.pump(channel.pk)
    assert states(rows) == [State.SCHEDULED] * 4
    assert "looked over" in rows[0].state_reason


def test_it_is_looked_over_shortly_before_and_not_long_before(plan):
    due = timezone.now() + timedelta(minutes=10)
    release, _rows = plan(due=due)
    assert not Release.objects.to_check(timezone.now()).exists()
    assert list(Release.objects.to_check(due - timedelta(minutes=2))) == [release]


def test_one_channel_that_cannot_send_holds_all_of_it(plan, script, channels, monkeypatch):
    def verify(adapter, account):
        return Verification(account.name != "X", problem="Its access has ended.")

    monkeypatch.setattr(scripted.Scripted, "verify", verify)
    release, rows = plan()
    go()
    assert states(rows) == [State.HELD, *[State.SCHEDULED] * 3]
    assert "X: Its access has ended." in rows[0].state_reason
    assert script.sends == []
    release.refresh_from_db()
    assert list(release.findings) == [str(rows[2].pk)]

    monkeypatch.setattr(scripted.Scripted, "verify", lambda adapter, account: Verification(True))
    assert releases.go_on(release, by=None) == 1
    go()
    assert states(rows) == [State.DELIVERED] * 4


def test_what_came_to_it_while_the_channels_were_asked_is_looked_over_too(plan, schedule, channels, monkeypatch):
    release, rows = plan()
    changed = []

    def verify(adapter, account):
        if not changed:  # somebody approves other words for X at this very moment
            scheduling.cancel(rows[2], reason="Replaced.", by=None)
            changed.append(schedule("No", on=channels[2], after=After(rows[1], Follow.AFTER)))
        return Verification(True)

    monkeypatch.setattr(scripted.Scripted, "verify", verify)
    guards.register("no", lambda item: guards.Hold("Not these.") if item.headline == "No" else None)
    preflight.check(release)
    release.refresh_from_db()
    assert (release.checked_at, release.fit) == (None, False)
    go()
    assert states(rows) == [State.HELD, State.SCHEDULED, State.CANCELLED, State.SCHEDULED]


def test_what_is_called_off_while_the_channels_are_asked_breaks_no_look(plan, channels, monkeypatch):
    def verify(adapter, account):
        row = rows[3]
        row.refresh_from_db()
        if row.state == State.SCHEDULED:
            scheduling.cancel(row, reason="Called off.", by=None)
        return Verification(account.name != "M", problem="Its access has ended.")

    monkeypatch.setattr(scripted.Scripted, "verify", verify)
    _release, rows = plan(FIT)
    go()
    assert states(rows) == [*[State.DELIVERED] * 3, State.CANCELLED]


def test_the_others_go_where_that_was_chosen(plan, script, channels):
    guards.register("no", lambda item: guards.Hold("Not the press.") if item.headline == "Press" else None)
    _release, rows = plan(FIT)
    go()
    assert states(rows) == [State.DELIVERED, State.HELD, State.DELIVERED, State.DELIVERED]
    assert rows[1].state_reason == "Not the press."


def test_nothing_goes_where_the_first_cannot_whatever_was_chosen(plan, script):
    guards.register("no", lambda item: guards.Hold("Not the page.") if item.headline == "Site" else None)
    _release, rows = plan(FIT)
    go()
    assert states(rows) == [State.HELD, *[State.SCHEDULED] * 3]


def test_a_person_lets_the_others_go(plan, script):
    guards.register("no", lambda item: guards.Hold("Not the press.") if item.headline == "Press" else None)
    release, rows = plan()
    go()
    assert states(rows)[0] == State.HELD
    releases.let_fit_go(release, by=None)
    go()
    assert states(rows) == [State.DELIVERED, State.HELD, State.DELIVERED, State.DELIVERED]


def test_an_objection_that_ends_before_it_is_due_is_none(plan, script):
    due = timezone.now() + timedelta(minutes=1)
    guards.register("embargo", lambda item: guards.Hold("Embargo.", "embargo", due) if timezone.now() < due else None)
    release, rows = plan(due=due)
    preflight.check(release)
    release.refresh_from_db()
    assert release.fit
    with later(minutes=1, seconds=2):
        go()
    assert states(rows) == [State.DELIVERED] * 4


def test_when_the_first_fails_the_rest_is_held_and_goes_on_when_a_person_says_so(plan, script):
    script.answers = [ContentRejected("No.")]
    release, rows = plan()
    go()
    assert states(rows) == [State.FAILED, State.HELD, State.SCHEDULED, State.SCHEDULED]
    assert releases.go_on(release, by=None) == 1
    go()
    assert states(rows) == [State.FAILED, *[State.DELIVERED] * 3]
    assert rows[1].follow_mode == Follow.ALONE
    assert EvidenceRecord.objects.filter(kind="decision.went_alone").count() == 1


def test_while_the_first_is_uncertain_nothing_else_goes(plan, script):
    script.answers = [OutcomeUnknown("lost")]
    _release, rows = plan(FIT)
    go()
    assert states(rows) == [State.UNCERTAIN, *[State.SCHEDULED] * 3]


def test_one_in_the_middle_that_fails_stops_the_rest_or_is_passed_over_as_was_chosen(plan, script):
    for rule, expected in ((HOLD, [State.FAILED, State.HELD]), (FIT, [State.FAILED, State.DELIVERED])):
        script.answers = [None, ContentRejected("No.")]
        _release, rows = plan(rule)
        go()
        assert states(rows)[1:3] == expected


def test_stop_the_rest_and_go_on(plan, script):
    release, rows = plan(gap=timedelta(minutes=5))
    go()
    assert states(rows) == [State.DELIVERED, *[State.SCHEDULED] * 3]
    assert releases.stop(release, reason="No more.", by=None) == 3
    with later(minutes=6):
        go()
        assert states(rows) == [State.DELIVERED, *[State.HELD] * 3]
        assert releases.go_on(release, by=None) == 3
        go()
    with later(minutes=12):
        go()
    assert states(rows) == [State.DELIVERED] * 4


def test_arranged_again_nothing_changes_and_without_an_order_each_is_free(plan, script):
    release, rows = plan(due=timezone.now() + timedelta(hours=1))
    before = EvidenceRecord.objects.count()
    assert (
        releases.arrange([rows[:1], rows[1:2], rows[2:]], rule=HOLD, gap=timedelta(), patience={}, by=None) == release
    )
    assert EvidenceRecord.objects.count() == before
    releases.dissolve(rows, by=None)
    states(rows)
    assert {(row.follows_id, row.follow_mode) for row in rows} == {(None, "")}
    assert not Release.objects.exists()


def test_a_release_that_is_moved_is_looked_over_again(plan, script):
    release, rows = plan(due=timezone.now() + timedelta(minutes=1))
    preflight.check(release)
    scheduling.reschedule(rows[0], due_at=timezone.now() + timedelta(hours=1), by=None)
    release.refresh_from_db()
    assert (release.checked_at, release.fit) == (None, False)


def test_a_stop_is_found_by_the_look(plan, script):
    stopping.hold_all(reason="terror", by=None)
    _release, rows = plan()
    go()
    assert State.DELIVERED not in states(rows)
    assert "terror" in rows[0].state_reason


def test_a_look_that_breaks_holds_it_and_is_no_way_out(plan, script, monkeypatch):
    monkeypatch.setattr(scripted.Scripted, "verify", lambda adapter, account: 1 / 0)
    _release, rows = plan()
    go()
    assert states(rows)[0] == State.HELD
    assert script.sends == []


class Page(scripted.Scripted):
    kind = "scripted_page"
    limits = scripted.Limits(publishes_page=True, find=True, read=True)
    there = True

    def read(self, account, message, receipt):
        return scripted.ReadBack(self.there)


@pytest.mark.parametrize(("there", "expected"), [(True, State.DELIVERED), (False, State.HELD)])
def test_what_links_to_a_page_waits_until_the_page_was_read_back(
    schedule, channel, script, monkeypatch, there, expected
):
    monkeypatch.setitem(adapters.KINDS, Page.kind, f"{__name__}.Page")
    monkeypatch.setattr(Page, "there", there)
    site = Channel.objects.create(kind=Page.kind, name="Website", slug="website")
    page = schedule("Page", on=site)
    post = schedule("Post", after=After(page, Follow.AFTER))
    sending.pump(site.pk)
    sending.pump(channel.pk)
    assert states([page, post]) == [State.DELIVERED, State.SCHEDULED]
    assert "read back" in post.state_reason
    assert page.receipt.read_back == Receipt.ReadBack.PENDING
    with later(seconds=4):
        go()
    assert states([post]) == [expected]
