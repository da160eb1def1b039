"""What was made ready and is given up is taken away by a worker, or waits for a person; it is never published."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from publishing import adapters, clearing, deciding, leftovers, scheduling, sending
from publishing.adapters.base import Prepared
from publishing.errors import ContentRejected, OutcomeUnknown, TemporaryError
from publishing.message import Message
from publishing.models import Channel, EvidenceRecord, State
from publishing.models.delivery import FAR
from publishing.scheduling import NotPossible
from tests.publishing import scripted

pytestmark = pytest.mark.django_db
READY = {"video": "17"}


class Drafting(scripted.Scripted):
    """A kind whose drafts somebody can see."""

    kind = "scripted_drafting"
    limits = replace(scripted.Scripted.limits, discards=True)
    failing: list = []
    discarded: list = []

    def discard(self, account, prepared):
        if self.failing:
            raise self.failing.pop(0)
        self.discarded.append(dict(prepared))


@pytest.fixture
def drafting(db, kinds, monkeypatch):
    monkeypatch.setitem(adapters.KINDS, Drafting.kind, f"{__name__}.Drafting")
    monkeypatch.setattr(Drafting, "failing", [])
    monkeypatch.setattr(Drafting, "discarded", [])
    return Channel.objects.create(kind=Drafting.kind, name="Drafting", slug="drafting")


@pytest.fixture
def ready(drafting, script):
    """One whose draft lies on the platform, and that goes in an hour."""
    script.answers.append(Prepared(timezone.now() + timedelta(hours=1), READY))
    delivery = scheduling.schedule(
        key=uuid.uuid4(),
        channel=drafting,
        message=Message(text="Husk lys"),
        due_at=timezone.now(),
        headline="Lys",
        by=None,
    )
    sending.send_due()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.prepared) == (State.SCHEDULED, READY)
    return delivery


def told(delivery):
    records = EvidenceRecord.objects.filter(delivery_key=delivery.key, kind__startswith="draft.")
    return list(records.order_by("id").values_list("kind", flat=True))


def test_a_cancelled_post_forgets_its_draft_and_a_worker_takes_it_away(ready, script):
    scheduling.cancel(ready, reason="Replaced by a newer approval.", by=None)
    assert (ready.prepared, Drafting.discarded) == (None, [])
    sending.send_due()
    sending.send_due()
    assert (Drafting.discarded, script.posted) == ([READY], [])
    assert told(ready) == ["draft.given_up", "draft.gone"]


def test_where_nobody_could_see_it_nothing_is_taken_away(ready, monkeypatch):
    monkeypatch.setattr(Drafting, "limits", replace(Drafting.limits, discards=False))
    scheduling.cancel(ready, reason="No.", by=None)
    sending.send_due()
    assert (ready.prepared, Drafting.discarded, told(ready)) == (None, [], [])


def test_what_cannot_be_taken_away_now_is_tried_again(ready):
    Drafting.failing = [TemporaryError("Down.")]
    scheduling.cancel(ready, reason="No.", by=None)
    sending.send_due()
    assert ready.leftovers.get().reason == "Down."
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        sending.send_due()
    assert (Drafting.discarded, ready.leftovers.get().next_at) == ([READY], None)
    assert told(ready) == ["draft.given_up", "draft.stays", "draft.gone"]


@pytest.mark.parametrize("error", [ContentRejected("It is out."), RuntimeError("a fault")])
def test_what_the_system_cannot_take_away_waits_for_a_person(ready, error):
    Drafting.failing = [error]
    scheduling.cancel(ready, reason="No.", by=None)
    sending.send_due()
    assert leftovers.by_hand().get().next_at == FAR
    clearing.gone_by_hand(ready, by=None)
    assert not leftovers.by_hand().exists()
    with pytest.raises(NotPossible):
        clearing.gone_by_hand(ready, by=None)


def test_a_failed_post_that_is_let_be_leaves_no_draft_and_tried_again_it_begins_anew(ready, script):
    script.answers.append(ContentRejected("No."))
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        sending.send_due()
        ready.refresh_from_db()
        assert (ready.state, ready.prepared) == (State.FAILED, READY)
        deciding.dismiss(ready, by=None)
        deciding.try_again(ready, by=None)
        sending.send_due()
    assert Drafting.discarded == [READY]
    assert script.prepared[-1] == {}


def test_an_uncertain_post_that_a_person_gives_up_leaves_no_draft(ready, script):
    script.answers.append(OutcomeUnknown("Lost."))
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        sending.send_due()
        ready.refresh_from_db()
        deciding.decide(ready, deciding.Verdict.DO_NOT_SEND, by=None)
        sending.send_due()
    assert Drafting.discarded == [READY]


def test_a_draft_that_is_of_no_use_is_taken_away_before_the_next_one_is_made(ready, script):
    script.answers.append(TemporaryError("Begun anew.", afresh=True))
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        sending.send_due()
        ready.refresh_from_db()
    assert (ready.state, ready.prepared, Drafting.discarded) == (State.AWAITING_RETRY, None, [READY])
