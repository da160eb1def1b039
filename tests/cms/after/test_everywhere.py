"""From one button: every channel of a content is corrected or taken down; what no machine can do waits for a person."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from cms.after import removing
from cms.models import Removal, Story
from publishing import deciding, followups, needs
from publishing.models import Channel, Delivery, FeedItem, State
from publishing.models.delivery import FAR
from tests import cast as people
from tests.cms.after.conftest import send
from tests.publishing.scripted import Scripted


@pytest.fixture
def live(db):
    return Channel.objects.create(kind="feed", name="Live", slug="live")


@pytest.fixture
def wide(cast, website, live, channel):
    """A story that is out on the website, in the live feed and on a platform that can do nothing but post."""
    page = people.draft(by=cast.writer)
    for place in (website, live, channel):
        people.place(page, place)
    return send(people.approve(people.submit(page, by=cast.writer), by=cast.editor))


def again(page, cast, **changes):
    """Change what it says, and have that approved and sent."""
    page = Story.objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision(user=cast.editor)
    return send(people.approve(people.submit(Story.objects.get(pk=page.pk), by=cast.editor), by=cast.duty))


def on(channel):
    return Delivery.objects.filter(channel=channel).order_by("pk")


def test_a_new_approval_changes_the_item_in_place_and_posts_nothing_anew(wide, cast, live, channel):
    again(wide, cast, summary="Husk lys på cyklen fra kl. 16.")
    first, second = on(live)
    assert (second.edits_id, second.state) == (first.pk, State.DELIVERED)
    item = FeedItem.objects.get()
    assert (item.key, item.status, item.message.summary) == (first.key, "corrected", "Husk lys på cyklen fra kl. 16.")
    assert on(channel).count() == 1
    again(wide, cast, summary="Husk lys på cyklen fra kl. 15.")
    assert on(live).latest("pk").edits_id == first.pk
    assert FeedItem.objects.get().version == 3


def test_a_new_approval_that_changes_nothing_to_be_seen_sends_nothing(wide, cast, live):
    again(wide, cast, purpose="Et nyt formål")
    assert on(live).count() == 1


def test_what_was_taken_down_is_not_brought_back_by_a_new_approval(wide, cast, live):
    [first] = on(live)
    deciding.withdraw(first, reason="forkert", by=cast.editor)
    followups.take_down(timezone.now() + timedelta(seconds=1))
    again(wide, cast, summary="Husk lys på cyklen fra kl. 16.")
    assert on(live).count() == 1
    assert FeedItem.objects.get().status == "withdrawn"


def test_one_button_takes_all_of_it_down_and_nothing_comes_after(wide, cast, client, live, channel, website):
    again(wide, cast, summary="Husk lys på cyklen fra kl. 16.")
    newest = on(live).latest("pk")
    client.force_login(cast.editor)
    page = reverse("publishing_desk:take_down", args=[newest.pk]) + "?everywhere=1"
    shown = client.get(page).context
    chosen = [item.delivery.pk for item in shown["possible"]]
    assert sorted(item.delivery.channel.slug for item in shown["possible"]) == ["live", "scripted", "website"]
    answer = client.post(page, {"chosen": chosen, "reason": "Forkert billede"})
    assert answer.url == reverse("publishing_desk:going_down", args=[newest.pk])
    assert not Story.objects.get(pk=wide.pk).live
    assert Removal.objects.get().cause == Removal.Cause.TAKEN_DOWN
    followups.take_down(timezone.now() + timedelta(seconds=1))
    removing.carry_on(timezone.now())
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.WITHDRAWN}
    assert Removal.objects.under_way().count() == 0
    assert FeedItem.objects.get().message_json == {}
    page = client.get(answer.url)
    assert "Refresh" not in page
    assert [row.delivery.channel.slug for row in page.context["rows"]].count("live") == 1


def test_what_no_machine_takes_down_is_told_exactly_and_ticked_off(wide, cast, client, channel, monkeypatch):
    monkeypatch.setattr(Scripted, "limits", replace(Scripted.limits, withdraw=False))
    [out] = on(channel)
    out.receipt.permalink = "https://netvaerk.example/1"
    out.receipt.save()
    client.force_login(cast.duty)
    page = reverse("publishing_desk:take_down", args=[out.pk]) + "?everywhere=1"
    chosen = [item.delivery.pk for item in client.get(page).context["possible"]]
    address = client.post(page, {"chosen": chosen, "reason": "Forkert"}).url
    followups.take_down(timezone.now() + timedelta(seconds=1))
    shown = client.get(address)
    first = shown.context["rows"][0]
    assert (first.delivery.pk, first.permalink) == (out.pk, "https://netvaerk.example/1")
    assert "https://netvaerk.example/1" in shown.content.decode()
    assert first.instruction
    assert "take_down" in [group.key for group in needs.groups(cast.duty)]
    client.post(address, {"delivery": out.pk, "done": "1"})
    out.refresh_from_db()
    assert out.state == State.WITHDRAWN
    assert client.post(address, {"delivery": out.pk, "done": "1"}).status_code == 404


def test_where_the_access_is_gone_a_person_may_let_the_system_try_once_more(wide, cast, client, channel):
    [out] = on(channel)
    deciding.withdraw(out, reason="Forkert", by=cast.duty)
    Delivery.objects.filter(pk=out.pk).update(withdraw_next_at=FAR, state_reason="Adgangen er væk.")
    client.force_login(cast.duty)
    address = reverse("publishing_desk:going_down", args=[out.pk])
    assert client.get(address).context["rows"][0].can_try_again
    client.post(address, {"delivery": out.pk, "again": "1"})
    assert "Refresh" in client.get(address)
    followups.take_down(timezone.now() + timedelta(seconds=1))
    out.refresh_from_db()
    assert out.state == State.WITHDRAWN


@pytest.mark.parametrize("who", ["writer", "prosecutor", "management", "outsider"])
def test_who_may_not_take_down_sees_and_ticks_off_nothing(wide, cast, client, live, who):
    client.force_login(getattr(cast, who))
    address = reverse("publishing_desk:going_down", args=[on(live).get().pk])
    assert client.get(address).status_code in (302, 403, 404)
    assert client.post(address, {"delivery": on(live).get().pk}).status_code in (302, 403, 404)


@pytest.mark.parametrize(("by_a_person", "said"), [(True, "Nogen har trukket det"), (False, "det er kontrolleret")])
def test_only_what_the_system_looked_for_is_said_to_have_been_made_sure_of(wide, cast, client, live, by_a_person, said):
    [out] = on(live)
    deciding.withdraw(out, reason="Forkert", by=cast.duty)
    out.refresh_from_db()
    if by_a_person:
        deciding.withdrawn_by_hand(out, by=cast.duty)
    else:
        followups.take_down(timezone.now() + timedelta(seconds=1))
    client.force_login(cast.duty)
    with translation.override("da"):
        rows = client.get(reverse("publishing_desk:going_down", args=[out.pk])).context["rows"]
    assert said in next(row.sentence for row in rows if row.delivery.pk == out.pk)
