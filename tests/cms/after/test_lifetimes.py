"""How long content stays: looked at again by its owner, down everywhere after its last day."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.after import lifetimes, removing
from cms.models import CourtResult, Lifetime, Post, Story
from publishing import needs
from publishing.models import Channel, Delivery, EvidenceRecord, State
from tests import cast as people
from tests.cms.after.conftest import send, settle, states

RESULT = "En 33-årig mand er idømt to måneders fængsel. Dommen er ikke endelig."


def today():
    return timezone.localdate()


def test_a_court_result_gets_its_last_day_by_the_policy_and_a_story_stays(out):
    anonymous = out(CourtResult, title="Den ene dom", summary=RESULT).lifetime
    known = out(CourtResult, title="Den anden dom", summary=RESULT, identifiable=True).lifetime
    story = out().lifetime
    assert (anonymous.expires_on - today()).days in range(729, 733)
    assert (known.expires_on - today()).days in range(180, 186)
    assert anonymous.review_on == anonymous.expires_on - timedelta(days=30)
    assert (story.expires_on, story.review_on) == (None, None)


def test_a_day_of_its_own_wins_and_a_new_approval_makes_nothing_younger(out, cast):
    page = out(CourtResult, summary=RESULT, expires_on=today() + timedelta(days=40))
    assert page.lifetime.expires_on == today() + timedelta(days=40)
    Lifetime.objects.update(expires_on=today() + timedelta(days=3))
    assert lifetimes.begin(page.pk, CourtResult(title="x"), today()).expires_on == today() + timedelta(days=3)


def test_after_its_last_day_it_is_down_everywhere_and_proved_so(client, out):
    page = out(expires_on=today())
    assert lifetimes.end_what_is_over(timezone.now()) == []
    assert lifetimes.end_what_is_over(timezone.now() + timedelta(days=1)) == [page.pk]
    assert client.get(page.url).status_code == 410
    settle()
    assert states(page) == {"website": State.WITHDRAWN, "scripted": State.WITHDRAWN}
    assert EvidenceRecord.objects.filter(kind="delivery.withdrawn").count() == 2
    assert Delivery.objects.filter(receipt__withdrawn_at=None).count() == 0
    assert lifetimes.end_what_is_over(timezone.now() + timedelta(days=1)) == []


def test_what_no_machine_can_take_down_waits_for_a_person(out, cast, website, scripted_kinds):
    press = Channel.objects.create(
        kind="scripted_list", name="Press", slug="press", config={"recipients": ["a@example.org"]}
    )
    page = out(channels=[website, press], expires_on=today())
    Delivery.objects.filter(channel=press).update(due_at=timezone.now(), next_at=timezone.now())
    send(page)
    lifetimes.end_what_is_over(timezone.now() + timedelta(days=1))
    settle()
    assert "take_down" in [group.key for group in needs.groups(cast.duty)]
    removing.carry_on(timezone.now())
    assert page.removals.under_way().exists()


def test_a_placement_with_a_time_of_withdrawal_is_taken_down_then(cast, out, channel):
    post = people.draft(Post, by=cast.writer, summary="Vejen er spærret til i aften.")
    people.place(post, channel, withdraw_at=timezone.now() + timedelta(hours=2))
    send(people.approve(people.submit(post, by=cast.writer), by=cast.editor))
    settle()
    assert states(post) == {"scripted": State.DELIVERED}
    Delivery.objects.update(withdraw_next_at=timezone.now())
    settle()
    assert states(post) == {"scripted": State.WITHDRAWN}


def test_a_due_review_stands_with_the_owner_and_with_nobody_else(cast, story):
    Lifetime.objects.update(review_on=today())
    assert "content_reviews" in [group.key for group in needs.groups(cast.writer)]
    for other in (cast.editor, cast.duty, cast.prosecutor):
        assert "content_reviews" not in [group.key for group in needs.groups(other)]
    cast.writer.is_active = False
    cast.writer.save()
    assert "content_reviews" in [group.key for group in needs.groups(cast.editor)]


def test_keeping_it_takes_it_off_the_list_and_says_who_looked(cast, client, story):
    Lifetime.objects.update(review_on=today())
    client.force_login(cast.writer)
    page = reverse("incidents:review", args=[story.pk])
    assert client.get(page).status_code == 200
    assert client.post(page, {"review_on": today(), "note": ""}).status_code == 422
    again = today() + timedelta(days=100)
    assert client.post(page, {"review_on": again.strftime("%d.%m.%Y"), "note": "Gælder stadig."}).status_code == 302
    assert Lifetime.objects.get().review_on == again
    assert "content_reviews" not in [group.key for group in needs.groups(cast.writer)]
    assert EvidenceRecord.objects.get(kind="content.reviewed").payload["note"] == "Gælder stadig."


def test_what_has_a_last_day_cannot_be_kept_for_good_in_passing(cast, client, out):
    page = out(CourtResult, summary=RESULT)
    client.force_login(cast.prosecutor)
    data = {"review_on": (today() + timedelta(days=9)).isoformat(), "expires_on": ""}
    assert client.post(reverse("incidents:review", args=[page.pk]), data).status_code == 422


@pytest.mark.parametrize("who", ["outsider", "planner", "prosecutor"])
def test_others_cannot_review_it(cast, client, story, who):
    client.force_login(getattr(cast, who))
    page = reverse("incidents:review", args=[story.pk])
    assert client.get(page).status_code in (302, 403, 404)
    assert client.post(page, {"review_on": "2030-01-01"}).status_code in (302, 403, 404)
    assert Lifetime.objects.get().review_on is None


def test_the_approved_review_date_holds_and_not_an_older_one_of_the_row(cast, out, channel):
    post = people.draft(Post, by=cast.writer, summary="Husk lys.", review_date=date(2020, 1, 1))
    people.place(post, channel)
    post.review_date = today() + timedelta(days=5)
    post.save_revision(user=cast.writer)
    post = people.approve(people.submit(Post.objects.get(pk=post.pk), by=cast.writer), by=cast.editor)
    send(post)
    assert states(post) == {"scripted": State.DELIVERED}
    assert not Story.objects.exists()
