"""What was approved is what is sent; nobody approves their own text; nothing else schedules."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from campaigns import planning
from campaigns.models import Placement
from cms import approval, glass, statuses
from cms.models import Approval, Post, Story
from publishing import sending
from publishing.errors import ContentRejected
from publishing.models import Channel, Delivery, EvidenceRecord, State
from tests import cast as people
from tests.publishing import scripted


@pytest.fixture
def channel(db, scripted_kinds):
    return Channel.objects.create(kind="scripted", name="Scripted", slug="scripted")


@pytest.fixture
def submitted(cast, channel):
    page = people.draft(by=cast.writer)
    people.place(page, channel)
    return people.submit(page, by=cast.writer)


def word(page):
    return statuses.status_of(page).key


def test_approval_schedules_one_delivery_a_placement_and_publishes_nothing(cast, submitted):
    page = people.approve(submitted, by=cast.editor)
    delivery = Delivery.objects.get()
    assert delivery.state == State.SCHEDULED
    assert delivery.revision_id == page.latest_revision_id
    assert delivery.message.text == "Husk lys på cyklen."
    assert Placement.objects.get().delivery == delivery
    assert not page.live
    assert word(page) == "planned"


@pytest.mark.parametrize("who", ["writer", "admin"])
def test_nobody_approves_what_they_wrote(cast, channel, who):
    person = getattr(cast, who)
    page = people.draft(by=person)
    people.place(page, channel)
    page = people.submit(page, by=person)
    with pytest.raises(PermissionDenied):
        people.approve(page, by=person)
    assert not Delivery.objects.exists()
    assert not Approval.objects.exists()


def test_an_editor_who_changed_a_comma_is_an_author(cast, submitted):
    submitted.summary = "Husk lys på cyklen!"
    submitted.save_revision(user=cast.editor)
    page = Story.objects.get(pk=submitted.pk)
    assert approval.obstacle(page, cast.editor)
    assert approval.obstacle(page, cast.duty) is None


def test_an_edit_under_the_approver_is_not_approved(cast, submitted):
    task_state = submitted.current_workflow_task_state
    submitted.summary = "Noget helt andet."
    submitted.save_revision(user=cast.writer)
    task_state.approve(user=cast.editor)
    assert not Delivery.objects.exists()
    page = Story.objects.get(pk=submitted.pk)
    assert page.current_workflow_task_state.revision == page.latest_revision  # asked again, of the new text


def test_autosave_never_overwrites_what_was_submitted(cast, submitted):
    revision = submitted.latest_revision
    submitted.summary = "Ændret."
    submitted.save_revision(user=cast.writer, overwrite_revision=revision)
    revision.refresh_from_db()
    assert revision.content["summary"] == "Husk lys på cyklen."


def test_an_edit_after_approval_holds_the_send_until_a_new_approval_replaces_it(cast, submitted, channel):
    page = people.approve(submitted, by=cast.editor)
    first = Delivery.objects.get()
    page.summary = "Husk både for- og baglygte."
    page.save_revision(user=cast.writer)
    assert word(page) == "changed"
    Delivery.objects.update(due_at=timezone.now(), next_at=timezone.now())
    sending.pump(channel.pk)
    first.refresh_from_db()
    assert first.state == State.HELD
    assert not scripted.Scripted.script.sends

    page = people.submit(Story.objects.get(pk=page.pk), by=cast.writer)
    people.approve(page, by=cast.editor)
    first.refresh_from_db()
    assert first.state == State.CANCELLED
    second = Delivery.objects.exclude(pk=first.pk).get()
    assert second.message.text == "Husk både for- og baglygte."
    assert Placement.objects.get().delivery == second


def test_a_save_without_change_needs_no_new_approval(cast, submitted):
    page = people.approve(submitted, by=cast.editor)
    page.save_revision(user=cast.writer)
    assert approval.current(Story.objects.get(pk=page.pk)) is not None


def test_approved_content_goes_out_at_its_minute_once(cast, submitted, channel):
    people.approve(submitted, by=cast.editor)
    sending.pump(channel.pk)
    assert not scripted.Scripted.script.sends
    Delivery.objects.update(due_at=timezone.now(), next_at=timezone.now())
    sending.pump(channel.pk)
    sending.pump(channel.pk)
    assert len(scripted.Scripted.script.sends) == 1
    assert word(submitted) == "sent"


def test_moving_the_time_needs_no_new_approval_and_moves_the_delivery(cast, submitted):
    people.approve(submitted, by=cast.editor)
    placement = Placement.objects.get()
    later = timezone.now() + timedelta(days=1)
    planning.move(placement, due_at=later, version=placement.version, by=cast.planner)
    assert Delivery.objects.get().due_at == later
    with pytest.raises(planning.Conflict):
        planning.move(placement, due_at=later, version=placement.version - 1, by=cast.planner)
    with pytest.raises(PermissionDenied):
        planning.move(placement, due_at=later, version=placement.version, by=cast.writer)


def test_deleting_the_content_cancels_what_was_planned_and_keeps_the_evidence(cast, submitted):
    page = people.approve(submitted, by=cast.editor)
    page.delete()
    assert Delivery.objects.get().state == State.CANCELLED
    assert EvidenceRecord.objects.filter(kind="content.workflow").exists()


def test_nobody_can_publish_beside_the_road(cast, submitted):
    assert not submitted.permissions_for_user(cast.admin).can_publish()
    with pytest.raises(PermissionDenied):
        submitted.get_latest_revision().publish(user=cast.admin)
    submitted.refresh_from_db()
    assert not submitted.live


def test_break_glass_sends_at_once_and_owes_a_review_by_somebody_else(cast, channel):
    page = people.draft(Post, by=cast.duty, summary="Undgå Nørreport: politiet arbejder på stedet.")
    people.place(page, channel, due=timezone.now())
    with pytest.raises(PermissionDenied):
        glass.break_glass(page, by=cast.editor, reason="haster")
    given = glass.break_glass(page, by=cast.duty, reason="Igangværende indsats")
    assert Approval.objects.to_review().get() == given
    with pytest.raises(PermissionDenied):
        glass.review(given, by=cast.duty)
    glass.review(given, by=cast.editor, note="I orden.")
    assert not Approval.objects.to_review().exists()


def test_approved_content_can_be_placed_again_without_a_new_approval(cast, submitted, channel):
    page = people.approve(submitted, by=cast.editor)
    people.place(page, channel, due=timezone.now() + timedelta(days=8))
    approval.schedule(page, approval.current(page), by=cast.planner)
    assert Delivery.objects.count() == 2


def test_a_text_that_a_channel_refused_is_planned_again_by_a_new_approval(cast, submitted):
    page = people.approve(submitted, by=cast.editor)
    Delivery.objects.update(due_at=timezone.now(), next_at=timezone.now())
    scripted.Scripted.script.answers = [ContentRejected("Too long.")]
    sending.send_due()
    assert Delivery.objects.get().state == State.FAILED
    page.summary = "Kort."
    page.save_revision(user=cast.writer)
    people.approve(people.submit(Story.objects.get(pk=page.pk), by=cast.writer), by=cast.editor)
    failed, planned = Delivery.objects.order_by("pk")
    assert (failed.state, planned.state) == (State.FAILED, State.SCHEDULED)
    assert planned.message.text == "Kort."


def test_what_may_have_been_posted_all_the_same_is_not_planned_again(cast, submitted):
    page = people.approve(submitted, by=cast.editor)
    Delivery.objects.update(due_at=timezone.now(), next_at=timezone.now())
    scripted.Scripted.script.answers = [RuntimeError("boom")]
    sending.send_due()
    page.summary = "Kort."
    page.save_revision(user=cast.writer)
    people.approve(people.submit(Story.objects.get(pk=page.pk), by=cast.writer), by=cast.editor)
    assert Delivery.objects.get().state == State.FAILED
