"""The page form as a writer meets it: what speaks against a time is said at its field, and nothing typed is lost."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from campaigns import clock
from campaigns.models import Placement
from cms.models import Post, PostIndex
from publishing import stopping
from publishing.models import Channel, Delivery
from tests import cast as people
from tests.cms.pageform import filled


@pytest.fixture
def channel(db, scripted_kinds):
    return Channel.objects.create(
        kind="scripted",
        name="Scripted",
        slug="scripted",
        quiet_from="22:00",
        quiet_until="06:00",
        minimum_gap=600,
    )


@pytest.fixture
def write(cast, channel, client):
    """Save a new post as a writer with one placement at ``due`` (local wall time as typed)."""
    client.force_login(cast.writer)
    url = reverse("wagtailadmin_pages:add", args=["cms", "post", PostIndex.objects.get().pk])

    def post(due="", *, action="", **row):
        data = nested_form_data(
            {
                "title": "Cykellygter",
                "summary": "Husk lys på cyklen.",
                "link_url": "",
                "social_image": "",
                "social_image_alt": "",
                "focus_area": "",
                "owner_unit": "",
                "campaign": "",
                "language": "da",
                "review_date": "",
                "journal_number": "",
                "purpose": "",
                "initiative_tags": inline_formset([]),
                "variants": inline_formset([]),
                "mentions": inline_formset([]),
                "more_images": inline_formset([]),
                "parts": inline_formset([]),
                "placements": inline_formset(
                    [{"channel": channel.pk, "due_at": due, "latest_at": "", "withdraw_at": "", "version": 1, **row}]
                ),
                "comments": inline_formset([]),
                "body": streamfield([]),
            }
        )
        if action:
            data[action] = "yes"
        return client.post(url, data)

    return post


def errors(response):
    found = {}
    for form in response.context["form"].formsets["placements"]:
        found |= {field: [str(e) for e in sentences] for field, sentences in form.errors.items()}
    return found


@time_machine.travel(datetime(2026, 11, 24, 9, 0, tzinfo=clock.COPENHAGEN), tick=False)
@pytest.mark.parametrize(
    ("due", "field", "part"),
    [
        ("24.11.2026 08:30", "due_at", "passeret|passed"),
        ("28.03.2027 02:30", "due_at", "02.30"),
        ("24.11.2026 23:15", "due_at", "22.00"),
        ("24.11.2026 23:30", "due_at", "i morgen kl. 06.00|tomorrow at 06.00|tomorrow at 6.00"),  # when it would do
    ],
)
def test_a_time_that_cannot_be_used_is_explained_at_its_field(write, due, field, part):
    response = write(due)
    assert response.status_code == 200, "not saved"
    sentence = " ".join(errors(response)[field])
    assert any(word in sentence for word in part.split("|"))
    assert "Husk lys på cyklen." in response.content.decode()
    assert due in response.content.decode()
    assert not Post.objects.exists()


@time_machine.travel(datetime(2026, 11, 24, 9, 0, tzinfo=clock.COPENHAGEN), tick=False)
def test_the_three_moments_may_not_contradict_each_other(write):
    found = errors(write("25.11.2026 10:00", latest_at="25.11.2026 09:00", withdraw_at="25.11.2026 09:30"))
    assert set(found) == {"latest_at", "withdraw_at"}


@time_machine.travel(datetime(2026, 10, 20, 9, 0, tzinfo=clock.COPENHAGEN), tick=False)
def test_of_the_doubled_hour_the_first_is_meant(write, channel):
    Channel.objects.update(quiet_from=None, quiet_until=None)
    write("25.10.2026 02:30")
    placement = Placement.objects.get()
    assert placement.due_at.isoformat() == "2026-10-25T00:30:00+00:00"
    assert placement.wall_time == "2026-10-25T02:30:00"


@time_machine.travel(datetime(2026, 11, 24, 9, 0, tzinfo=clock.COPENHAGEN), tick=False)
def test_two_posts_within_the_gap_of_a_channel_are_refused(write, cast, channel):
    other = people.draft(Post, by=cast.editor, title="En anden")
    people.place(other, channel, due=clock.to_utc(datetime(2026, 11, 25, 10, 0)))
    found = errors(write("25.11.2026 10:05"))
    assert "10.00" in found["due_at"][0]
    assert "10.20" in found["due_at"][1], "when it would do"


@time_machine.travel(datetime(2026, 11, 24, 9, 0, tzinfo=clock.COPENHAGEN), tick=False)
def test_a_draft_with_its_time_is_saved_and_submitted(write, cast, channel):
    write("25.11.2026 10:00", action="action-submit")
    page = Post.objects.get()
    assert page.workflow_in_progress
    assert Placement.objects.get().page_id == page.pk
    assert not Delivery.objects.exists()
    assert not page.live


@time_machine.travel(datetime(2026, 11, 24, 9, 0, tzinfo=clock.COPENHAGEN), tick=False)
def test_the_very_same_text_within_30_days_is_refused_when_submitted_and_kept_as_a_draft(write, cast, channel):
    other = people.draft(Post, by=cast.editor, title="En anden")
    people.place(other, channel, due=clock.to_utc(datetime(2026, 11, 24, 15, 0)))
    people.approve(people.submit(other, by=cast.editor), by=cast.duty)
    response = write("25.11.2026 10:00", action="action-submit")
    assert "24. november" in response.context["form"].errors["summary"][0]
    assert Post.objects.count() == 1
    assert write("25.11.2026 10:00").status_code == 302
    assert Post.objects.count() == 2


def edit(client, page, **changes):
    """Save the edit form as it stands, with changes to the first placement."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(url, filled(client, url, **{f"placements-0-{name}": value for name, value in changes.items()}))


