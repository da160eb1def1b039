"""Release: each held or missed post goes now, later, or never, because a person said so."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Placement
from publishing import guards, sending, stopping
from publishing.models import Channel, Delivery, EvidenceRecord, State
from tests.cast import approve, draft, place, submit

pytestmark = pytest.mark.django_db


def url():
    return reverse("publishing_desk:held")


@pytest.fixture
def held(schedule):
    """Two that were held by a stop which is lifted."""
    rows = [schedule("A"), schedule("B")]
    for row in rows:
        stopping.hold(row, reason="Terror", by=None)
    return rows


def state_of(row):
    return Delivery.objects.get(pk=row.pk).state


def test_nothing_is_preselected(as_user, held):
    page = as_user("duty").get(url()).content.decode()
    assert page.count('name="chosen"') == 2
    assert "checked" not in page


def test_no_browser_asks_for_a_time_where_something_is_sent_now_or_dropped(as_user, held):
    """One that must be filled in holds back every button of its form."""
    client = as_user("duty")
    for address in (url(), reverse("publishing_desk:delivery", args=[held[0].pk])):
        page = client.get(address).content.decode()
        [field] = re.findall(r"<input[^>]*name=.due_at.[^>]*>", page)
        assert "required" not in field, address


def test_only_who_may_release_gets_in(as_user, held, refused):
    for key in ("outsider", "writer", "management", "planner"):
        client = as_user(key)
        assert refused(client.get(url()))
        assert refused(client.post(url(), {"chosen": held[0].pk, "action": "send_now", "confirmed": "yes"}))
    assert state_of(held[0]) == State.HELD


def test_send_now_is_shown_first_and_then_sends_the_chosen_only(as_user, held, script):
    client = as_user("duty")
    shown = client.post(url(), {"chosen": held[0].pk, "action": "send_now"})
    assert shown.status_code == 200
    assert state_of(held[0]) == State.HELD
    client.post(url(), {"chosen": held[0].pk, "action": "send_now", "confirmed": "yes"})
    sending.send_due()
    assert script.sends == [str(held[0].key)]
    assert state_of(held[1]) == State.HELD


def test_what_is_still_stopped_stays_and_says_why(as_user, held, script, cast):
    stopping.hold_all(reason="Terror", by=cast.duty)
    client = as_user("duty")
    data = {"chosen": [row.pk for row in held], "action": "send_now"}
    assert "Terror" in client.post(url(), data).content.decode()
    client.post(url(), {**data, "confirmed": "yes"})
    sending.send_due()
    assert [state_of(row) for row in held] == [State.HELD] * 2
    assert script.sends == []


def test_what_a_guard_forbids_cannot_be_sent_now(as_user, held):
    guards.register("court", lambda delivery: guards.Hold("Navneforbud"))
    shown = as_user("duty").post(url(), {"chosen": held[0].pk, "action": "send_now"})
    assert "Navneforbud" in shown.content.decode()
    assert "confirmed" not in shown.content.decode()


def test_a_new_time_is_given_in_bulk(as_user, held, script):
    local = timezone.localtime(timezone.now() + timedelta(hours=2)).replace(second=0, microsecond=0)
    as_user("duty").post(
        url(), {"chosen": [row.pk for row in held], "action": "new_time", "due_at": f"{local:%Y-%m-%dT%H:%M}"}
    )
    for row in held:
        row.refresh_from_db()
        assert (row.state, row.due_at) == (State.SCHEDULED, local)
    sending.send_due()
    assert script.sends == []


@pytest.mark.parametrize("written", ["2020-01-01T10:00", "", "i morgen", "2027-03-28T02:30"])
def test_a_time_that_cannot_be_used_changes_nothing_and_keeps_the_selection(as_user, held, written):
    answer = as_user("duty").post(url(), {"chosen": held[0].pk, "action": "new_time", "due_at": written})
    assert answer.status_code == 422
    assert answer.content.decode().count("checked") == 1
    assert state_of(held[0]) == State.HELD


def test_dropping_asks_once_and_keeps_the_reason(as_user, held):
    client = as_user("duty")
    assert state_of(held[0]) == State.HELD
    client.post(url(), {"chosen": held[0].pk, "action": "drop"})
    assert state_of(held[0]) == State.HELD
    client.post(url(), {"chosen": held[0].pk, "action": "drop", "confirmed": "yes", "reason": "Forældet"})
    assert state_of(held[0]) == State.CANCELLED
    record = EvidenceRecord.objects.get(kind="delivery.cancelled")
    assert (record.actor, record.payload["reason"]) == ("duty", "Forældet")


def test_a_missed_one_is_in_the_list_and_is_never_sent_late_by_itself(as_user, schedule, script):
    late = schedule("C", due=timezone.now() - timedelta(hours=3), late=timedelta(hours=1))
    sending.send_due()
    assert state_of(late) == State.MISSED
    client = as_user("duty")
    assert f'value="{late.pk}"' in client.get(url()).content.decode()
    client.post(url(), {"chosen": late.pk, "action": "send_now", "confirmed": "yes"})
    sending.send_due()
    assert state_of(late) == State.DELIVERED


def test_one_that_moved_on_meanwhile_does_not_stop_the_rest(as_user, held, monkeypatch):
    release = stopping.release

    def first_moved(delivery, **kwargs):
        if delivery.pk == held[0].pk:
            Delivery.objects.filter(pk=delivery.pk).update(state=State.CANCELLED)
        release(delivery, **kwargs)

    monkeypatch.setattr(stopping, "release", first_moved)
    as_user("duty").post(url(), {"chosen": [row.pk for row in held], "action": "send_now", "confirmed": "yes"})
    assert state_of(held[1]) == State.SCHEDULED


def test_nothing_selected_changes_nothing(as_user, held):
    as_user("duty").post(url(), {"action": "drop", "confirmed": "yes"})
    assert [state_of(row) for row in held] == [State.HELD] * 2


def test_the_plan_follows_a_new_time_so_that_saving_the_page_does_not_move_it_back(cast, channel):
    story = place_and_approve(cast, channel)
    delivery = Delivery.objects.get()
    stopping.hold(delivery, reason="Terror", by=cast.duty)
    later = timezone.now() + timedelta(hours=5)
    stopping.release(delivery, by=cast.duty, due_at=later)
    placement = Placement.objects.get()
    assert (placement.due_at, placement.latest) == (later, delivery.latest_at)
    assert placement.version == 2
    story.save_revision(user=cast.writer)
    delivery.refresh_from_db()
    assert delivery.due_at == later


def place_and_approve(cast, channel):
    story = draft(by=cast.writer)
    place(story, channel)
    return approve(submit(story, by=cast.writer), by=cast.editor)


def test_recipients_that_were_put_aside_are_decided_about_through_their_list(as_user, schedule, script):
    press = Channel.objects.create(
        kind="scripted_list", name="Press", slug="press", config={"recipients": ["a@example.org", "b@example.org"]}
    )
    parent = schedule("Pressemeddelelse", on=press)
    stops = []
    script.during = lambda: stops or stops.append(stopping.hold_all(reason="Forkert navn", by=None))
    sending.send_due()
    assert sorted(part.state for part in parent.parts.all()) == [State.DELIVERED, State.HELD]
    stopping.lift(stops[0], by=None)
    client = as_user("duty")
    page = client.get(url()).content.decode()
    assert page.count('name="chosen"') == 1
    assert "Pressemeddelelse" in page
    client.post(url(), {"chosen": parent.pk, "action": "send_now", "confirmed": "yes"})
    sending.send_due()
    assert len(script.sends) == 2
    assert {part.state for part in parent.parts.all()} == {State.DELIVERED}


def test_no_new_time_is_given_in_the_quiet_hours_of_a_channel(as_user, held):
    tomorrow = timezone.localtime().replace(hour=23, minute=30, second=0, microsecond=0) + timedelta(days=1)
    Channel.objects.filter(pk=held[0].channel_id).update(quiet_from="22:00", quiet_until="06:00")
    data = {"chosen": held[0].pk, "action": "new_time", "due_at": f"{tomorrow:%Y-%m-%dT%H:%M}"}
    answer = as_user("duty").post(url(), data)
    assert answer.status_code == 422
    assert "kl. 22.00" in answer.context["time_form"].errors["due_at"][0]
    assert state_of(held[0]) == State.HELD


def test_what_goes_now_but_not_at_once_says_when_its_channel_lets_it_go(as_user, held):
    client, chosen = as_user("duty"), {"chosen": [row.pk for row in held], "action": "send_now"}
    assert "desk-turn" not in client.post(url(), chosen).content.decode()
    Channel.objects.filter(pk=held[0].channel_id).update(minimum_gap=300)
    assert client.post(url(), chosen).content.decode().count("desk-turn") == 1  # the second of them
    assert "desk-turn" not in client.post(url(), {**chosen, "action": "drop"}).content.decode()
