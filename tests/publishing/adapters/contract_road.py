"""Of the contract: the adapter through the engine, from planned to stored state."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from publishing import credentials, deciding, followups, scheduling, sending, verifying
from publishing.models import Channel, Receipt, State
from tests.fakes.server import HTML, Answer, Fault


def later(**delta):
    return time_machine.travel(timezone.now() + timedelta(**delta), tick=True)


class Road:
    @pytest.fixture
    def channel(self, fake, own_hosts, outbox, db, settings):
        """Connected and verified. All in one transaction, which costs less than to empty the tables: that nothing is
        open while the network runs is seen in ``tests/concurrency`` and ``tests/crash``."""
        settings.CREDENTIALS_KEYS = ["only-for-tests"]
        channel = Channel.objects.create(
            kind=self.kind.adapter.kind,
            name="Kanalen",
            slug="kanalen",
            config=self.kind.config(fake),
            encrypted_secrets=credentials.seal(self.kind.secrets(fake)),
        )
        assert verifying.verify(channel).ok
        channel.refresh_from_db()
        return channel

    def planned(self, channel, message, due_at=None):
        """Due now, unless an hour is given."""
        due_at = due_at or timezone.now()
        return scheduling.schedule(
            key=uuid.uuid4(), channel=channel, message=message, due_at=due_at, headline="Lys", by=None
        )

    def go(self, delivery, **delta):
        """The clock strikes, ``delta`` later."""
        with later(**delta):
            sending.send_due()
        delivery.refresh_from_db()
        return delivery.state

    def posts(self, fake):
        return len([seen for seen in fake.seen if self.kind.posting(seen)])

    def test_on_the_road_it_goes_once_is_read_back_and_is_taken_down(self, fake, channel, message):
        limits = channel.limits
        delivery = self.planned(channel, message)
        assert self.go(delivery, seconds=1) == State.DELIVERED
        assert self.go(delivery, minutes=10) == State.DELIVERED
        assert (self.posts(fake), len(self.kind.shown(fake))) == (1, 1)
        followups.read_back(timezone.now() + timedelta(minutes=1))
        assert delivery.receipt.read_back == (Receipt.ReadBack.GOOD if limits.read else Receipt.ReadBack.IMPOSSIBLE)
        if limits.withdraw:
            deciding.withdraw(delivery, reason="fejl i teksten", by=None)
            followups.take_down(timezone.now() + timedelta(minutes=1))
            delivery.refresh_from_db()
            assert delivery.state == State.WITHDRAWN
            assert self.kind.shown(fake) == []

    def test_on_the_road_a_lost_answer_is_found_or_left_to_a_person_and_never_doubled(self, fake, channel, message):
        delivery = self.planned(channel, message)
        fake.order(Fault(self.kind.posting, drop=True))
        assert self.go(delivery, seconds=1) == State.UNCERTAIN
        settled = self.go(delivery, minutes=1)
        known = channel.limits.find or channel.limits.idempotent
        assert settled == (State.DELIVERED if known else State.UNCERTAIN)
        assert self.go(delivery, minutes=10) == settled
        assert len(self.kind.shown(fake)) == 1
        if channel.limits.find:
            assert self.posts(fake) == 1

    def test_on_the_road_a_lost_request_goes_again_only_with_proof(self, fake, channel, message):
        delivery = self.planned(channel, message)
        fake.order(Fault(self.kind.posting, unheard=True))
        assert self.go(delivery, seconds=1) == State.UNCERTAIN
        states = [self.go(delivery, minutes=minutes) for minutes in (1, 2, 3)]
        assert states[-1] in (State.DELIVERED, State.UNCERTAIN)
        assert len(self.kind.shown(fake)) == self.posts(fake) - 1 == (states[-1] == State.DELIVERED)

    def test_on_the_road_a_told_wait_is_kept_and_spends_no_try(self, fake, channel, message):
        if 429 in self.kind.means:
            pytest.skip("is never told how long")
        delivery = self.planned(channel, message)
        fake.order(Fault(self.kind.posting, Answer(429, HTML, {"Retry-After": "300"})))
        assert self.go(delivery, seconds=1) == State.SCHEDULED
        asked = len(fake.seen)
        assert self.go(delivery, seconds=290) == State.SCHEDULED
        assert len(fake.seen) == asked
        assert self.go(delivery, seconds=310) == State.DELIVERED
        assert (delivery.tries, len(self.kind.shown(fake))) == (0, 1)

    def test_on_the_road_lost_access_pauses_the_channel_and_loses_nothing(self, fake, channel, message):
        delivery = self.planned(channel, message)
        fake.order(Fault(self.kind.posting, Answer(401, HTML)))
        assert self.go(delivery, seconds=1) == State.HELD
        channel.refresh_from_db()
        assert channel.paused_at is not None
        assert self.kind.shown(fake) == []

    def test_on_the_road_no_secret_is_written_down(self, fake, channel, message):
        secrets = credentials.account_of(channel).secrets.values()
        fake.order(Fault(self.kind.posting, Answer(422, {"error": " ".join(secrets), "message": " ".join(secrets)})))
        delivery = self.planned(channel, message)
        assert self.go(delivery, seconds=1) == State.FAILED
        attempt = delivery.attempts.order_by("number").last()
        written = f"{delivery.state_reason} {delivery.state_detail} {attempt.summary} {attempt.detail} {channel.config}"
        assert not [secret for secret in secrets if secret in written]
