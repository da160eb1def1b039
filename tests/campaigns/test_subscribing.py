"""The plan in one's own calendar programme: times and titles, never a text, by an address that can be taken back."""

from datetime import timedelta

import icalendar
import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import CalendarFeed
from cms.models import Post
from publishing.models import Channel
from tests.cast import approve, draft, place, submit

pytestmark = pytest.mark.django_db
PAGE = "campaigns_calendar:subscribe"


@pytest.fixture
def page(cast, scripted_kinds):
    channel = Channel.objects.create(kind="scripted", name="X", slug="x")
    found = draft(Post, by=cast.writer, title="Lygter", summary="Hemmelig brødtekst.")
    place(found, channel, due=timezone.now() + timedelta(days=2))
    return approve(submit(found, by=cast.writer), by=cast.editor)


def address(client):
    return client.post(reverse(PAGE), {"make": "1"}).context["address"]


def test_the_plan_is_read_without_logging_in_and_without_a_text(as_user, client, page):
    found = address(as_user("planner"))
    client.logout()
    answer = client.get(found)
    assert answer["Content-Type"].startswith("text/calendar") and "no-store" in answer["Cache-Control"]
    [event, *_year] = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert "Lygter (X)" in event["summary"] and event["status"] == "TENTATIVE"
    assert event.decoded("dtstart") == page.placements.get().due_at.replace(microsecond=0)
    assert b"Hemmelig" not in answer.content


def test_a_sign_that_no_calendar_may_hold_is_left_out(as_user, client, page):
    Post.objects.filter(pk=page.pk).update(draft_title="Sat ind\x0bfra Word")
    answer = client.get(address(as_user("planner")))
    assert b"Sat ind fra Word" in answer.content and b"\x0b" not in answer.content


def test_a_move_moves_the_same_event(as_user, client, page):
    found = address(as_user("planner"))
    before = icalendar.Calendar.from_ical(client.get(found).content).walk("VEVENT")[0]
    page.placements.update(due_at=timezone.now() + timedelta(days=3), version=2)
    after = icalendar.Calendar.from_ical(client.get(found).content).walk("VEVENT")[0]
    assert before["uid"] == after["uid"] and after["sequence"] > before["sequence"]


def test_a_new_address_ends_the_old_and_ending_ends_both(as_user, page):
    client = as_user("planner")
    old, new = address(client), address(client)
    assert client.get(old).status_code == 404 and client.get(new).status_code == 200
    client.post(reverse(PAGE), {"stop": "1"})
    assert client.get(new).status_code == 404 and not CalendarFeed.objects.exists()


def test_who_may_not_log_in_or_see_the_plan_any_more_reads_nothing(as_user, cast, page):
    client = as_user("planner")
    found = address(client)
    cast.planner.groups.clear()
    assert client.get(found).status_code == 404
    cast.planner.groups.set(cast.editor.groups.all())
    assert client.get(found).status_code == 200
    cast.planner.is_active = False
    cast.planner.save()
    assert client.get(found).status_code == 404


def test_the_token_is_kept_nowhere_and_a_guess_opens_nothing(as_user, page):
    client = as_user("planner")
    token = address(client).rsplit("/", 1)[1].removesuffix(".ics")
    assert token not in str(CalendarFeed.objects.values().get())
    assert client.get(reverse("calendar_feed", args=["x" * 43])).status_code == 404
    assert client.post(reverse(PAGE), {"make": "1"}).status_code == 200


def test_the_outsider_subscribes_to_nothing(as_user):
    assert as_user("outsider").post(reverse(PAGE), {"make": "1"}).status_code in (302, 403)
    assert not CalendarFeed.objects.exists()
