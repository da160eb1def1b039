"""Mastodon: what became of a post whose answer was lost, when no key of ours tells."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from publishing.adapters.base import Absent, CannotTell, Receipt
from publishing.errors import ContentRejected
from publishing.message import Message
from tests.fakes.server import Fault
from tests.publishing.adapters.contract import Stage
from tests.publishing.adapters.test_mastodon import KIND, forgetful, posting


class TestFinding(Stage):
    kind = KIND

    @pytest.fixture
    def plain(self):
        return Message(text="Hej")

    def test_the_key_merges_a_repeat_within_the_hour_only(self, fake, account, plain):
        key = self.new_key()
        for _again in range(2):
            self.kind.adapter.send(account, plain, key)
        assert len(fake.statuses) == 1
        with time_machine.travel(datetime.now(UTC) + timedelta(hours=2)):
            self.kind.adapter.send(account, plain, key)
        assert len(fake.statuses) == 2
        assert self.kind.adapter.limits.idempotent is False

    def test_a_repeat_of_a_post_that_was_deleted_is_not_a_fault_of_the_channel(self, fake, account, plain):
        key = self.new_key()
        self.kind.adapter.send(account, plain, key)
        fake.statuses.clear()
        assert type(self.failing(fake, account, plain, key)) is ContentRejected

    def test_of_almost_the_same_text_nobody_says_that_it_is_absent(self, fake, account, message):
        key = self.new_key()
        fake.order(Fault(posting, drop=True))
        self.failing(fake, account, message, key)
        [status] = fake.statuses.values()
        status["content"] = status["content"].replace("mørkt", "mørkt (rettet)")
        assert isinstance(self.kind.adapter.find(account, message, key), Absent)  # again is merged by the key
        self.kind.adapter.send(account, message, key)
        assert len(fake.statuses) == 1
        found = self.kind.adapter.find(forgetful(account), message, key)
        assert isinstance(found, CannotTell)
        assert found.evidence[0]["text"].startswith("Husk lys på cyklen 🚲 når det er mørkt (rettet)")

    def test_the_same_text_from_before_is_not_taken_for_this_one(self, fake, account, plain):
        with time_machine.travel(datetime.now(UTC) - timedelta(hours=3)):
            self.kind.adapter.send(account, plain, self.new_key())
        assert isinstance(self.kind.adapter.find(account, plain, self.new_key()), Absent)

    def test_it_is_found_under_many_later_posts_and_not_searched_for_for_ever(self, fake, account, plain):
        key = self.new_key()
        self.kind.adapter.send(account, plain, key)
        fake.page = 20
        for number in range(60):
            self.kind.adapter.send(
                account, Message(text=f"Noget helt andet om vejret, nummer {number}"), self.new_key()
            )
        assert isinstance(self.kind.adapter.find(account, plain, key), Receipt)
        fake.page = 10
        assert isinstance(self.kind.adapter.find(forgetful(account), plain, key), CannotTell)

    def test_a_series_is_told_apart_by_its_figures(self, fake, account):
        account = forgetful(account)
        self.kind.adapter.send(account, Message(text="Færdselskontrol i uge 41: 17 sigtelser."), self.new_key())
        other = Message(text="Færdselskontrol i uge 42: 17 sigtelser.")
        assert isinstance(self.kind.adapter.find(account, other, self.new_key()), Absent)

    def test_images_alone_are_told_apart_by_their_alternative_texts(self, account, message):
        account, key, images = forgetful(account), self.new_key(), message.media
        self.kind.adapter.send(account, Message(text="", media=images[:1]), key)
        assert isinstance(self.kind.adapter.find(account, Message(text="", media=images[:1]), key), Receipt)
        assert isinstance(self.kind.adapter.find(account, Message(text="", media=images[1:]), key), CannotTell)

    def test_the_key_is_no_proof_after_an_hour(self, fake, account):
        key = self.new_key()
        self.kind.adapter.send(account, Message(text="Husk lys på cyklen!"), self.new_key())
        found = []
        for minutes in (1, 70):
            with time_machine.travel(key.moment + timedelta(minutes=minutes)):
                found.append(self.kind.adapter.find(account, Message(text="Husk lys på cyklen"), key))
        assert [type(item) for item in found] == [Absent, CannotTell]
