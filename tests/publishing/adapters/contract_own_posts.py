"""Of the contract, for platforms without an idempotency key: what was posted is found among the account's own posts,
and the same words twice are refused."""

from dataclasses import replace
from datetime import timedelta

from publishing.adapters.base import Absent, CannotTell
from publishing.errors import ContentRejected
from publishing.message import Message
from publishing.models import State
from tests.fakes.server import Fault


class OfOwnPosts:
    """A kind says how its fake makes a post older, and how few posts a page of its list holds."""

    pages: int  # that are looked through
    refused = ""  # in the detail of a refusal of the same words
    lagging = State.FAILED  # where a list that does not show the post yet leads: to a person

    def make_older(self, post, by):
        raise NotImplementedError

    def list_by(self, fake, monkeypatch, size):
        raise NotImplementedError

    def test_words_that_are_there_by_our_own_earlier_attempt_are_its_receipt(self, fake, account, message, key):
        fake.order(Fault(self.kind.posting, drop=True))
        self.failing(fake, account, message, key)
        receipt = self.kind.adapter.send(account, message, key)
        assert [receipt.remote_id] == list(fake.posts)

    def test_words_that_were_posted_before_are_refused_and_say_why(self, fake, account, message, key):
        self.kind.adapter.send(account, message, self.new_key())
        [post] = fake.posts.values()
        self.make_older(post, timedelta(days=3))
        error = self.failing(fake, account, message, key)
        assert type(error) is ContentRejected
        assert self.refused in error.detail

    def test_on_the_road_a_list_that_lags_leads_to_no_second_post(self, fake, channel, message):
        delivery = self.planned(channel, message)
        fake.order(Fault(self.kind.posting, drop=True))
        assert self.go(delivery, seconds=1) == State.UNCERTAIN
        fake.hidden = set(fake.posts)
        states = [self.go(delivery, minutes=minutes) for minutes in (1, 3)]
        assert states[-1] == self.lagging
        assert self.lagging == State.DELIVERED or State.DELIVERED not in states
        assert len(fake.posts) == 1

    def test_it_looks_through_every_page_and_only_since_the_first_attempt(
        self, fake, account, message, key, monkeypatch
    ):
        adapter = self.kind.adapter
        for number in range(5):
            adapter.send(account, Message(text=f"Noget helt andet, nummer {number} {'xyz'[number % 3] * 40}"), key)
        self.list_by(fake, monkeypatch, 2)
        assert isinstance(adapter.find(account, message, key), Absent)
        self.list_by(fake, monkeypatch, 1)
        found = adapter.find(account, message, key)
        assert isinstance(found, CannotTell)
        assert len(found.evidence) == self.pages
        for post in fake.posts.values():
            self.make_older(post, timedelta(days=1))
        assert isinstance(adapter.find(account, message, key), Absent)

    def test_what_is_almost_the_same_is_shown_to_a_person(self, account, message, key):
        self.kind.adapter.send(account, replace(message, text=message.text.replace("mørkt", "mørkt!")), key)
        found = self.kind.adapter.find(account, message, key)
        assert isinstance(found, CannotTell)
        assert "#trafik" in found.evidence[0]["text"]
        assert message.link in found.evidence[0]["text"]
