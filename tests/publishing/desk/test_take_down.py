"""Take down: what will happen to each is said first, and a reason is kept."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from publishing import followups, sending, takedown
from publishing.models import Channel, Delivery, EvidenceRecord, State
from tests.cast import approve, draft, place, submit

pytestmark = pytest.mark.django_db


def url(delivery):
    return reverse("publishing_desk:take_down", args=[delivery.pk])


def fresh(delivery):
    return Delivery.objects.get(pk=delivery.pk)


@pytest.fixture
def story(cast, channel):
    """One content on two channels: one is out, one is planned."""
    from cms import guards

    guards.install()
    other = Channel.objects.create(kind="scripted", name="Other", slug="other")
    page = draft(by=cast.writer)
    place(page, channel, due=timezone.now())
    place(page, other, due=timezone.now() + timedelta(hours=3))
    approve(submit(page, by=cast.writer), by=cast.editor)
    sending.send_due()
    return Delivery.objects.get(state=State.DELIVERED), Delivery.objects.get(state=State.SCHEDULED)


def test_only_who_may_take_down_can(as_user, schedule, refused):
    delivery = schedule()
    sending.send_due()
    for key in ("outsider", "writer", "planner", "management", "archive"):
        client = as_user(key)
        assert refused(client.get(url(delivery)))
        assert refused(client.post(url(delivery), {"chosen": delivery.pk, "reason": "x"}))
    assert fresh(delivery).withdraw_next_at is None
    assert (
        "/take-down/"
        not in as_user("planner").get(reverse("publishing_desk:delivery", args=[delivery.pk])).content.decode()
    )


def test_one_is_marked_and_only_what_is_marked_is_taken_down(as_user, story, script):
    out, planned = story
    client = as_user("duty")
    page = client.get(url(out)).content.decode()
    assert page.count("checked") == 1
    client.post(url(out), {"chosen": out.pk, "reason": "Forkert billede"})
    followups.take_down(timezone.now() + timedelta(seconds=1))
    assert fresh(out).state == State.WITHDRAWN
    assert fresh(planned).state == State.SCHEDULED
    assert script.deleted == [str(out.key)]
    asked = EvidenceRecord.objects.get(kind="delivery.withdraw_asked")
    assert (asked.actor, asked.payload["reason"]) == ("duty", "Forkert billede")


def test_everywhere_takes_down_what_is_out_and_cancels_what_is_planned(as_user, story, script):
    out, planned = story
    client = as_user("duty")
    assert client.get(url(out) + "?everywhere=1").content.decode().count("checked") == 2
    client.post(url(out), {"chosen": [out.pk, planned.pk], "reason": "Forkert billede"})
    followups.take_down(timezone.now() + timedelta(seconds=1))
    assert (fresh(out).state, fresh(planned).state) == (State.WITHDRAWN, State.CANCELLED)


@pytest.mark.parametrize("data", [{"reason": "x"}, {"reason": ""}, {"chosen": "all", "reason": "x"}])
def test_without_a_choice_or_a_reason_nothing_happens_and_the_page_says_so(as_user, story, data):
    out, _planned = story
    answer = as_user("duty").post(url(out), data)
    assert answer.status_code == 422
    assert "error" in answer.content.decode()
    assert fresh(out).withdraw_next_at is None


def test_the_marks_stay_when_the_reason_is_missing(as_user, story):
    out, planned = story
    answer = as_user("duty").post(url(out), {"chosen": [planned.pk], "reason": ""})
    assert answer.content.decode().count("checked") == 1


def test_a_delivery_of_other_content_cannot_be_slipped_in(as_user, story, schedule):
    out, _planned = story
    stranger = schedule("Noget andet")
    sending.send_due()
    as_user("duty").post(url(out), {"chosen": [out.pk, stranger.pk], "reason": "x"})
    assert fresh(stranger).withdraw_next_at is None


def test_a_list_that_was_written_to_cannot_be_called_back_and_nobody_pretends(schedule, script):
    press = Channel.objects.create(
        kind="scripted_list", name="Press", slug="press", config={"recipients": ["a@example.org"]}
    )
    parent = schedule("Pressemeddelelse", on=press)
    sending.send_due()
    Delivery.objects.filter(pk=parent.pk).update(next_at=timezone.now())
    sending.send_due()
    parent = fresh(parent)
    assert takedown.outlook(parent, timezone.now()).possible
    assert takedown.take_down([parent], reason="Forkert navn", by=None) == []
    followups.take_down(timezone.now() + timedelta(seconds=1))
    assert fresh(parent).state == State.DELIVERED
    assert parent in Delivery.objects.to_take_down_by_hand()


def test_what_was_to_be_posted_by_hand_is_posted_no_more_and_the_page_says_so(as_user, schedule):
    facebook = Channel.objects.create(kind="scripted_by_hand", name="Facebook", slug="facebook")
    waiting = schedule("Lygter", on=facebook)
    sending.send_due()
    assert fresh(waiting).state == State.PROCESSING
    client = as_user("duty")
    assert 'name="chosen"' in client.get(url(waiting)).content.decode()
    client.post(url(waiting), {"chosen": [waiting.pk], "reason": "Forkert billede"})
    assert (fresh(waiting).state, fresh(waiting).state_reason) == (State.CANCELLED, "Forkert billede")


def test_what_is_being_sent_or_uncertain_is_left_alone_and_says_why(schedule):
    delivery = schedule()
    for state in (State.SENDING, State.UNCERTAIN, State.FAILED, State.WITHDRAWN):
        delivery.state = state
        found = takedown.outlook(delivery, timezone.now())
        assert not found.possible
        assert found.sentence
