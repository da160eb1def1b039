"""Of the contract: a first comment, the next part of a thread. Each answers the one before, once."""

from dataclasses import replace

import pytest

from publishing.adapters.base import Receipt
from publishing.errors import ContentRejected, OutcomeUnknown, Unsupported
from publishing.message import Message
from tests.fakes.server import Fault
from tests.publishing.adapters.descriptions import differences


class Replies:
    @pytest.fixture
    def comment(self):
        if not self.kind.adapter.limits.replies:
            pytest.skip("cannot answer its own posts, and says so")
        return Message(text="Se også kortet 🚲", extra=dict(self.kind.extra))

    def key_below(self, receipt):
        return replace(self.new_key(), answers=receipt)

    def answered(self, fake):
        """What each post answers, by its text."""
        return {shown.text: shown.answers for shown in self.kind.shown(fake)}

    def test_an_answer_stands_below_what_it_answers_and_the_next_below_that(self, fake, account, message, comment):
        head = self.send(account, message)
        second = self.send(account, comment, self.key_below(head))
        third = self.send(account, replace(comment, text="Og til sidst"), self.key_below(second))
        told = self.answered(fake)
        assert (told["Se også kortet 🚲"], told["Og til sidst"]) == (head.remote_id, second.remote_id)
        assert len({head.remote_id, second.remote_id, third.remote_id}) == 3

    def test_the_description_of_an_answer_is_what_is_sent(self, fake, account, message, comment):
        key = self.key_below(self.send(account, message))
        fake.seen.clear()
        described = self.kind.adapter.translate(account, comment, key)
        self.send(account, comment, key)
        for request, seen in zip(described, fake.seen, strict=True):
            assert differences(request, seen, fake.url) == []

    def test_what_an_answer_cannot_carry_is_a_problem_and_is_never_sent(self, fake, account, message, comment):
        adapter, key = self.kind.adapter, self.key_below(self.send(account, message))
        fake.seen.clear()
        used, most = adapter.count_answer(account, comment)
        full = replace(comment, text=comment.text + "å" * (most - used))
        images = message.media[:1] * (adapter.limits_for(account).images + 1)
        assert adapter.count_answer(account, full) == (most, most)
        assert adapter.validate_answer(account, full) == []
        for field, unfit in {
            "text": replace(full, text=f"{full.text}å"),
            "media": replace(comment, media=images),
        }.items():
            assert field in {problem.field for problem in adapter.validate_answer(account, unfit)}
            assert type(self.failing(fake, account, unfit, key)) is Unsupported
        assert fake.seen == []
        self.send(account, full, key)
        assert full.text in self.texts(fake)

    def test_an_answer_that_was_lost_is_found_as_an_answer_and_never_doubled(self, fake, account, message, comment):
        key = self.key_below(self.send(account, message))
        fake.order(Fault(self.kind.posting, drop=True))
        assert type(self.failing(fake, account, comment, key)) is OutcomeUnknown
        found = self.kind.adapter.find(account, comment, self.written(key))
        assert isinstance(found, Receipt)
        assert self.send(account, replace(comment, text="Og til sidst"), self.key_below(found)).remote_id
        assert self.answered(fake)["Og til sidst"] == found.remote_id

    def test_the_same_words_as_a_post_of_its_own_are_not_taken_for_the_answer(self, fake, account, message, comment):
        adapter, alone = self.kind.adapter, self.new_key()
        head = self.send(account, message)
        post = replace(comment, media=message.media) if adapter.validate(account, comment) else comment
        self.send(account, post, alone)
        assert not isinstance(adapter.find(account, comment, self.key_below(head)), Receipt)
        assert isinstance(adapter.find(account, post, self.written(alone)), Receipt)

    def test_an_answer_to_what_is_gone_is_refused_and_blames_nobody_else(self, fake, account, message, comment):
        if not self.kind.refuses_orphans:
            pytest.skip("takes an answer to what is not there")
        head = self.send(account, message)
        self.take_away(fake, account, head)
        assert type(self.failing(fake, account, comment, self.key_below(head))) is ContentRejected
        assert self.kind.shown(fake) == []

    def test_an_answer_is_read_back_with_its_image_and_taken_down_alone(self, fake, account, message, comment):
        adapter, pictured = self.kind.adapter, replace(comment, media=message.media[:1])
        comment = comment if adapter.validate_answer(account, pictured) else pictured
        head = self.send(account, message)
        receipt = self.send(account, comment, self.key_below(head))
        read = adapter.read(account, comment, receipt)
        assert (read.present, read.problems) == (True, ())
        if not adapter.limits.withdraw:
            return
        adapter.withdraw(account, receipt)
        [left] = self.kind.shown(fake)
        assert message.text in left.text
