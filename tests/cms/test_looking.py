"""The page for whoever approves: exactly what is shown is approved, and the author is told who can."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Placement
from cms.models import Approval, Post, Story, Variant
from publishing import presenting
from publishing.models import Channel, Delivery, State
from tests import cast as people


@pytest.fixture
def channel(db, scripted_kinds):
    return Channel.objects.create(kind="scripted", name="Scripted", slug="scripted")


@pytest.fixture
def submitted(cast, channel):
    page = people.draft(by=cast.writer)
    people.place(page, channel)
    return people.submit(page, by=cast.writer)


def address(page):
    return reverse("approval:look", args=[page.pk])


@pytest.fixture
def look(client):
    """Open the page as somebody; returns the seal of what was shown and the words of the page."""

    def open_it(page, person):
        client.force_login(person)
        response = client.get(address(page))
        return response.context["shown"], response.content.decode()

    return open_it


def decide(client, page, **data):
    return client.post(address(page), {"note": "", **data}, follow=True)


def said(response):
    return " ".join(str(message) for message in response.context["messages"])


def test_the_approver_sees_the_content_as_its_channels_show_it(cast, submitted, channel, look):
    submitted.variants.add(Variant(channel=channel, text="Kun på denne kanal."))
    submitted.save_revision(user=cast.writer)
    _seal, page = look(submitted, cast.editor)
    assert "Kun på denne kanal." in page
    assert "Writer" in page, "who wrote it"
    assert 'name="approve"' in page
    assert 'name="send_back"' in page


def test_what_was_shown_is_approved_and_the_next_follows(cast, submitted, channel, client, look):
    other = people.draft(Post, by=cast.writer, summary="En anden.", title="En anden")
    people.place(other, channel)
    people.submit(other, by=cast.writer)
    shown, _page = look(submitted, cast.editor)
    response = decide(client, submitted, shown=shown, approve="1")
    assert response.redirect_chain[-1][0] == address(other)
    assert Approval.objects.get().by == cast.editor
    assert Delivery.objects.get().state == State.SCHEDULED


def test_a_newer_version_meanwhile_is_shown_first_and_nothing_is_decided(cast, submitted, client, look):
    shown, _page = look(submitted, cast.editor)
    submitted.summary = "Noget helt andet."
    submitted.save_revision(user=cast.writer)
    response = decide(client, submitted, shown=shown, approve="1")
    assert "Noget helt andet." in response.content.decode()
    assert not Approval.objects.exists()
    decide(client, submitted, shown=response.context["shown"], approve="1")
    assert Delivery.objects.get().message.text == "Noget helt andet.", "what was then shown is approved in one step"


def test_a_channel_that_was_added_meanwhile_is_shown_first(cast, submitted, client, look):
    shown, _page = look(submitted, cast.editor)
    people.place(submitted, Channel.objects.create(kind="scripted", name="Another", slug="another"))
    decide(client, submitted, shown=shown, approve="1")
    assert not Approval.objects.exists()


def test_a_time_that_moved_meanwhile_needs_no_second_look(cast, submitted, client, look):
    shown, _page = look(submitted, cast.editor)
    Placement.objects.update(due_at=timezone.now() + timedelta(days=2))
    decide(client, submitted, shown=shown, approve="1")
    assert Approval.objects.exists()


def test_the_author_is_told_so_and_who_can_approve(cast, channel, client, look):
    page = people.draft(by=cast.editor)
    people.place(page, channel)
    page = people.submit(page, by=cast.editor)
    shown, words = look(page, cast.editor)
    assert 'name="approve"' not in words
    assert "Duty" in words
    assert "Editor" not in words.split('class="look__obstacle"')[1].split("</section>")[0]
    decide(client, page, shown=shown, approve="1")
    assert not Approval.objects.exists()


def test_sending_back_needs_a_note_and_reaches_the_author(cast, submitted, client, look):
    shown, _page = look(submitted, cast.editor)
    assert client.post(address(submitted), {"shown": shown, "note": " ", "send_back": "1"}).status_code == 422
    assert Story.objects.get(pk=submitted.pk).workflow_in_progress
    decide(client, submitted, shown=shown, note="Anden linje: skriv hvor.", send_back="1")
    page = Story.objects.get(pk=submitted.pk)
    assert page.current_workflow_state.status == "needs_changes"
    assert "Anden linje: skriv hvor." in look(page, cast.writer)[1]
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert "Anden linje: skriv hvor." in said(editor)


def test_what_is_due_already_goes_as_soon_as_it_is_approved_and_is_said_once(cast, client, look, scripted_kinds):
    names = ("Ude", "Inde")
    channels = [Channel.objects.create(kind="scripted", name=name, slug=name.lower()) for name in names]
    page = people.draft(by=cast.writer)
    due = timezone.now() - timedelta(minutes=5)
    for channel in channels:
        people.place(page, channel, due=due, latest_at=due + timedelta(days=1))
    people.submit(page, by=cast.writer)
    shown = look(page, cast.editor)[1]
    assert shown.count("Så snart det er godkendt") == 1
    assert "Ude, Inde" in shown
    assert "så snart det er godkendt." in shown, "in the plan in words"
    assert "Tidspunktet er passeret" not in shown


def test_two_approvers_at_once_decide_once(cast, submitted, client, look):
    shown, _page = look(submitted, cast.editor)
    people.approve(submitted, by=cast.duty)
    assert decide(client, submitted, shown=shown, approve="1").status_code == 200
    assert Approval.objects.count() == 1


@pytest.mark.parametrize("who", ["outsider", "management", "prosecutor"])
def test_others_neither_see_nor_decide(cast, submitted, client, who):
    client.force_login(getattr(cast, who))
    for response in (client.get(address(submitted)), client.post(address(submitted), {"approve": "1", "shown": "x"})):
        assert response.status_code in (302, 403)
    assert not Approval.objects.exists()


def test_what_is_new_since_the_last_approval_is_struck_and_added(cast, submitted, look):
    page = people.approve(submitted, by=cast.editor)
    page.summary = "Husk lygter på cyklen."
    page.save_revision(user=cast.writer)
    page = people.submit(Story.objects.get(pk=page.pk), by=cast.writer)
    _seal, words = look(page, cast.editor)
    assert "<del>lys</del>" in words
    assert "<ins>lygter</ins>" in words


def test_what_stops_it_is_said_and_it_cannot_be_approved(cast, channel, client, look):
    website = Channel.objects.create(kind="website", name="Website", slug="website")
    page = people.draft(Post, by=cast.writer)
    people.place(page, website)
    page = people.submit(page, by=cast.writer)
    shown, words = look(page, cast.editor)
    assert 'name="approve"' not in words
    assert "Website" in words.split("look__obstacle")[1]
    decide(client, page, shown=shown, approve="1")
    assert not Approval.objects.exists()


def test_the_queue_shows_what_waits_and_never_ones_own(cast, submitted, client):
    client.force_login(cast.editor)
    assert address(submitted) in client.get(reverse("approval:queue")).content.decode()
    client.force_login(cast.writer)
    assert address(submitted) not in client.get(reverse("approval:queue")).content.decode()


def test_what_goes_at_the_same_time_is_read_as_one_and_the_decision_stands_first(cast, submitted, channel, look):
    other = Channel.objects.create(kind="scripted", name="Another", slug="another")
    row = submitted.placements.get()
    people.place(submitted, other, due=row.due_at, latest_at=row.latest_at, withdraw_at=row.withdraw_at)
    people.place(submitted, other, due=row.due_at + timedelta(days=2))
    _seal, page = look(submitted, cast.editor)
    side = page.split('<aside class="look__side">')[1]
    assert side.index('name="approve"') < side.index('id="plan"')
    rows = side.split('class="look__rows"')[1].split("</ul>")[0]
    assert rows.count("<li>") == 2
    together = rows.split("</li>")[0]
    assert "Another" in together and "Scripted" in together


def test_whoever_approves_reads_when_it_goes(client, cast, submitted, look):
    due = timezone.now() + timedelta(days=3)
    Placement.objects.filter(page=submitted).update(due_at=due)
    seal, _page = look(submitted, cast.editor)
    assert presenting.when(due, timezone.now()) in said(decide(client, submitted, shown=seal, approve="1"))


def test_the_queue_says_who_asks_and_when_it_shall_go(client, cast, submitted):
    Placement.objects.filter(page=submitted).update(due_at=timezone.now() + timedelta(days=3))
    client.force_login(cast.editor)
    shown = client.get(reverse("approval:queue")).content.decode()
    row = shown.split(submitted.draft_title)[1].split("</li>")[0]
    assert str(submitted.owner.get_full_name()) in row
    assert row.count("<time ") == 2, "since when, and when it shall go"
