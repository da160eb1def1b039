"""Tonight's list: somebody on duty reads it by name, and everybody sees whether it is still that list."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from campaigns import tonight
from campaigns.models import Placement, TonightRead
from cms.models import Post
from publishing.models import Channel, EvidenceRecord
from tests.cast import approve, draft, place, submit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def evening(db):
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def page(cast, scripted_kinds):
    channel = Channel.objects.create(kind="scripted", name="X", slug="x")
    found = draft(Post, by=cast.writer, title="Lygter", summary="Husk lygter.")
    place(found, channel, due=NOW + timedelta(hours=3))
    return approve(submit(found, by=cast.writer), by=cast.editor)


def read(client):
    seal = tonight.seal(tonight.items(NOW), NOW)
    return client.post(reverse("campaigns_calendar:acknowledge"), {"seal": seal}, follow=True)


def home(client):
    return client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_duty_officer_reads_it_and_everybody_sees_who(as_user, cast, page):
    assert "Ingen på vagt har læst listen endnu." in home(as_user("writer"))
    cast.duty.first_name, cast.duty.last_name = "Ida", "Prøve"
    cast.duty.save()
    read(as_user("duty"))
    assert TonightRead.objects.get().by == cast.duty
    assert EvidenceRecord.objects.filter(kind="tonight.read", actor="duty").count() == 1
    assert "Ida Prøve har læst listen" in home(as_user("writer"))


def test_a_move_since_asks_for_another_reading(as_user, page):
    read(as_user("duty"))
    Placement.objects.update(due_at=NOW + timedelta(hours=5))
    html = home(as_user("duty"))
    assert "Listen er ændret" in html and "Jeg har læst listen" in html


def test_what_has_gone_out_meanwhile_does_not_change_the_rest(page):
    before = tonight.items(NOW)
    later = NOW + timedelta(hours=4)
    assert tonight.seal(before, later) == tonight.seal(tonight.items(later), later)


def test_what_was_not_shown_is_not_read(as_user, page):
    client = as_user("duty")
    seal = tonight.seal(tonight.items(NOW), NOW)
    Placement.objects.update(due_at=NOW + timedelta(hours=5))
    answer = client.post(reverse("campaigns_calendar:acknowledge"), {"seal": seal}, follow=True)
    assert not TonightRead.objects.exists()
    assert "Listen blev ændret, mens du læste" in answer.content.decode()


@pytest.mark.parametrize("key", ["writer", "planner", "archive"])
def test_who_is_not_on_duty_cannot_read_for_them(as_user, page, key):
    client = as_user(key)
    assert "Jeg har læst listen" not in home(client)
    read(client)
    assert not TonightRead.objects.exists()


def test_a_reading_is_of_one_evening(as_user, page, evening):
    read(as_user("duty"))
    evening.shift(timedelta(hours=24))
    assert TonightRead.objects.latest_of_tonight(NOW + timedelta(hours=24)) is None
