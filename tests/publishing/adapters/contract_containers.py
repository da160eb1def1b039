"""Of the contract, for Instagram and Threads: the container is the fence against doubles, and the access lasts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
import time_machine
from django.utils import timezone

from publishing import sending, stopping
from publishing.adapters.base import Absent, CannotTell, Prepared, Processing, Receipt
from publishing.errors import (
    ContentRejected,
    NotAuthorised,
    OutcomeUnknown,
    RateLimited,
    TemporaryError,
)
from publishing.models import State
from tests.fakes.meta import SECRET, refusal
from tests.fakes.server import HTML, Answer, Fault
from tests.publishing.adapters.contract import Moving

BACK = "https://pejlemaerke.example/admin/channels/connected/"


def in_days(number):
    return (datetime.now(UTC) + timedelta(days=number)).isoformat(timespec="seconds")


def as_video(post):
    """What moves in it, as the contract compares it."""
    return Moving(post["video"]["content"], post["video"]["alt"]) if post["video"] else None


def work_slowly(fake, looks):
    fake.slow = looks


def spoil(fake, why):
    fake.spoiled = why


def expire(fake):
    for container in fake.containers.values():
        if container["status"] != "PUBLISHED":
            container["status"] = "EXPIRED"


def lose_alt(fake):
    for post in fake.posts.values():
        post["images"] = [(content, "") for content, _alt in post["images"]]


class OfContainers:
    @pytest.fixture
    def single(self, message):
        return replace(message, media=message.media[:1])

    def ready(self, account, message, key):
        """Made ready, whole, and not published."""
        while "container" not in self.made_ready.get(key.uuid, {}):
            answer = self.kind.adapter.send(account, message, self.written(key))
            self.made_ready[key.uuid] = answer.details
        return self.written(key)

    def container(self, fake, key):
        return fake.containers[key.prepared["container"]]

    def test_nothing_can_be_seen_of_what_is_made_ready(self, fake, account, message):
        key = self.ready(account, message, self.new_key())
        assert self.kind.shown(fake) == []
        assert not [seen for seen in fake.seen if self.kind.posting(seen)]
        assert isinstance(self.kind.adapter.send(account, message, key), Receipt)

    def test_one_container_is_one_post_however_often_it_is_published(self, fake, account, message):
        key = self.ready(account, message, self.new_key())
        first = self.kind.adapter.send(account, message, key)
        again = self.kind.adapter.send(account, message, key)
        assert first.remote_id == again.remote_id
        assert len(self.kind.shown(fake)) == 1

    def test_two_workers_with_the_same_container_make_one_post(self, fake, account, message):
        """Both saw it ready; the second one's call is refused, and what became of it is looked up."""
        key = self.ready(account, message, self.new_key())
        stale = Answer(200, {"id": key.prepared["container"], fake.status: "FINISHED"})
        self.kind.adapter.send(account, message, key)
        fake.order(Fault(lambda seen: seen.path.endswith(key.prepared["container"]), stale))
        with pytest.raises(OutcomeUnknown):
            self.kind.adapter.send(account, message, key)
        assert isinstance(self.kind.adapter.find(account, message, key), Receipt)
        assert len(self.kind.shown(fake)) == 1

    def test_finished_alone_is_no_proof(self, fake, account, message):
        key = self.ready(account, message, self.new_key())
        fake.order(Fault(self.kind.posting, drop=True))
        self.failing(fake, account, message, key)
        self.container(fake, key)["status"] = "FINISHED"
        assert isinstance(self.kind.adapter.find(account, message, key), Receipt)

    def test_published_and_not_shown_yet_is_waited_for_and_then_a_persons(self, fake, account, message):
        key = self.ready(account, message, self.new_key())
        self.kind.adapter.send(account, message, key)
        fake.hidden = set(fake.posts)
        assert isinstance(self.kind.adapter.find(account, message, key), Processing)
        assert isinstance(self.kind.adapter.send(account, message, key), Processing)
        with time_machine.travel(timezone.now() + timedelta(minutes=11)):
            assert isinstance(self.kind.adapter.find(account, message, key), CannotTell)
        assert len(fake.posts) == 1

    @pytest.mark.parametrize(("status", "found"), [("EXPIRED", Absent), ("ERROR", Absent), ("IN_PROGRESS", Processing)])
    def test_what_a_container_says_after_a_lost_answer(self, fake, account, message, status, found):
        key = self.ready(account, message, self.new_key())
        self.container(fake, key)["status"] = status
        assert isinstance(self.kind.adapter.find(account, message, key), found)

    def test_a_container_that_is_not_shown_proves_nothing(self, fake, account, message):
        key = self.ready(account, message, self.new_key())
        fake.containers.clear()
        assert isinstance(self.kind.adapter.find(account, message, key), CannotTell)
        with pytest.raises(TemporaryError) as caught:
            self.kind.adapter.send(account, message, key)
        assert not caught.value.afresh

    def test_it_waits_longer_and_longer_for_an_image_and_not_for_ever(self, fake, account, single):
        key = self.ready(account, single, self.new_key())
        self.container(fake, key).update(status="IN_PROGRESS", looks=99)
        begun, waits = datetime.now(UTC), []
        for seconds in (0, 10, 60, 300):
            with time_machine.travel(begun + timedelta(seconds=seconds), tick=False):
                answer = self.kind.adapter.send(account, single, key)
                waits.append(round((answer.check_at - datetime.now(UTC)).total_seconds()))
                assert (type(answer), answer.details) == (Prepared, key.prepared)
        assert waits == [2, 5, 30, 60]
        with time_machine.travel(begun + timedelta(minutes=11)), pytest.raises(TemporaryError) as caught:
            self.kind.adapter.send(account, single, key)
        assert not caught.value.afresh  # an earlier attempt may have asked for it to be published

    def test_what_cannot_become_a_post_fails_with_a_sentence(self, fake, account, single):
        key = self.ready(account, single, self.new_key())
        self.container(fake, key).update(status="ERROR", why="Error: 2207052 FAILED_DOWNLOADING_IMAGE")
        with pytest.raises(ContentRejected) as caught:
            self.kind.adapter.send(account, single, key)
        assert caught.value.afresh
        assert "fetch" in caught.value.summary

    def test_what_has_expired_unpublished_is_made_anew(self, fake, account, single):
        key = self.ready(account, single, self.new_key())
        self.container(fake, key)["status"] = "EXPIRED"
        with pytest.raises(TemporaryError) as caught:
            self.kind.adapter.send(account, single, key)
        assert caught.value.afresh

    def test_the_quota_of_the_day_is_read_and_told(self, fake, account, message):
        fake.used, fake.total = 7, 100
        learnt = self.kind.adapter.verify(account).learnt
        assert (learnt["quota_used"], learnt["quota_total"]) == (7, 100)
        key = self.ready(account, message, self.new_key())
        fake.used = 100
        with pytest.raises(RateLimited) as caught:
            self.kind.adapter.send(account, message, key)
        assert "100" in caught.value.summary
        assert caught.value.until > datetime.now(UTC) + timedelta(minutes=14)
        assert self.kind.shown(fake) == []

    def test_an_address_that_no_platform_reaches_is_a_problem_found_beforehand(self, account, settings):
        settings.BASE_URL = "http://localhost:8000"
        found = self.kind.adapter.verify(account)
        assert not found.ok
        assert found.account == "@politi"
        assert "BASE_URL" in str(found.problem)

    # --- On the road

    def test_on_the_road_what_is_ready_is_not_published_after_stop(self, fake, channel, message):
        delivery = self.planned(channel, message)
        fake.slow = 1
        assert self.go(delivery, seconds=1) == State.SCHEDULED
        assert delivery.prepared
        order = stopping.hold_all(reason="now", by=None)
        assert self.go(delivery, minutes=1) == State.HELD
        stopping.lift(order, by=None)
        assert self.go(delivery, minutes=2) == State.HELD
        assert self.posts(fake) == 0
        stopping.release(delivery, by=None)
        fake.slow = 0
        assert self.go(delivery, minutes=3) == State.DELIVERED
        assert (self.posts(fake), len(self.kind.shown(fake))) == (1, 1)

    def test_on_the_road_a_slow_image_is_waited_for_without_a_loop(self, fake, channel, message):
        delivery = self.planned(channel, message)
        fake.slow = 2
        states = [self.go(delivery, seconds=seconds) for seconds in (1, 10, 30, 60, 120)]
        assert (states[0], states[-1]) == (State.SCHEDULED, State.DELIVERED)
        assert delivery.tries == 0
        assert (self.posts(fake), len(self.kind.shown(fake))) == (1, 1)

    def test_on_the_road_a_publication_that_arrives_late_is_not_doubled(self, fake, channel, message):
        """The request was on its way all the time: it arrives after we have found nothing, right before the next."""
        delivery = self.planned(channel, message)
        held_up = []

        def posting(seen):
            held_up.extend([seen] if self.kind.posting(seen) else [])
            return self.kind.posting(seen)

        fake.order(Fault(posting, unheard=True))
        assert self.go(delivery, seconds=1) == State.UNCERTAIN
        assert self.go(delivery, minutes=1) == State.UNCERTAIN
        fake.carry_out(held_up[0])
        states = [self.go(delivery, minutes=minutes) for minutes in (4, 5, 6)]
        assert states[-1] == State.DELIVERED
        assert len(self.kind.shown(fake)) == 1

    def test_on_the_road_what_expired_while_it_was_held_is_made_anew(self, fake, channel, message):
        delivery = self.planned(channel, message)
        fake.slow = 1
        self.go(delivery, seconds=1)
        stopping.hold(delivery, reason="vent", by=None)
        for container in fake.containers.values():
            container["status"] = "EXPIRED"
        fake.slow = 0
        stopping.release(delivery, by=None)
        states = [self.go(delivery, minutes=minutes) for minutes in (1, 10, 30)]
        assert states[-1] == State.DELIVERED
        assert len(self.kind.shown(fake)) == 1

    # --- Access

    def connect(self, fake, account):
        adapter = self.kind.adapter
        page = adapter.consent(account, redirect_uri=BACK, state="s", challenge="c")
        asked = dict(parse_qsl(urlsplit(page).query))
        assert set(asked["scope"].split(",")) >= set(fake.scopes)
        code = dict(parse_qsl(urlsplit(fake.agree(page)).query))["code"]
        return adapter.exchange(account, code=code, redirect_uri=BACK, verifier="v"), code

    def test_a_person_gives_access_for_sixty_days_in_a_browser(self, fake, account):
        before = replace(account, secrets={"app_secret": SECRET})
        secrets, code = self.connect(fake, before)
        connected = replace(before, secrets={**before.secrets, **secrets})
        found = self.kind.adapter.verify(connected)
        assert (found.ok, found.account) == (True, "@politi")
        assert timedelta(days=59) < found.expires_at - datetime.now(UTC) <= timedelta(days=60)
        assert not self.kind.adapter.needs_refresh(connected)
        with pytest.raises(NotAuthorised) as caught:
            self.kind.adapter.exchange(before, code=code, redirect_uri=BACK, verifier="v")
        assert code not in caught.value.detail

    def test_access_is_renewed_when_half_of_it_is_over(self, fake, account):
        old = replace(account, secrets={**account.secrets, "expires_at": in_days(29)})
        assert self.kind.adapter.needs_refresh(old)
        renewed = replace(old, secrets={**old.secrets, **self.kind.adapter.refresh(old)})
        assert renewed.secrets["access_token"] != old.secrets["access_token"]
        assert not self.kind.adapter.needs_refresh(renewed)
        assert self.kind.adapter.verify(renewed).ok

    def test_a_renewal_that_fails_keeps_nobody_waiting_while_the_access_is_good(self, fake, account):
        old = replace(account, secrets={**account.secrets, "expires_at": in_days(20)})
        fake.order(Fault(lambda seen: seen.path == "/refresh_access_token", Answer(503, HTML)))
        same = replace(old, secrets={**old.secrets, **self.kind.adapter.refresh(old)})
        assert same.secrets["access_token"] == old.secrets["access_token"]
        assert not self.kind.adapter.needs_refresh(same)
        with time_machine.travel(timezone.now() + timedelta(minutes=61)):
            assert self.kind.adapter.needs_refresh(same)
        ending = replace(old, secrets={**old.secrets, "expires_at": in_days(0.5)})
        fake.order(Fault(lambda seen: seen.path == "/refresh_access_token", Answer(503, HTML)))
        with pytest.raises(TemporaryError):
            self.kind.adapter.refresh(ending)

    def test_access_that_was_taken_away_cannot_be_renewed(self, fake, account):
        fake.tokens.clear()
        with pytest.raises(NotAuthorised) as caught:
            self.kind.adapter.refresh(account)
        assert fake.token not in caught.value.detail

    def test_figures_that_meta_refuses_are_no_fault_of_the_post(self, fake, account, message):
        receipt = self.send(account, message)
        fake.order(Fault(lambda seen: seen.path.endswith("/insights"), refusal(10, status=403)))
        with pytest.raises(NotAuthorised):
            self.kind.adapter.metrics(account, receipt)

    def test_send_due_moves_every_step_without_a_broker(self, fake, channel, message):
        delivery = self.planned(channel, message)
        sending.send_due()
        delivery.refresh_from_db()
        assert delivery.state == State.DELIVERED