@time_machine.travel(datetime(2026, 11, 24, 9, 0, tzinfo=clock.COPENHAGEN), tick=False)
def test_moving_an_approved_post_in_the_form_moves_its_delivery_and_keeps_the_approval(cast, channel, client):
    page = people.draft(Post, by=cast.writer)
    people.place(page, channel, due=clock.to_utc(datetime(2026, 11, 25, 10, 0)))
    people.approve(people.submit(page, by=cast.writer), by=cast.editor)
    client.force_login(cast.planner)
    response = edit(client, page, due_at="25.11.2026 12:00")
    assert response.status_code == 302, errors(response)
    delivery = Delivery.objects.get()
    assert delivery.due_at == clock.to_utc(datetime(2026, 11, 25, 12, 0))
    assert delivery.state == "scheduled"


@time_machine.travel(datetime(2026, 11, 24, 9, 0, tzinfo=clock.COPENHAGEN), tick=False)
def test_a_form_opened_before_a_move_cannot_undo_it_unseen(cast, channel, client):
    page = people.draft(Post, by=cast.writer)
    placement = people.place(page, channel, due=clock.to_utc(datetime(2026, 11, 25, 10, 0)))
    Placement.objects.filter(pk=placement.pk).update(version=2, due_at=timezone.now() + timedelta(days=3))
    client.force_login(cast.planner)
    response = edit(client, page, due_at="25.11.2026 12:00", version=1)
    assert response.status_code == 200
    assert errors(response)["due_at"]


@time_machine.travel(datetime(2026, 11, 24, 9, 0, tzinfo=clock.COPENHAGEN), tick=False)
def test_taking_the_row_out_of_the_form_cancels_what_was_planned(cast, channel, client):
    page = people.draft(Post, by=cast.writer)
    people.place(page, channel, due=clock.to_utc(datetime(2026, 11, 25, 10, 0)))
    people.approve(people.submit(page, by=cast.writer), by=cast.editor)
    client.force_login(cast.planner)
    assert edit(client, page, DELETE="on").status_code == 302
    assert Delivery.objects.get().state == "cancelled"


@time_machine.travel(datetime(2026, 11, 24, 9, 0, tzinfo=clock.COPENHAGEN), tick=False)
def test_who_may_not_release_what_is_held_is_told_so_at_the_time(cast, channel, client):
    page = people.draft(Post, by=cast.writer)
    people.place(page, channel, due=clock.to_utc(datetime(2026, 11, 25, 10, 0)))
    people.approve(people.submit(page, by=cast.writer), by=cast.editor)
    stopping.hold(Delivery.objects.get(), reason="Afventer", by=cast.duty)
    client.force_login(cast.planner)
    assert errors(edit(client, page, due_at="25.11.2026 12:00"))["due_at"]
    client.force_login(cast.duty)
    assert edit(client, page, due_at="25.11.2026 12:00").status_code == 302
    assert Delivery.objects.get().state == "scheduled"
