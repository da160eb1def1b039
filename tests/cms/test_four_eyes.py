"""Every way past the approval that editors have found elsewhere, by name: none of them leads out of this house."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Picture
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.images.models import Image
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from campaigns.models import Placement
from cms import approval, glass
from cms.models import Approval, FourEyesTask, Post, PostIndex, Story, StoryIndex, Variant
from publishing import scheduling, sending
from publishing.models import Channel, Delivery, State
from tests import cast as people
from tests.cms.pageform import filled
from tests.publishing import scripted


@pytest.fixture
def channel(db, scripted_kinds):
    return Channel.objects.create(kind="scripted", name="Scripted", slug="scripted")


@pytest.fixture
def other(channel):
    return Channel.objects.create(kind="scripted", name="Another", slug="another")


@pytest.fixture
def website(channel):
    return Channel.objects.create(kind="website", name="Website", slug="website")


@pytest.fixture
def story(cast, channel, website):
    """A draft of the writer, planned for the website and one more."""
    page = people.draft(by=cast.writer)
    people.place(page, channel)
    people.place(page, website)
    return page


@pytest.fixture
def approved(cast, story):
    return people.approve(people.submit(story, by=cast.writer), by=cast.editor)


def picture(colour="red"):
    file = BytesIO()
    Picture.new("RGB", (40, 30), colour).save(file, "PNG")
    return ImageFile(file, name=f"{colour}.png")


def send_what_is_due():
    Delivery.objects.update(due_at=timezone.now(), next_at=timezone.now())
    for place in Channel.objects.all():
        sending.pump(place.pk)


def nothing_is_out(page):
    send_what_is_due()
    return not scripted.Scripted.script.sends and not Page.objects.get(pk=page.pk).live


# --- Publishing beside the road -----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["writer", "editor", "admin"])
def test_the_publish_button_posted_by_hand_only_saves(cast, story, client, who):
    client.force_login(getattr(cast, who))
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert "action-publish" not in client.get(url).content.decode()
    response = client.post(url, filled(client, url, **{"action-publish": "action-publish"}))
    assert response.status_code == 302
    assert nothing_is_out(story)


def test_no_bulk_action_publishes_or_unpublishes_for_superusers_either(cast, story, client):
    client.force_login(cast.admin)
    for action in ("publish", "unpublish"):
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        assert client.post(f"{url}?id={story.pk}").status_code == 404
    listing = client.get(reverse("wagtailadmin_explore", args=[story.get_parent().pk])).content.decode()
    assert "bulk/wagtailcore/page/move" in listing
    assert "page/publish" not in listing
    assert nothing_is_out(story)


def test_a_time_of_wagtails_own_publishes_nothing(cast, story):
    story.go_live_at = timezone.now() - timedelta(minutes=1)
    story.save_revision(user=cast.admin, approved_go_live_at=story.go_live_at)
    call_command("publish_scheduled")
    assert nothing_is_out(story)


def test_a_revision_cannot_be_published_directly(cast, story):
    with pytest.raises(PermissionDenied):
        story.get_latest_revision().publish(user=cast.admin)
    assert nothing_is_out(story)


def test_an_approved_revision_cannot_be_published_before_its_time(cast, approved):
    with pytest.raises(PermissionDenied):
        approved.get_latest_revision().publish(user=cast.admin, skip_permission_checks=True)
    assert not Page.objects.get(pk=approved.pk).live


def test_wagtails_own_publish_action_is_refused_also_when_it_skips_permissions(cast, story):
    action = PublishPageRevisionAction(story.get_latest_revision(), user=cast.admin)
    with pytest.raises(PermissionDenied):
        action.execute(skip_permission_checks=True)
    assert nothing_is_out(story)


def test_what_was_sent_elsewhere_does_not_let_the_page_out(cast, approved, channel):
    Delivery.objects.filter(channel=channel).update(state=State.DELIVERED)
    with pytest.raises(PermissionDenied):
        approved.get_latest_revision().publish(user=cast.admin)


def test_setting_live_and_saving_is_refused(cast, story):
    story.live = True
    with pytest.raises(PermissionDenied):
        story.save()
    assert nothing_is_out(story)


def test_content_that_is_made_live_starts_as_a_draft(cast):
    page = StoryIndex.objects.get().add_child(instance=Story(title="Straks", live=True, owner=cast.admin))
    assert not Page.objects.get(pk=page.pk).live


def test_words_that_are_live_do_not_change_by_a_save(cast, approved):
    send_what_is_due()
    page = Story.objects.get(pk=approved.pk)
    assert page.live
    page.summary = "Noget helt andet."
    with pytest.raises(PermissionDenied):
        page.save()
    page.save(update_fields=["locked"])  # housekeeping goes on


def test_live_content_cannot_be_unpublished_beside_the_outbox(cast, approved, client):
    send_what_is_due()
    client.force_login(cast.admin)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[approved.pk]))
    assert Page.objects.get(pk=approved.pk).live
    with pytest.raises(PermissionDenied):
        UnpublishPageAction(Story.objects.get(pk=approved.pk), user=cast.admin).execute()


# --- Approving one's own ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["editor", "admin"])
def test_the_author_approves_in_the_admin_by_no_button_of_wagtail(cast, channel, client, who):
    person = getattr(cast, who)
    page = people.draft(by=person)
    people.place(page, channel)
    page = people.submit(page, by=person)
    client.force_login(person)
    state = page.current_workflow_task_state
    client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]))
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    button = {"action-workflow-action": "yes", "workflow-action-name": "approve"}
    client.post(url, filled(client, url, **button))
    assert not Approval.objects.exists()
    assert nothing_is_out(page)


def test_who_changed_one_word_last_is_an_author(cast, story):
    story.summary = "Husk lygter på cyklen."
    story.save_revision(user=cast.editor)
    page = people.submit(Story.objects.get(pk=story.pk), by=cast.writer)
    with pytest.raises(PermissionDenied):
        people.approve(page, by=cast.editor)
    assert nothing_is_out(story)


def test_who_wrote_first_is_an_author_also_when_somebody_else_saved_last(cast, channel):
    page = people.draft(by=cast.editor)
    people.place(page, channel)
    page.summary = "Husk lygter på cyklen."
    page.save_revision(user=cast.writer)
    page = people.submit(Story.objects.get(pk=page.pk), by=cast.writer)
    with pytest.raises(PermissionDenied):
        people.approve(page, by=cast.editor)


def test_an_author_does_not_approve_through_a_second_step(cast, story):
    workflow = Workflow.objects.create(name="To trin")
    for number, group in enumerate((cast.editor.groups.get(), cast.writer.groups.get())):
        task = FourEyesTask.objects.create(name=f"Trin {number}")
        task.groups.set([group])
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=number)
    WorkflowPage.objects.filter(page=StoryIndex.objects.get()).delete()
    WorkflowPage.objects.create(page=StoryIndex.objects.get(), workflow=workflow)
    page = people.approve(people.submit(story, by=cast.writer), by=cast.editor)
    with pytest.raises(PermissionDenied):
        people.approve(page, by=cast.writer)
    assert not Approval.objects.exists()
    assert nothing_is_out(story)


def test_a_workflow_without_steps_approves_nothing(cast, story):
    workflow = Workflow.objects.create(name="Uden trin")
    with pytest.raises(PermissionDenied):
        workflow.start(story, cast.admin)
    assert not Approval.objects.exists()


def test_a_workflow_cannot_be_finished_by_hand(cast, story):
    page = people.submit(story, by=cast.writer)
    with pytest.raises(PermissionDenied):
        page.current_workflow_state.finish(user=cast.admin)
    assert not Approval.objects.exists()


def test_an_approval_by_nobody_is_none(cast, story):
    page = people.submit(story, by=cast.writer)
    with pytest.raises(PermissionDenied):
        page.current_workflow_task_state.approve(user=None)
    assert not Approval.objects.exists()


def test_who_broke_the_glass_stays_an_author_until_a_second_person_has_looked(cast, channel):
    page = people.draft(by=cast.duty)
    people.place(page, channel)
    given = glass.break_glass(page, by=cast.duty, reason="Haster")
    page.summary = "Husk lygter på cyklen."
    page.save_revision(user=cast.writer)
    latest = page.get_latest_revision()
    assert approval.is_author(cast.duty, latest)
    glass.review(given, by=cast.editor, note="I orden.")
    assert not approval.is_author(cast.duty, latest)


# --- Changing what was approved -----------------------------------------------------------------------------------


def test_an_edit_between_submitting_and_approving_is_not_approved_along(cast, story):
    page = people.submit(story, by=cast.writer)
    state = page.current_workflow_task_state
    page.summary = "Noget helt andet."
    page.save_revision(user=cast.writer)
    state.approve(user=cast.editor)
    assert not Approval.objects.exists()
    assert nothing_is_out(story)


def test_an_edit_after_the_approval_holds_what_was_planned(cast, approved):
    approved.summary = "Noget helt andet."
    approved.save_revision(user=cast.editor)
    assert nothing_is_out(approved)


def test_autosave_does_not_write_over_what_was_approved(cast, approved):
    pinned = approved.get_latest_revision()
    approved.summary = "Noget helt andet."
    approved.save_revision(user=cast.writer, overwrite_revision=pinned)
    pinned.refresh_from_db()
    assert pinned.content["summary"] == "Husk lys på cyklen."
    assert nothing_is_out(approved)


def test_a_variant_changed_after_the_approval_holds_its_channel_and_every_other(cast, approved, channel):
    approved.variants.add(Variant(channel=channel, text="Kun her: noget andet."))
    approved.save_revision(user=cast.writer)
    assert nothing_is_out(approved)


def test_a_variant_changed_in_the_database_does_not_change_what_is_sent(cast, story, channel):
    story.variants.add(Variant(channel=channel, text="Godkendt tekst."))
    story.save_revision(user=cast.writer)
    people.approve(people.submit(Story.objects.get(pk=story.pk), by=cast.writer), by=cast.editor)
    Variant.objects.update(text="Noget andet.")
    people.place(story, channel, due=timezone.now() + timedelta(days=3))
    approval.schedule(story, approval.current(story), by=cast.planner)
    texts = [item.message.text for item in Delivery.objects.filter(channel=channel)]
    assert texts == ["Godkendt tekst.", "Godkendt tekst."]


def test_going_back_to_an_older_version_needs_a_new_approval(cast, story):
    old = story.get_latest_revision()
    story.summary = "Nyt og godkendt."
    story.save_revision(user=cast.writer)
    page = people.approve(people.submit(Story.objects.get(pk=story.pk), by=cast.writer), by=cast.editor)
    times = list(Placement.objects.values_list("pk", "due_at"))
    old.as_object().save_revision(user=cast.writer, previous_revision=old)
    assert nothing_is_out(page)
    assert list(Placement.objects.values_list("pk", "due_at")) == times


def test_a_channel_that_nobody_saw_it_on_waits_for_an_approval(cast, approved, other):
    people.place(approved, other)
    approval.schedule(approved, approval.current(approved), by=cast.planner)
    assert not Delivery.objects.filter(channel=other).exists()
    people.approve(people.submit(Story.objects.get(pk=approved.pk), by=cast.writer), by=cast.editor)
    assert Delivery.objects.get(channel=other).state == State.SCHEDULED


def test_moving_a_planned_row_to_another_channel_sends_to_neither(cast, approved, channel, other):
    placement = Placement.objects.get(channel=channel)
    placement.channel = other
    placement.save()
    approved.save_revision(user=cast.planner)
    assert Delivery.objects.get(channel=channel).state == State.CANCELLED
    assert not Delivery.objects.filter(channel=other).exists()


def test_words_scheduled_beside_the_approval_are_held(cast, approved, channel):
    message = Delivery.objects.get(channel=channel).message
    forged = scheduling.schedule(
        key="7f9c24e8-3b12-4fef-91f0-1c0d1ea0f3c1",
        channel=channel,
        message=type(message)(text="Noget helt andet."),
        due_at=timezone.now(),
        revision=approved.get_latest_revision(),
        headline="Forfalsket",
        by=cast.admin,
    )
    Delivery.objects.exclude(pk=forged.pk).delete()
    sending.pump(channel.pk)
    forged.refresh_from_db()
    assert forged.state == State.HELD
    assert not scripted.Scripted.script.sends


def test_a_picture_swapped_under_the_same_number_goes_nowhere_without_a_new_approval(cast, monkeypatch, website):
    limits = scripted.Scripted.limits
    monkeypatch.setattr(scripted.Scripted, "limits", type(limits)(**{**vars(limits), "images": 1}))
    place = Channel.objects.get(slug="scripted")
    image = Image.objects.create(title="Cykel", file=picture("red"))
    page = people.draft(by=cast.writer, social_image=image, social_image_alt="En rød cykel")
    people.place(page, place)
    people.place(page, website)
    people.approve(people.submit(page, by=cast.writer), by=cast.editor)
    before = Delivery.objects.get(channel=place).message
    content = before.media[0].read()

    image.file = picture("blue")
    image.file_hash = ""
    image.save()
    assert approval.current(Story.objects.get(pk=page.pk)) is None, "it cannot be placed again as it is"
    send_what_is_due()
    on_the_channel, on_the_page = Delivery.objects.get(channel=place), Delivery.objects.get(channel=website)
    assert (on_the_channel.state, scripted.Scripted.script.sends) == (State.HELD, [])
    assert (on_the_channel.message, before.media[0].read()) == (before, content), "what was approved can be looked at"
    assert (on_the_page.state, Page.objects.get(pk=page.pk).live) == (State.HELD, False)


# --- Copies and moves ---------------------------------------------------------------------------------------------


def test_a_copy_of_what_is_out_is_a_draft_without_times_or_approval(cast, approved, client):
    send_what_is_due()
    client.force_login(cast.admin)
    url = reverse("wagtailadmin_pages:copy", args=[approved.pk])
    data = {"new_title": "Kopi", "new_slug": "kopi", "new_parent_page": approved.get_parent().pk}
    client.post(url, {**data, "publish_copies": "on"})
    copy = Story.objects.get(slug="kopi")
    assert not copy.live
    assert not copy.placements.exists()
    assert approval.current(copy) is None


def test_an_alias_of_what_is_out_is_refused(cast, approved, client):
    send_what_is_due()
    client.force_login(cast.admin)
    url = reverse("wagtailadmin_pages:copy", args=[approved.pk])
    assert 'name="alias"' not in client.get(url).content.decode()
    with pytest.raises(PermissionDenied):
        approved.create_alias(update_slug="alias", user=cast.admin)


def test_a_section_with_what_is_out_is_neither_copied_nor_unpublished_nor_deleted(cast, approved):
    send_what_is_due()
    section = StoryIndex.objects.get().permissions_for_user(cast.admin)
    assert not (section.can_copy() or section.can_unpublish() or section.can_delete() or section.can_publish_subpage())


def test_a_post_is_not_deleted_with_its_campaign_while_it_is_out(cast, approved):
    send_what_is_due()
    page = Story.objects.get(pk=approved.pk)
    assert not page.permissions_for_user(cast.admin).can_delete()
    assert not page.permissions_for_user(cast.admin).can_move()


def test_the_same_approval_does_not_serve_another_content(cast, approved, channel):
    """An approval belongs to its page: a post with the very same words needs its own."""
    twin = people.draft(Post, by=cast.writer, summary=approved.summary)
    people.place(twin, channel)
    assert PostIndex.objects.get().pk == twin.get_parent().pk
    assert approval.current(twin) is None
