"""A planned post goes to another channel by the form: only where it can be carried, and approved where it is seen."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from campaigns.models import Placement
from cms.models import Post
from publishing.models import Channel, Delivery, State
from tests.cast import approve, draft, place, submit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def november(db):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def channels(scripted_kinds):
    return [
        Channel.objects.create(kind="scripted", name=name, slug=name.lower(), minimum_gap=gap)
        for name, gap in (("X", 0), ("Mastodon", 600))
    ]


@pytest.fixture
def approved(cast, channels):
    page = draft(Post, by=cast.writer, title="Lygter", summary="Husk lygter.")
    place(page, channels[0], due=NOW + timedelta(hours=3))
    return approve(submit(page, by=cast.writer), by=cast.editor)


def move(client, placement, channel, time="14:30"):
    asked = {"day": "2026-11-25", "time": time, "channel": channel.pk, f"version-{placement.pk}": placement.version}
    return client.post(reverse("campaigns_calendar:item", args=[placement.pk]), asked)


def test_what_was_approved_for_one_channel_wants_an_approval_for_the_other(as_user, approved, channels):
    placement = approved.placements.get()
    assert move(as_user("planner"), placement, channels[1]).status_code == 302
    placement.refresh_from_db()
    assert (placement.channel, placement.delivery) == (channels[1], None)
    assert [row.state for row in Delivery.objects.all()] == [State.CANCELLED]


def test_where_it_was_approved_before_it_is_planned_at_once_and_undo_brings_it_back(
    as_user, cast, channels, approved, client
):
    placement = approved.placements.get()
    planner = as_user("planner")
    move(planner, placement, channels[1])
    planner.post(reverse("campaigns_calendar:undo"))
    placement.refresh_from_db()
    assert placement.channel == channels[0]
    assert placement.due_at == NOW + timedelta(hours=3)
    assert placement.delivery.state == State.SCHEDULED
    assert placement.delivery.channel == channels[0]


def test_a_channel_that_cannot_carry_it_is_refused_with_its_reason(as_user, cast, channels, approved, monkeypatch):
    monkeypatch.setattr(type(channels[1].adapter), "validate", refuse_on("Mastodon"))
    placement = approved.placements.get()
    answer = move(as_user("planner"), placement, channels[1])
    assert answer.status_code == 422
    assert "For lang." in str(answer.context["form"].errors)
    placement.refresh_from_db()
    assert (placement.channel, placement.delivery.state) == (channels[0], State.SCHEDULED)


def refuse_on(name):
    from publishing.adapters.base import Problem

    def validate(self, account, message):
        return [Problem("text", "For lang.")] if account.name == name else []

    return validate


def test_the_gap_of_the_new_channel_counts_and_the_same_text_does_not_go_there_twice(as_user, cast, channels, approved):
    place(None, channels[1], due=datetime(2026, 11, 25, 13, 35, tzinfo=UTC))
    placement = approved.placements.get()
    answer = move(as_user("planner"), placement, channels[1])
    assert answer.status_code == 422
    Placement.objects.filter(page=None).update(page=approved)
    assert move(as_user("planner"), placement, channels[1], time="15:00").status_code == 422


def test_what_is_out_stays_where_it_is(as_user, channels, approved):
    Delivery.objects.update(state=State.DELIVERED)
    placement = approved.placements.get()
    assert move(as_user("planner"), placement, channels[1]).status_code == 422
    placement.refresh_from_db()
    assert placement.channel == channels[0]


def test_what_is_held_goes_elsewhere_by_somebody_who_may_release_it(as_user, channels, approved):
    Delivery.objects.update(state=State.HELD)
    placement = approved.placements.get()
    assert move(as_user("planner"), placement, channels[1]).status_code == 422
    assert move(as_user("duty"), placement, channels[1]).status_code == 302


def test_what_was_put_back_in_the_tray_and_is_timed_again_is_planned_again(as_user, cast, approved):
    from campaigns import planning

    placement = approved.placements.get()
    planning.take_time(placement, version=placement.version, by=cast.planner)
    planning.move(placement, due_at=NOW + timedelta(days=1), version=placement.version, by=cast.planner)
    placement.refresh_from_db()
    assert placement.delivery.state == State.SCHEDULED
    assert Delivery.objects.filter(state=State.SCHEDULED).count() == 1
