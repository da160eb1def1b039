"""Letters to staff: in words that fit, to who can act on them, and never from inside a request."""

import json

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse

from cms import glass, tasks
from cms import mail as letters
from cms.models import Post, Story
from publishing.models import Channel
from tests import cast as people


@pytest.fixture
def channel(db, scripted_kinds):
    return Channel.objects.create(kind="scripted", name="Scripted", slug="scripted")


@pytest.fixture
def story(cast, channel):
    page = people.draft(by=cast.writer)
    people.place(page, channel)
    return page


def letter_to(person):
    [letter] = [letter for letter in mail.outbox if letter.to == [person.email]]
    return letter


def test_who_can_approve_is_asked_with_the_address_of_the_page_and_authors_are_not(cast, story):
    story.summary = "Husk lygter på cyklen."
    story.save_revision(user=cast.editor)
    people.submit(Story.objects.get(pk=story.pk), by=cast.writer)
    asked = {letter.to[0] for letter in mail.outbox}
    assert asked == {cast.duty.email}
    letter = letter_to(cast.duty)
    assert "Cykellygter" in letter.subject
    assert reverse("approval:look", args=[story.pk]) in letter.body
    assert cast.duty.first_name in letter.body


def test_the_author_hears_that_it_is_approved_or_sent_back_and_why(cast, story):
    page = people.submit(story, by=cast.writer)
    mail.outbox.clear()
    page.current_workflow_task_state.reject(user=cast.editor, comment="Anden linje: skriv hvor & hvornår.")
    letter = letter_to(cast.writer)
    assert "Editor" in letter.body
    assert "Anden linje: skriv hvor & hvornår." in letter.body
    page = Story.objects.get(pk=story.pk)
    page.current_workflow_state.resume(user=cast.writer)
    mail.outbox.clear()
    people.approve(Story.objects.get(pk=story.pk), by=cast.editor)
    assert "Cykellygter" in letter_to(cast.writer).subject


def test_whoever_can_be_the_second_person_is_asked_after_break_glass(cast, channel):
    page = people.draft(Post, by=cast.writer)
    given = glass.break_glass(page, by=cast.duty, reason="Ulykke & kø", channels=[channel])
    asked = {letter.to[0] for letter in mail.outbox}
    assert asked == {cast.editor.email, cast.legal.email}
    body = letter_to(cast.editor).body
    assert "Ulykke & kø" in body
    assert reverse("approval:review", args=[given.pk]) in body


@pytest.mark.django_db(transaction=True)
def test_a_letter_is_handed_to_a_worker_after_the_transaction_and_not_without_it(monkeypatch):
    handed = []
    monkeypatch.setattr(tasks.send_letter, "delay", handed.append)
    letter = mail.EmailMessage("Emne", "Tekst", "fra@example.org", ["til@example.org"])
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        letters.AfterCommit().send_messages([letter])
        raise ZeroDivisionError
    assert not handed
    with transaction.atomic():
        letters.AfterCommit().send_messages([letter])
        assert not handed
    assert handed[0]["subject"] == "Emne"


def test_the_worker_posts_what_it_was_handed(settings):
    settings.MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    letter = mail.EmailMultiAlternatives("Emne", "Tekst", "fra@example.org", ["til@example.org"], headers={"X-A": "b"})
    letter.attach_alternative("<p>Tekst</p>", "text/html")
    tasks.send_letter(json.loads(json.dumps(letters._letter(letter))))  # as it comes out of the broker
    [sent] = mail.outbox
    assert [(one.content, one.mimetype) for one in sent.alternatives] == [("<p>Tekst</p>", "text/html")]
    assert (sent.subject, sent.body, sent.to, sent.extra_headers) == (
        "Emne",
        "Tekst",
        ["til@example.org"],
        {"X-A": "b"},
    )
