"""Break-glass: one duty officer, a reason, at once; a second person looks at it afterwards."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Placement
from cms import glass
from cms.models import Approval, Post, Story
from publishing import sending, stopping
from publishing.models import Channel, Delivery, EvidenceRecord, State
from tests import cast as people
from tests.publishing import scripted


@pytest.fixture
def channel(db, scripted_kinds):
    return Channel.objects.create(kind="scripted", name="Scripted", slug="scripted")


@pytest.fixture
def other(channel):
    return Channel.objects.create(kind="scripted", name="Another", slug="another")


@pytest.fixture
def urgent(cast, channel):
    """A draft of the duty officer that is planned for next week."""
    page = people.draft(Post, by=cast.duty, summary="Undgå Nørreport: politiet arbejder på stedet.")
    people.place(page, channel, due=timezone.now() + timedelta(days=7))
    return page


def address(page):
    return reverse("approval:break_glass", args=[page.pk])


def send(client, page, *channels, reason="Igangværende indsats", **data):
    shown = client.get(address(page)).context["form"]["shown"].value()
    data = {"shown": shown, "channels": [channel.pk for channel in channels], "reason": reason, **data}
    return client.post(address(page), data)


def test_it_goes_at_once_to_the_chosen_channels_and_no_others(cast, urgent, channel, other, client):
    client.force_login(cast.duty)
    assert send(client, urgent, other).status_code == 302
    sending.pump(other.pk)
    sending.pump(channel.pk)
    delivery = Delivery.objects.get()
    assert (delivery.channel, delivery.state) == (other, State.DELIVERED)
    assert Placement.objects.get(channel=channel).due_at > timezone.now() + timedelta(days=6)


def test_what_was_planned_for_later_comes_forward(cast, urgent, channel, client):
    client.force_login(cast.duty)
    send(client, urgent, channel)
    sending.pump(channel.pk)
    assert Placement.objects.get().delivery.state == State.DELIVERED
    assert len(scripted.Scripted.script.sends) == 1


def test_without_a_reason_or_a_channel_nothing_goes_and_what_was_typed_stays(cast, urgent, channel, client):
    client.force_login(cast.duty)
    response = send(client, urgent, channel, reason="  ")
    assert response.status_code == 422
    assert response.context["form"].errors["reason"]
    response = send(client, urgent, reason="Haster meget")
    assert response.status_code == 422
    assert "Haster meget" in response.content.decode()
    assert not Delivery.objects.exists()


def test_a_change_meanwhile_is_shown_first(cast, urgent, channel, client):
    client.force_login(cast.duty)
    shown = client.get(address(urgent)).context["form"]["shown"].value()
    urgent.summary = "Noget helt andet."
    urgent.save_revision(user=cast.writer)
    response = send(client, urgent, channel, shown=shown)
    assert response.status_code == 422
    assert "Noget helt andet." in response.content.decode()
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("who", ["writer", "editor", "planner", "legal", "management", "admin"])
def test_nobody_else_may_superusers_included(cast, urgent, channel, client, who):
    person = getattr(cast, who)
    with pytest.raises(PermissionDenied):
        glass.break_glass(urgent, by=person, reason="Haster")
    client.force_login(person)
    assert client.get(address(urgent)).status_code in (302, 403)
    assert client.post(address(urgent), {"reason": "Haster", "channels": [channel.pk]}).status_code in (302, 403)
    assert not Delivery.objects.exists()


def test_it_does_not_get_past_a_stop(cast, urgent, channel, client):
    stopping.hold_all(reason="Terrorhændelse", by=cast.management)
    client.force_login(cast.duty)
    assert "Terrorhændelse" in client.get(address(urgent)).content.decode()
    send(client, urgent, channel)
    sending.pump(channel.pk)
    assert Delivery.objects.get().state == State.HELD
    assert not scripted.Scripted.script.sends


def test_what_is_operational_goes_also_while_everything_is_stopped(cast, channel, client):
    page = people.draft(Post, by=cast.duty, summary="Bliv inde.", operational=True)
    stopping.hold_all(reason="Terrorhændelse", by=cast.management)
    client.force_login(cast.duty)
    send(client, page, channel)
    sending.pump(channel.pk)
    assert Delivery.objects.get().state == State.DELIVERED


def test_an_approval_that_was_under_way_ends(cast, urgent, channel, client):
    people.submit(urgent, by=cast.duty)
    client.force_login(cast.duty)
    send(client, urgent, channel)
    assert not Post.objects.get(pk=urgent.pk).workflow_in_progress


def test_what_the_channel_cannot_carry_is_said_and_nothing_goes(cast, channel, client):
    page = people.draft(Story, by=cast.duty, title="x" * 250, summary="y" * 400)
    small = Channel.objects.create(kind="dry_run", name="Small", slug="small", config={"characters": "20"})
    client.force_login(cast.duty)
    response = send(client, page, small)
    assert response.status_code == 422
    assert response.context["form"].errors["channels"]
    assert not Approval.objects.exists()
    assert not Placement.objects.exists()


def test_it_is_evidence_with_its_reason_and_the_words_are_kept(cast, urgent, channel, client):
    client.force_login(cast.duty)
    send(client, urgent, channel)
    record = EvidenceRecord.objects.get(kind="content.break_glass")
    assert "Igangværende indsats" in str(record.payload)
    assert Approval.objects.get().message_for(channel.pk).text == urgent.summary


# --- The second look --------------------------------------------------------------------------------------------


@pytest.fixture
def owed(cast, urgent, channel):
    return glass.break_glass(urgent, by=cast.duty, reason="Igangværende indsats", channels=[channel])


def review(client, given, note="Alt i orden."):
    return client.post(reverse("approval:review", args=[given.pk]), {"note": note})


def test_a_second_person_sees_the_very_words_and_says_what_they_found(cast, owed, client):
    client.force_login(cast.editor)
    assert owed.reason in client.get(reverse("approval:queue")).content.decode()
    page = client.get(reverse("approval:review", args=[owed.pk])).content.decode()
    assert "Undgå Nørreport" in page
    assert review(client, owed, note="").status_code == 422
    review(client, owed)
    owed.refresh_from_db()
    assert (owed.reviewed_by, owed.review_note) == (cast.editor, "Alt i orden.")
    assert EvidenceRecord.objects.filter(kind="approval.reviewed").exists()


@pytest.mark.parametrize("who", ["duty", "writer", "management"])
def test_neither_the_sender_nor_who_approves_nothing_can_review(cast, owed, client, who):
    client.force_login(getattr(cast, who))
    review(client, owed)
    assert Approval.objects.to_review().get() == owed


def test_an_author_cannot_review_what_somebody_else_sent(cast, channel, client):
    page = people.draft(Post, by=cast.editor)
    given = glass.break_glass(page, by=cast.duty, reason="Haster", channels=[channel])
    client.force_login(cast.editor)
    review(client, given)
    assert Approval.objects.to_review().get() == given


def test_a_review_that_is_overdue_stands_out(cast, owed, client):
    client.force_login(cast.editor)
    queue = reverse("approval:queue")
    assert "look__overdue" not in client.get(queue).content.decode()
    Approval.objects.update(at=timezone.now() - glass.REVIEW_WITHIN - timedelta(minutes=1))
    assert "look__overdue" in client.get(queue).content.decode()


def test_a_publication_rule_stands_against_it_also_when_it_is_urgent(cast, channel, client):
    page = people.draft(Post, by=cast.duty, summary="Vi søger 010190-1234.")
    client.force_login(cast.duty)
    response = send(client, page, channel)
    assert response.status_code == 422
    assert "C-01" in str(response.context["form"].non_field_errors())
    assert "010190-1234" not in str(response.context["form"].non_field_errors())
    assert not Delivery.objects.exists()
    assert not Approval.objects.exists()
