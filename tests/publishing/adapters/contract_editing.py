"""Of the contract: a post that is out is changed in place, once as well as twice, or it is said that it cannot be."""

import uuid
from dataclasses import replace

import pytest

from publishing.errors import ContentRejected, OutcomeUnknown, Unsupported
from tests.fakes.server import HTML, Answer, Fault


class Editing:
    @pytest.fixture
    def right(self, account, message, out):
        """Other words, and where the platform can, one image fewer."""
        words = replace(message, text="Rettelse: Husk lys på cyklen fra kl. 16. #trafik")
        fewer = replace(words, media=message.media[:1])
        return words if self.kind.adapter.validate_edit(account, fewer, out) else fewer

    @pytest.fixture
    def out(self, account, message):
        if not self.kind.adapter.limits.edit:
            pytest.skip("cannot be changed, and says so")
        return self.kind.adapter.send(account, message, self.new_key())

    def test_a_correction_changes_the_post_and_makes_no_other(self, fake, account, message, out, right):
        key = self.new_key()
        receipt = self.kind.adapter.edit(account, right, out, key)
        [shown] = self.kind.shown(fake)
        assert right.text in shown.text
        assert shown.images == [(media.read(), media.alt) for media in right.media]
        assert receipt.remote_id == out.remote_id
        assert self.kind.adapter.read(account, right, receipt).problems == ()
        assert self.kind.adapter.read(account, message, receipt).problems
        self.kind.adapter.edit(account, right, out, key)
        assert len(self.kind.shown(fake)) == 1

    def test_a_lost_answer_to_a_correction_is_unknown_and_read_back(self, fake, account, out, right):
        fake.order(Fault(self.kind.editing, drop=True))
        with pytest.raises(OutcomeUnknown):
            self.kind.adapter.edit(account, right, out, self.new_key())
        assert self.kind.adapter.read(account, right, out).problems == ()

    def test_a_refused_correction_leaves_what_was_there(self, fake, account, message, out, right):
        fake.order(Fault(self.kind.editing, Answer(422, HTML)))
        with pytest.raises(ContentRejected):
            self.kind.adapter.edit(account, right, out, self.new_key())
        assert self.kind.adapter.read(account, message, out).problems == ()

    def test_what_is_gone_is_not_brought_back_by_a_correction(self, fake, account, out, right):
        self.kind.adapter.withdraw(account, out)
        with pytest.raises(ContentRejected):
            self.kind.adapter.edit(account, right, out, self.new_key())
        assert self.kind.shown(fake) == []

    def test_what_was_found_can_be_corrected_too(self, fake, account, message, out, right):
        self.kind.adapter.withdraw(account, out)
        key, other = self.new_key(), replace(message, text="Et andet opslag, som ingen fik svar om.")
        fake.order(Fault(self.kind.posting, drop=True))
        self.failing(fake, account, other, key)
        found = self.kind.adapter.find(account, other, key)
        self.kind.adapter.edit(account, right, found, self.new_key())
        [shown] = self.kind.shown(fake)
        assert right.text in shown.text

    def test_a_correction_that_cannot_be_carried_is_told_and_changes_nothing(self, fake, account, message, out):
        adapter, [first, *_rest] = self.kind.adapter, message.media
        nothing = replace(message, text=" ", link="", media=(), html="")
        others = [replace(message, media=media) for media in ((first,), (replace(first, alt="En anden"), *_rest))]
        unfit = [wanted for wanted in (nothing, *others) if adapter.validate_edit(account, wanted, out)]
        assert nothing in unfit
        asked = len(fake.seen)
        for wanted in unfit:
            with pytest.raises(Unsupported):
                adapter.edit(account, wanted, out, self.new_key())
        assert len(fake.seen) == asked
        assert adapter.read(account, message, out).problems == ()

    def test_where_only_words_can_be_corrected_images_and_a_card_cannot(self, account, message):
        adapter = self.kind.adapter
        if not adapter.limits.edit or self.kind.replaces_video:
            pytest.skip("changes all of a post, or nothing")
        with_card = replace(message, media=(), title="Lys", summary="På cyklen")
        for sent, wanted in (
            (message, replace(message, media=message.media[:1])),
            (message, replace(message, media=(replace(message.media[0], alt="En anden"), message.media[1]))),
            (with_card, replace(with_card, link="https://politi.example/noget-andet")),
        ):
            receipt = adapter.send(account, replace(sent, text=f"Hej {uuid.uuid4()}"), self.new_key())
            assert adapter.validate_edit(account, replace(sent, text="Rettelse: fra kl. 16."), receipt) == []
            assert [item.code for item in adapter.validate_edit(account, wanted, receipt)] == ["words_only"]
