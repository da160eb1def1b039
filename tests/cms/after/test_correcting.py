"""A correction is visible, dated by its publication, approved like any text, and followed up where nothing changes."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.after import correcting
from cms.court.models import Case, CasePage
from cms.models import Correction, Post, Story
from publishing.models import Delivery, State
from tests import cast as people
from tests.cms.after.conftest import send

NOTE = "Der stod 40 cykler. Det rigtige er 14."


def url(page):
    return reverse("incidents:correct", args=[page.pk])


def correct(client, page, who, **data):
    client.force_login(who)
    return client.post(url(page), {"error": "fact", "text": NOTE, **data})


def approved(page, cast):
    return people.approve(people.submit(type(page).objects.get(pk=page.pk), by=cast.editor), by=cast.duty)


def test_the_note_is_seen_by_the_public_once_approved_with_the_time_of_its_publication(cast, client, story):
    assert correct(client, story, cast.editor).status_code == 302
    client.logout()
    assert NOTE not in client.get(story.url).content.decode()
    story = send(approved(story, cast))
    note = Correction.objects.get()
    assert note.at is not None
    text = client.get(story.url).content.decode()
    assert note.sentence() in text
    assert f"{timezone.localtime(note.at):%H}" in note.sentence()
    for feed in ("/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json"):
        assert NOTE in client.get(feed).content.decode(), feed


def test_its_time_stays_through_later_versions_and_asks_for_no_new_approval(cast, client, story):
    correct(client, story, cast.editor)
    story = send(approved(story, cast))
    at = Correction.objects.get().at
    content = story.get_latest_revision_as_object()
    assert [note.at for note in content.corrections.all()] == [at]
    content.summary = "Husk lys og refleks."
    content.save_revision(user=cast.editor)
    send(approved(story, cast))
    assert Correction.objects.get().at == at


def test_what_is_approved_contains_the_note_and_the_text_check_reads_it(cast, client, story):
    from cms import texts

    correct(client, story, cast.editor)
    content = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    assert NOTE in [text.text for text in texts.texts(content)]
    approved(story, cast)
    website = Delivery.objects.filter(channel__slug="website").latest("pk")
    assert NOTE in website.message.html


def test_where_a_post_cannot_be_changed_a_follow_up_is_drafted_and_goes_through_approval(cast, client, story, channel):
    correct(client, story, cast.editor, channels=[channel.pk])
    post = Post.objects.get()
    assert NOTE in post.summary
    assert post.link_url == story.full_url
    assert not Delivery.objects.filter(placements__page_id=post.pk).exists()
    post = send(approved(post, cast))
    assert Delivery.objects.get(placements__page_id=post.pk).state == State.DELIVERED


def test_the_follow_up_of_a_case_belongs_to_the_case(cast, client, story, channel):
    case = Case.objects.create(nickname="Kælderrum", owner=cast.prosecutor)
    CasePage.objects.create(case=case, page_id=story.pk, by=cast.prosecutor)
    follow_up = correcting.correct(story, text=NOTE, channels=[channel], by=cast.editor)
    assert follow_up.pk in case.page_ids()


def test_what_must_not_have_been_said_is_taken_down_first(cast, client, story):
    answer = correct(client, story, cast.editor, error="legal", text="")
    assert answer.url == reverse("incidents:report", args=[story.pk])
    assert not Story.objects.get(pk=story.pk).get_latest_revision_as_object().corrections.exists()


def test_a_note_that_is_not_out_yet_is_changed_and_not_doubled(cast, client, story):
    correct(client, story, cast.editor)
    correct(client, story, cast.editor, text="Det rigtige er 15.")
    notes = Story.objects.get(pk=story.pk).get_latest_revision_as_object().corrections.all()
    assert [note.text for note in notes] == ["Det rigtige er 15."]


@pytest.mark.parametrize("who", ["outsider", "legal", "management", "archive"])
def test_who_may_not_edit_may_not_correct(cast, client, story, who):
    assert correct(client, story, getattr(cast, who)).status_code in (302, 403, 404)
    assert not Story.objects.get(pk=story.pk).get_latest_revision_as_object().corrections.exists()


def test_a_draft_has_nothing_to_correct(cast, client, newsroom):
    draft = people.draft(by=cast.editor)
    client.force_login(cast.editor)
    assert client.get(url(draft)).status_code == 404


def test_a_fact_without_words_is_asked_for(cast, client, story):
    assert correct(client, story, cast.editor, text=" ").status_code == 422
