"""Dragging in the calendar: it goes there, or says why not and where it could; the last move can be undone."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from campaigns import free_time
from campaigns.fields import WallTimeFormField
from campaigns.models import Placement
from campaigns.views import pulse
from cms.models import Post
from publishing.models import Channel, Delivery, State
from tests.cast import approve, draft, place, submit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # ten o'clock in Copenhagen
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def november(db):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def channel(scripted_kinds):
    return Channel.objects.create(kind="scripted", name="X", slug="x", minimum_gap=1800)


@pytest.fixture
def page(cast, channel):
    found = draft(Post, by=cast.writer, title="Lygter", summary="Husk lygter.")
    place(found, channel, due=NOW + 3 * HOUR)
    return approve(submit(found, by=cast.writer), by=cast.editor)


def drag(client, row, day, time="", versions=None):
    data = {"day": day, "time": time, "versions": versions or f"{row.pk}:{row.version}"}
    return client.post(reverse("campaigns_calendar:drag", args=[row.pk]), data)


def undo(client):
    return client.post(reverse("campaigns_calendar:undo"), {"next": "/admin/calendar/"})


def test_dropped_on_another_day_it_keeps_its_time_and_its_approval(as_user, page):
    row = page.placements.get()
    answer = drag(as_user("planner"), row, "2026-11-26")
    assert answer.status_code == 200 and "Lygter" in answer.json()["said"]
    row = Placement.objects.get(pk=row.pk)
    assert row.due_at == NOW + timedelta(days=2, hours=3)
    assert (row.delivery.state, row.delivery.due_at) == (State.SCHEDULED, row.due_at)


def test_dropped_too_near_another_it_says_why_and_takes_the_nearest_free_time(as_user, cast, channel, page):
    other = draft(Post, by=cast.writer, title="Anden", summary="Noget andet.")
    place(other, channel, due=NOW + timedelta(days=2, hours=3))
    row, client = page.placements.get(), as_user("planner")
    answer = drag(client, row, "2026-11-26")
    assert answer.status_code == 409
    assert "13.00" in answer.json()["sentences"][0]
    assert Placement.objects.get(pk=row.pk).due_at == NOW + 3 * HOUR
    free = answer.json()["free"]
    assert (free["day"], free["time"]) == ("2026-11-26", "13:30")
    assert drag(client, row, free["day"], free["time"]).status_code == 200


def test_what_somebody_moved_meanwhile_is_not_moved_again_unseen(as_user, page):
    row, client = page.placements.get(), as_user("planner")
    assert drag(client, row, "2026-11-26").status_code == 200
    late = drag(client, row, "2026-11-27")  # with the version from before
    assert late.status_code == 409
    assert Placement.objects.get(pk=row.pk).due_at == NOW + timedelta(days=2, hours=3)


def test_the_last_move_is_undone_and_only_ones_own(as_user, page):
    row, client = page.placements.get(), as_user("planner")
    drag(client, row, "2026-11-26")
    other = as_user("editor")
    undo(other)
    assert Placement.objects.get(pk=row.pk).due_at == NOW + timedelta(days=2, hours=3)


def test_undone_it_is_back_and_sent_at_the_old_time(as_user, page):
    row, client = page.placements.get(), as_user("planner")
    drag(client, row, "2026-11-26")
    assert undo(client).status_code == 302
    row = Placement.objects.get(pk=row.pk)
    assert (row.due_at, row.delivery.due_at) == (NOW + 3 * HOUR, NOW + 3 * HOUR)
    undo(client)  # nothing more to undo
    assert Placement.objects.get(pk=row.pk).due_at == NOW + 3 * HOUR


def test_undo_leaves_alone_what_another_moved_since(as_user, page):
    row, client = page.placements.get(), as_user("planner")
    drag(client, row, "2026-11-26")
    Placement.objects.filter(pk=row.pk).update(version=9)
    answer = client.post(reverse("campaigns_calendar:undo"), {"next": "https://elsewhere.example.org/"}, follow=True)
    assert Placement.objects.get(pk=row.pk).due_at == NOW + timedelta(days=2, hours=3)
    assert answer.redirect_chain[0][0] == reverse("campaigns_calendar:month")


def test_from_the_tray_it_gets_the_first_free_time_and_undo_takes_it_away_again(as_user, cast, channel):
    page = draft(Post, by=cast.writer, title="Uden tid", summary="Venter på en tid.")
    row = Placement.objects.create(page=page, channel=channel)
    approve(submit(page, by=cast.writer), by=cast.editor)
    taken = draft(Post, by=cast.writer, title="Optaget", summary="Noget andet.")
    place(taken, channel, due=datetime(2026, 11, 26, 8, 0, tzinfo=UTC))
    client = as_user("planner")
    assert drag(client, row, "2026-11-26").status_code == 200
    row.refresh_from_db()
    assert row.due_at == datetime(2026, 11, 26, 8, 30, tzinfo=UTC)
    assert Delivery.objects.get(state=State.SCHEDULED).due_at == row.due_at
    undo(client)
    row.refresh_from_db()
    assert row.due_at is None and row.delivery is None
    assert not Delivery.objects.filter(state=State.SCHEDULED).exists()


def test_channels_that_stand_as_one_move_as_one_or_not_at_all(as_user, cast, channel, scripted_kinds):
    second = Channel.objects.create(kind="scripted", name="M", slug="m", quiet_from=time(14), quiet_until=time(15))
    page = draft(Post, by=cast.writer, title="To", summary="To kanaler.")
    first, later = place(page, channel, due=NOW + HOUR), place(page, second, due=NOW + HOUR + timedelta(minutes=10))
    client, versions = as_user("planner"), f"{first.pk}:1,{later.pk}:1"
    refused = drag(client, first, "2026-11-25", "14:00", versions)
    assert refused.status_code == 409 and refused.json()["sentences"][0].startswith("M")
    assert {row.version for row in page.placements.all()} == {1}
    assert drag(client, first, "2026-11-25", "12:00", versions).status_code == 200
    later.refresh_from_db()
    assert later.due_at == datetime(2026, 11, 25, 11, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "clock"),
    [
        ("2027-03-28", "02:30"),
        ("i morgen", "09:00"),
        ("2026-11-23", "09:00"),
        ("9999-12-31", "23:30"),
        ("0001-01-01", "00:00"),
    ],
)
def test_a_time_that_cannot_be_is_refused_with_a_sentence(as_user, page, day, clock):
    answer = drag(as_user("planner"), page.placements.get(), day, clock)
    assert answer.status_code == 409 and answer.json()["sentences"][0].endswith(".")
    if day[:4] in ("9999", "0001"):  # the same in the page's own form, and of what has no time yet
        with pytest.raises(ValidationError):
            WallTimeFormField().clean(f"{day} {clock}")
        page.placements.update(due_at=None, delivery=None)
        assert drag(as_user("planner"), page.placements.get(), day, "").status_code == 409


def test_who_may_not_plan_moves_and_undoes_nothing(as_user, page):
    row = page.placements.get()
    for key in ("writer", "archive", "management"):
        client = as_user(key)
        assert drag(client, row, "2026-11-26").status_code in (302, 403)
        assert undo(client).status_code in (302, 403)
    assert as_user("planner").get(reverse("campaigns_calendar:undo")).status_code in (302, 403, 405)
    assert Placement.objects.get(pk=row.pk).version == row.version


def test_the_pulse_changes_with_a_move_a_state_and_a_new_text_and_not_by_itself(cast, page):
    days = date(2026, 11, 1), date(2026, 11, 30)
    row, seen = page.placements.get(), [pulse.beat(*days)]
    assert pulse.beat(*days) == seen[0]
    Placement.objects.filter(pk=row.pk).update(version=row.version + 1)
    seen.append(pulse.beat(*days))
    Delivery.objects.update(state=State.HELD)
    seen.append(pulse.beat(*days))
    Post.objects.get(pk=page.pk).save_revision(user=cast.writer)
    seen.append(pulse.beat(*days))
    assert len(set(seen)) == 4


def test_a_page_asks_with_its_days_and_nonsense_is_refused(as_user, django_assert_max_num_queries, page):
    client = as_user("archive")
    month = client.get(reverse("campaigns_calendar:month")).context
    days = {"first": month["first"].isoformat(), "last": month["last"].isoformat()}
    with django_assert_max_num_queries(4):
        assert client.get(reverse("campaigns_calendar:pulse"), days).json() == {"pulse": month["pulse"]}
    assert client.get(reverse("campaigns_calendar:pulse"), {"first": "x"}).status_code == 400


def test_a_week_and_a_day_stand_by_the_hour(as_user, cast, channel, page):
    night = draft(Post, by=cast.writer, title="Nat", summary="Sent.")
    place(night, channel, due=datetime(2026, 11, 28, 22, 15, tzinfo=UTC))
    client = as_user("archive")
    week = client.get(reverse("campaigns_calendar:week"), {"day": "2026-11-24"})
    assert [day.date.day for day in week.context["days"]] == list(range(23, 30))
    assert [row.hour for row in week.context["hours"]] == [*range(7, 18), 23]
    assert week.context["urls"]["after"].endswith("?day=2026-12-01")
    day = client.get(reverse("campaigns_calendar:day"), {"day": "2026-11-28"})
    assert [item.first.title for one in day.context["days"] for item in one.items] == ["Nat"]


def test_the_nearest_free_time_keeps_gap_quiet_hours_and_the_past(channel):
    channel.quiet_from, channel.quiet_until = time(11), time(12)
    assert free_time.nearest(channel, NOW - 5 * HOUR, [], NOW) == NOW
    busy = [NOW, NOW + timedelta(minutes=45)]
    assert free_time.nearest(channel, NOW, busy, NOW) == NOW + 2 * HOUR  # the gap, then the quiet hour
    every = [NOW + timedelta(minutes=20) * step for step in range(24 * 3 * 9)]
    assert free_time.nearest(channel, NOW, every, NOW) is None
