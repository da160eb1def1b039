"""Of the contract: a post that is out is changed in place, once as well as twice, or it is said that it cannot be."""

from dataclasses import replace

import pytest

from publishing.errors import ContentRejected, OutcomeUnknown, Unsupported
from tests.fakes.server import HTML, Answer, Fault


class Editing:
    def corrected(self, message):
        """Other words, and one image fewer."""
        return replace(message, text="Rettelse: Husk lys på cyklen fra kl. 16. #trafik", media=message.media[:1])

    @pytest.fixture
    def out(self, account, message):
        if not self.kind.adapter.limits.edit:
            pytest.skip("cannot be changed, and says so")
        return self.kind.adapter.send(account, message, self.new_key())

    def test_a_correction_changes_the_post_and_makes_no_other(self, fake, account, message, out):
        right, key = self.corrected(message), self.new_key()
        receipt = self.kind.adapter.edit(account, right, out, key)
        [shown] = self.kind.shown(fake)
        assert right.text in shown.text
        assert shown.images == [(media.read(), media.alt) for media in right.media]
        assert receipt.remote_id == out.remote_id
        assert self.kind.adapter.read(account, right, receipt).problems == ()
        assert self.kind.adapter.read(account, message, receipt).problems
        self.kind.adapter.edit(account, right, out, key)
        assert len(self.kind.shown(fake)) == 1

    def test_a_lost_answer_to_a_correction_is_unknown_and_read_back(self, fake, account, message, out):
        right = self.corrected(message)
        fake.order(Fault(self.kind.editing, drop=True))
        with pytest.raises(OutcomeUnknown):
            self.kind.adapter.edit(account, right, out, self.new_key())
        assert self.kind.adapter.read(account, right, out).problems == ()

    def test_a_refused_correction_leaves_what_was_there(self, fake, account, message, out):
        right = self.corrected(message)
        fake.order(Fault(self.kind.editing, Answer(422, HTML)))
        with pytest.raises(ContentRejected):
            self.kind.adapter.edit(account, right, out, self.new_key())
        assert self.kind.adapter.read(account, message, out).problems == ()

    def test_what_is_gone_is_not_brought_back_by_a_correction(self, fake, account, message, out):
        self.kind.adapter.withdraw(account, out)
        with pytest.raises(ContentRejected):
            self.kind.adapter.edit(account, self.corrected(message), out, self.new_key())
        assert self.kind.shown(fake) == []

    def test_a_correction_that_does_not_fit_changes_nothing(self, fake, account, message, out):
        with pytest.raises(Unsupported):
            self.kind.adapter.edit(account, replace(message, text=" ", link="", media=(), html=""), out, self.new_key())
        assert self.kind.adapter.read(account, message, out).problems == ()
