"""The website shows exactly the approved revision: not the latest, not an older one, and only once asked."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import PageLogEntry, PageViewRestriction

from campaigns.models import Placement
from cms import guards as rules
from cms.models import Story
from publishing import deciding, followups, guards, sending
from publishing.adapters import website
from publishing.adapters.base import Absent, DeliveryKey
from publishing.errors import ContentRejected, OutcomeUnknown, TemporaryError
from publishing.message import Message
from publishing.models import Channel, Delivery, Receipt, State
from tests import cast as people

ADAPTER = website.Website()


@pytest.fixture
def channel(db):
    rules.install()
    return Channel.objects.create(kind="website", name="Website", slug="website")


@pytest.fixture
def approved(cast, channel):
    """A story whose website delivery is planned."""
    page = people.draft(by=cast.writer)
    people.place(page, channel)
    return people.approve(people.submit(page, by=cast.writer), by=cast.editor)


def go():
    """Send what is planned; says what became of the latest."""
    Delivery.objects.filter(state=State.SCHEDULED).update(due_at=timezone.now(), next_at=timezone.now())
    sending.send_due()
    return Delivery.objects.latest("pk")


def again(delivery):
    """The adapter asked once more, as after a lost answer."""
    Delivery.objects.filter(pk=delivery.pk).update(state=State.SENDING)
    return ADAPTER.send(delivery.channel.account(), delivery.message, delivery.delivery_key)


def test_it_publishes_the_approved_revision_and_gives_its_address(approved):
    delivery = go()
    page = Story.objects.get()
    assert delivery.state == State.DELIVERED
    assert page.live
    assert page.live_revision_id == delivery.revision_id
    assert delivery.receipt.permalink == page.full_url == "http://localhost/historier/cykellygter/"
    followups.read_back(timezone.now() + timedelta(seconds=5))
    assert Receipt.objects.get().read_back == Receipt.ReadBack.GOOD


def test_a_newer_draft_is_not_what_goes_out(approved, cast, monkeypatch):
    monkeypatch.setattr(guards, "_guards", {})  # the guard would hold it; here only the adapter decides
    approved.summary = "Endnu ikke godkendt."
    approved.save_revision(user=cast.writer)
    go()
    page = Story.objects.get()
    assert page.summary == "Husk lys på cyklen."
    assert page.has_unpublished_changes


def test_again_is_the_same_receipt_and_publishes_nothing_twice(approved):
    delivery = go()
    published_at = Story.objects.get().last_published_at
    receipt = again(delivery)
    assert (receipt.remote_id, receipt.permalink) == (delivery.receipt.remote_id, delivery.receipt.permalink)
    assert Story.objects.get().last_published_at == published_at
    assert PageLogEntry.objects.filter(action="wagtail.publish").count() == 1


def test_publishing_leaves_times_alone(approved, cast, channel):
    placement = Placement.objects.get()
    extra = people.place(approved, channel, due=timezone.now() + timedelta(days=3), note="added after approval")
    go()
    assert set(Placement.objects.values_list("key", flat=True)) == {placement.key, extra.key}
    assert Placement.objects.get(pk=placement.pk).delivery_id == placement.delivery_id


def test_wagtails_own_dates_neither_delay_nor_end_it(approved):
    delivery = Delivery.objects.get()
    delivery.revision.content |= {"go_live_at": "2090-01-01T00:00:00Z", "expire_at": "2020-01-01T00:00:00Z"}
    delivery.revision.save()
    go()
    page = Story.objects.get()
    assert page.live
    assert (page.go_live_at, page.expire_at) == (None, None)


def test_it_never_puts_an_older_version_over_a_newer(approved, cast):
    first = go()
    approved.refresh_from_db()
    approved.summary = "Husk både for- og baglygte."
    approved.save_revision(user=cast.writer)
    people.approve(people.submit(Story.objects.get(), by=cast.writer), by=cast.editor)
    second = go()
    assert second.pk != first.pk
    assert Story.objects.get().live_revision_id == second.revision_id
    with pytest.raises(ContentRejected):
        again(first)
    assert Story.objects.get().summary == "Husk både for- og baglygte."
    found = ADAPTER.find(first.channel.account(), first.message, first.delivery_key)
    assert found.remote_id == first.receipt.remote_id  # it was out, and was replaced
    ADAPTER.withdraw(first.channel.account(), first.receipt.value())
    assert Story.objects.get().live  # the newer one stays


def test_a_take_down_takes_it_off_and_no_repeat_brings_it_back(approved):
    delivery = go()
    deciding.withdraw(delivery, reason="wrong picture", by=None)
    followups.take_down(timezone.now())
    delivery.refresh_from_db()
    assert delivery.state == State.WITHDRAWN
    assert not Story.objects.get().live
    with pytest.raises(ContentRejected):
        again(delivery)
    assert not ADAPTER.read(delivery.channel.account(), delivery.message, delivery.receipt.value()).present
    ADAPTER.withdraw(delivery.channel.account(), delivery.receipt.value())  # harmless


def test_a_deleted_page_is_rejected(approved):
    delivery = Delivery.objects.get()
    message = delivery.message
    approved.delete()
    with pytest.raises(ContentRejected):
        ADAPTER.send(delivery.channel.account(), message, delivery.delivery_key)


def test_a_page_moved_out_of_the_site_is_rejected_and_stays_off(approved):
    from wagtail.models import Page

    approved.move(Page.get_first_root_node(), pos="last-child")
    delivery = go()
    assert delivery.state == State.FAILED
    assert not Story.objects.get().live


def test_a_lost_worker_is_looked_up_and_never_published_twice(approved):
    delivery = go()
    Receipt.objects.all().delete()
    Delivery.objects.update(state=State.SENDING, next_at=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        sending.send_due()
        sending.send_due()
    delivery.refresh_from_db()
    assert delivery.state == State.DELIVERED
    assert delivery.attempts.count() == 1


def test_what_never_went_live_is_proved_absent(approved):
    delivery = Delivery.objects.get()
    found = ADAPTER.find(delivery.channel.account(), delivery.message, delivery.delivery_key)
    assert isinstance(found, Absent)


def test_a_page_behind_a_login_is_read_back_as_different(approved):
    delivery = go()
    PageViewRestriction.objects.create(page=approved, restriction_type=PageViewRestriction.LOGIN)
    found = ADAPTER.read(delivery.channel.account(), delivery.message, delivery.receipt.value())
    assert found.present
    assert len(found.problems) == 1


def test_a_running_approval_survives_a_publication(approved, cast):
    approved.save_revision(user=cast.writer)
    people.submit(Story.objects.get(), by=cast.writer)
    go()
    page = Story.objects.get()
    assert page.live
    assert page.workflow_in_progress


@pytest.mark.parametrize("moment", ["inside", "commit"])
def test_a_busy_database_is_temporary_and_a_lost_commit_is_unknown(approved, monkeypatch, moment):
    from django.db import OperationalError

    delivery = Delivery.objects.get()
    Delivery.objects.update(state=State.SENDING)

    class Broken:
        def __enter__(self):
            return self

        def __exit__(self, kind, value, trace):
            if kind is None:
                raise OperationalError("connection lost")

    def busy(revision):
        raise OperationalError("deadlock detected")

    if moment == "inside":
        monkeypatch.setattr(website, "_publish", busy)
    else:
        monkeypatch.setattr(website.transaction, "atomic", Broken)
        monkeypatch.setattr(website, "_publish", lambda revision: None)
    with pytest.raises(TemporaryError if moment == "inside" else OutcomeUnknown):
        ADAPTER.send(delivery.channel.account(), delivery.message, delivery.delivery_key)


def test_a_page_needs_a_title_and_no_post_goes_to_the_website(channel):
    [problem] = ADAPTER.validate(channel.account(), Message(text="Hej"))
    assert problem.field == "title"
    assert ADAPTER.validate(channel.account(), Message(text="", title="Hej")) == []


def test_a_message_without_a_revision_publishes_nothing(channel):
    key = DeliveryKey(Delivery().key, timezone.now())
    with pytest.raises(ContentRejected):
        ADAPTER.send(channel.account(), Message(text="Hej", title="Hej"), key)


def test_it_is_ready_when_the_site_is(cast, channel):
    assert ADAPTER.verify(channel.account()).account == "http://localhost"


def test_a_page_that_was_updated_can_be_edited_and_updated_again(approved, cast):
    go()
    for text in ("Husk baglygten.", "Husk forlygten."):
        page = Story.objects.get()
        page.summary = text
        page.save_revision(user=cast.writer)
        people.approve(people.submit(Story.objects.get(), by=cast.writer), by=cast.editor)
        go()
        assert Story.objects.get().summary == text
