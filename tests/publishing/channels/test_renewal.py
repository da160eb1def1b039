"""Renewing access: once, however many workers want it, and nothing waits for it but who needs it."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from publishing import claiming, credentials, sending, stopping
from publishing.errors import NotAuthorised, TemporaryError
from publishing.models import Channel, Delivery, State
from tests.fakes.server import HTML, Answer, Fault
from tests.publishing.channels.conftest import FUTURE

threaded = pytest.mark.django_db(transaction=True)


def renewal(seen):
    return seen.path == "/token"


class Gate:
    """A renewal whose answer is kept back until the test lets it go."""

    def __init__(self, platform):
        self.reached, self.open = threading.Event(), threading.Event()
        self.answer = platform.token
        platform.token = self.hold

    def hold(self, seen):
        self.reached.set()
        assert self.open.wait(20)
        return self.answer(seen)


def together(*works):
    """Run each in a thread of its own with a database connection of its own; returns what each gave or raised."""
    found = [None] * len(works)

    def run(place, work):
        try:
            found[place] = work()
        except Exception as error:
            found[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, work)) for place, work in enumerate(works)]
    for thread in threads:
        thread.start()
    return threads, found


def access(channel):
    return credentials.account_of(Channel.objects.get(pk=channel.pk)).secrets


@threaded
def test_eight_workers_at_once_renew_once_and_all_get_the_new_access(linked, platform):
    workers = [lambda: credentials.fresh_account(Channel.objects.get(pk=linked.pk)).secrets["access_token"]] * 8
    threads, found = together(*workers)
    for thread in threads:
        thread.join()
    assert len(platform.renewals) == 1
    assert set(found) == {access(linked)["access_token"]} != {"access-old"}


@threaded
def test_one_who_read_the_channel_before_the_renewal_does_not_spend_the_old_access_again(linked, platform):
    early = Channel.objects.get(pk=linked.pk)
    credentials.fresh_account(Channel.objects.get(pk=linked.pk))
    assert credentials.fresh_account(early).secrets == access(linked)
    assert len(platform.renewals) == 1


@threaded
def test_stop_and_claims_and_edits_go_on_while_the_network_runs(linked, platform, schedule):
    planned = schedule(on=linked)
    gate = Gate(platform)
    threads, _found = together(lambda: credentials.fresh_account(Channel.objects.get(pk=linked.pk)))
    assert gate.reached.wait(10)
    # All of this happens while the platform keeps its answer back: a lock would make it wait for ever.
    order = stopping.hold_all(reason="Terror", by=None)
    [row] = claiming.claim(linked.pk, worker="somebody", now=timezone.now(), limit=5)
    Channel.objects.filter(pk=linked.pk).update(name="Renamed")
    assert (row.pk, order.lifted_at) == (planned.pk, None)
    assert threads[0].is_alive()
    gate.open.set()
    threads[0].join()
    assert len(platform.renewals) == 1
    assert Channel.objects.get(pk=linked.pk).name == "Renamed"
    assert access(linked)["access_token"] in platform.access


@threaded
def test_who_waits_too_long_sends_nothing_and_comes_again(linked, platform, monkeypatch):
    monkeypatch.setattr(credentials, "WAIT", 0.1)
    gate = Gate(platform)
    threads, _found = together(lambda: credentials.fresh_account(Channel.objects.get(pk=linked.pk)))
    assert gate.reached.wait(10)
    with pytest.raises(TemporaryError, match="Nothing was sent"):
        credentials.fresh_account(Channel.objects.get(pk=linked.pk))
    gate.open.set()
    threads[0].join()
    assert len(platform.renewals) == 1


@threaded
def test_access_given_anew_by_a_person_is_not_overwritten_by_a_renewal_under_way(linked, platform):
    gate = Gate(platform)
    threads, found = together(lambda: credentials.fresh_account(Channel.objects.get(pk=linked.pk)))
    assert gate.reached.wait(10)
    anew = {"access_token": "by-hand", "refresh_token": "by-hand", "good_until": FUTURE}
    Channel.objects.filter(pk=linked.pk).update(encrypted_secrets=credentials.seal(anew))
    gate.open.set()
    threads[0].join()
    assert access(linked) == anew
    assert found[0].secrets == anew


@pytest.mark.django_db
def test_a_lost_answer_sends_nothing_and_the_next_try_still_uses_what_is_there(linked, platform, schedule):
    platform.order(Fault(renewal, drop=True))
    platform.renewable.add("refresh-old")
    delivery = schedule(on=linked)
    sending.send_due()
    delivery.refresh_from_db()
    assert delivery.state == State.AWAITING_RETRY  # not uncertain: nothing was posted
    assert "Nothing was sent" in delivery.state_reason
    assert platform.asked("POST", "/posts") == []


@pytest.mark.django_db
def test_a_spent_access_whose_renewal_was_lost_pauses_the_channel_with_a_clear_sentence(linked, platform, schedule):
    platform.order(Fault(renewal, drop=True))  # carried out, and the answer never came: the old one is spent
    delivery = schedule(on=linked)
    sending.send_due()
    Delivery.objects.filter(pk=delivery.pk).update(next_at=timezone.now())
    sending.send_due()
    linked.refresh_from_db()
    delivery.refresh_from_db()
    assert delivery.state == State.HELD
    assert linked.paused_at is not None
    assert "answer to the last renewal" in linked.paused_reason
    assert "Connect the channel again" in linked.paused_reason


@pytest.mark.django_db
def test_a_refused_renewal_without_a_loss_says_what_the_platform_said(linked, platform):
    platform.renewable.clear()
    with pytest.raises(NotAuthorised, match="refuses the access"):
        credentials.fresh_account(linked)
    linked.refresh_from_db()
    assert (linked.renewing_until, linked.renewal_unanswered) == (None, False)


@pytest.mark.django_db
def test_a_platform_in_trouble_spends_nothing_and_frees_the_lease(linked, platform):
    platform.order(Fault(renewal, answer=Answer(503, HTML)))
    with pytest.raises(TemporaryError):
        credentials.fresh_account(linked)
    linked.refresh_from_db()
    assert (linked.renewing_until, linked.renewal_unanswered) == (None, False)
    assert credentials.fresh_account(linked).secrets["access_token"] != "access-old"


@pytest.mark.django_db
def test_the_lease_of_a_lost_worker_ends_by_itself(linked, platform, monkeypatch):
    monkeypatch.setattr(credentials, "WAIT", 0.0)
    assert credentials.Lease.take(linked) is not None  # and then the worker is killed
    with pytest.raises(TemporaryError):
        credentials.fresh_account(linked)
    Channel.objects.filter(pk=linked.pk).update(renewing_until=timezone.now() - timedelta(seconds=1))
    assert credentials.fresh_account(linked).secrets["access_token"] in platform.access


@pytest.mark.django_db
def test_an_answer_that_comes_after_the_lease_is_still_kept(linked, platform):
    one, two = (Channel.objects.get(pk=linked.pk) for _ in range(2))
    before = credentials.account_of(linked)
    late = credentials.Lease.take(one)
    Channel.objects.filter(pk=linked.pk).update(renewing_until=timezone.now() - timedelta(seconds=1))
    other = credentials.Lease.take(two)
    good = late.renew(one, before)
    assert access(linked) == good.secrets
    assert other.renew(two, before).secrets == good.secrets  # the platform refused the spent one; nothing is lost
    assert len(platform.renewals) == 2


@pytest.mark.django_db
def test_no_secret_stands_in_what_is_stored_in_the_clear_or_raised(linked, platform):
    platform.renewable.clear()
    with pytest.raises(NotAuthorised) as raised:
        credentials.fresh_account(linked)
    assert "refresh-old" not in f"{raised.value.summary}{raised.value.detail}{raised.value.__cause__}"
    credentials.seal({"x": "y"})
    row = Channel.objects.filter(pk=linked.pk).values().get()
    assert "refresh-old" not in str(row)
