"""A correction is visible, dated by its publication, approved like any text, and followed up where nothing changes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Placement
from cms import cards
from cms.after import correcting
from cms.models import Correction, Post, Story
from cms.models.approvals import Approval
from publishing import sending
from publishing.adapters.base import Problem
from publishing.models import Channel, Delivery, Receipt, State
from tests import cast as people
from tests.cms.after.conftest import send
from tests.publishing.scripted import Scripted

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


def told(channel):
    return Delivery.objects.filter(channel=channel, labels__contains=" correction:")


def test_one_approval_tells_who_cannot_change_what_they_have(cast, client, story, channel):
    correct(client, story, cast.editor, channels=[channel.pk])
    assert not told(channel).exists()
    client.force_login(cast.duty)
    people.submit(Story.objects.get(pk=story.pk), by=cast.editor)
    assert f"Rettelse: {NOTE}" in client.get(reverse("approval:look", args=[story.pk])).content.decode()
    story = send(people.approve(Story.objects.get(pk=story.pk), by=cast.duty))
    sending.send_due()
    row = told(channel).get()
    assert (row.state, row.message.link) == (State.DELIVERED, story.full_url)
    assert NOTE in row.message.text
    assert not Post.objects.exists()
    assert Approval.objects.latest().allows(channel.pk, row.message_sha256)
    assert reverse("publishing_desk:delivery", args=[row.pk]) in client.get(url(story)).content.decode()


def test_the_page_follows_each_channel_and_looks_again_while_something_moves(cast, client, story, channel):
    def shown():
        client.force_login(cast.duty)
        html = client.get(url(story)).content.decode()
        return "data-desk-moving" in html, html.partition('id="history"')[2].count("<li>")

    assert shown() == (False, 0)
    correct(client, story, cast.editor, channels=[channel.pk])
    people.submit(Story.objects.get(pk=story.pk), by=cast.editor)
    assert shown() == (True, 0), "it waits for an approval"
    look = reverse("approval:look", args=[story.pk])
    answer = client.post(look, {"note": "", "shown": client.get(look).context["shown"], "approve": "1"}, follow=True)
    assert url(story) in answer.content.decode(), "whoever approves is led there"
    assert shown() == (True, 2), "the page itself, and the channel that is told"
    send(Story.objects.get(pk=story.pk))
    sending.send_due()
    assert shown() == (True, 2), "it is out, and will be read back"
    Receipt.objects.update(read_next_at=None)
    assert shown() == (False, 2)


def test_another_approval_tells_nobody_again(cast, client, story, channel):
    correct(client, story, cast.editor, channels=[channel.pk])
    story = approved(story, cast)
    content = story.get_latest_revision_as_object()
    content.summary = "Husk lys og refleks."
    content.save_revision(user=cast.editor)
    send(approved(story, cast))
    sending.send_due()
    assert told(channel).exclude(state=State.CANCELLED).get().state == State.DELIVERED
    content = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    content.summary = "Husk lys, refleks og hjelm."
    content.save_revision(user=cast.editor)
    send(approved(story, cast))
    assert told(channel).exclude(state=State.CANCELLED).count() == 1


def test_a_note_that_is_reworded_before_it_goes_replaces_what_was_planned(cast, client, story, channel):
    correct(client, story, cast.editor, channels=[channel.pk])
    approved(story, cast)
    correct(client, story, cast.editor, text="Det rigtige er 15.", channels=[channel.pk])
    approved(story, cast)
    sending.send_due()
    assert sorted(told(channel).values_list("state", flat=True)) == [State.CANCELLED, State.DELIVERED]
    assert "15" in told(channel).get(state=State.DELIVERED).message.text


def test_where_a_channel_can_answer_the_correction_stands_below_the_post(cast, client, story, channel, monkeypatch):
    monkeypatch.setattr(Scripted, "limits", replace(Scripted.limits, replies=True))
    correct(client, story, cast.editor, channels=[channel.pk])
    approved(story, cast)
    sending.send_due()
    row = told(channel).get()
    assert (row.follows.channel, row.follow_mode, row.state) == (channel, "answers", State.DELIVERED)


def test_a_post_without_a_page_is_corrected_too(cast, client, out, channel):
    post = out(Post, channels=(channel,))
    correct(client, post, cast.editor, channels=[channel.pk])
    send(approved(post, cast))
    sending.send_due()
    assert told(channel).get().state == State.DELIVERED
    assert correcting.pending(Post.objects.get(pk=post.pk)) is None


def test_a_correction_that_a_channel_cannot_carry_whole_is_refused_at_once(cast, client, story, channel, monkeypatch):
    problem = Problem("text", "Too long.", "too_long")
    monkeypatch.setattr(Scripted, "validate", lambda self, account, message: [problem])
    answer = correct(client, story, cast.editor, channels=[channel.pk])
    assert answer.status_code == 422
    assert "Scripted: Too long." in answer.content.decode()


def test_a_correction_below_a_post_is_held_to_what_an_answer_carries(cast, client, story, channel, monkeypatch):
    problem = Problem("media", "No post without an image.", "image_missing")
    monkeypatch.setattr(Scripted, "validate", lambda self, account, message: [problem])
    monkeypatch.setattr(Scripted, "validate_answer", lambda self, account, message: [])
    assert correct(client, story, cast.editor, channels=[channel.pk]).status_code == 302


def test_what_cannot_be_changed_where_it_stands_is_said_before_it_is_approved(story, channel, monkeypatch):
    problem = Problem("media", "Only the words can be corrected.", "words_only")
    monkeypatch.setattr(Scripted, "limits", replace(Scripted.limits, edit=True))
    monkeypatch.setattr(Scripted, "translate", lambda self, account, message, key: [message.text])
    monkeypatch.setattr(Scripted, "validate_edit", lambda self, account, message, receipt: [problem])
    content = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    assert problem.message not in cards.card(content, channel, timezone.now()).consider, "nothing is different"
    content.summary = "Husk lys og refleks."
    assert problem.message in cards.card(content, channel, timezone.now()).consider


def test_a_channel_that_nobody_chose_is_not_told(cast, client, story, channel):
    correct(client, story, cast.editor)
    approved(story, cast)
    assert not told(channel).exists()


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


def test_a_mail_is_corrected_to_those_who_got_it_and_not_to_the_list_as_it_is_now(cast, client, out, website):
    letters = Channel.objects.create(
        kind="scripted_list", name="Pressen", slug="press", config={"recipients": ["a@avis.example", "b@avis.example"]}
    )
    story = out(channels=(website, letters))
    sending.send_due()
    Channel.objects.filter(pk=letters.pk).update(config={"recipients": ["c@avis.example"]})
    correct(client, story, cast.editor, channels=[letters.pk])
    approved(story, cast)
    sending.send_due()
    parts = told(letters).get(parent=None).parts
    assert sorted(parts.values_list("recipient", "state")) == [
        ("a@avis.example", State.DELIVERED),
        ("b@avis.example", State.DELIVERED),
    ]


def test_the_task_of_posting_by_hand_is_one_with_the_corrected_words_however_late(cast, client, out, website):
    by_hand = Channel.objects.create(kind="manual", name="Intranet", slug="intranet", risk_decided_on="2026-01-01")
    story = out(channels=[website, by_hand])
    old = Delivery.objects.get(channel=by_hand)
    assert old.state == State.PROCESSING
    Placement.objects.update(due_at=timezone.now() - timedelta(hours=5))
    correct(client, story, cast.editor)
    content = story.get_latest_revision_as_object()
    content.summary = "Der stod 14 cykler."
    content.save_revision(user=cast.editor)
    approved(story, cast)
    sending.send_due()
    old.refresh_from_db()
    assert old.state == State.CANCELLED
    new = Delivery.objects.get(channel=by_hand, state=State.PROCESSING)
    assert "14 cykler" in new.message.text


def test_whoever_may_correct_it_finds_the_way_from_any_of_its_deliveries(cast, client, story, channel):
    there = reverse("publishing_desk:delivery", args=[Delivery.objects.get(channel=channel).pk])
    for who, finds in ((cast.editor, True), (cast.archive, False)):
        client.force_login(who)
        assert (url(story) in client.get(there).content.decode()) is finds
