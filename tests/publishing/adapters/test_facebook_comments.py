"""What is special to answering a post of our own on Facebook; the rest the contract asks of every kind."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from publishing.adapters.base import Absent, CannotTell, DeliveryKey
from publishing.adapters.facebook import Facebook
from publishing.errors import OutcomeUnknown, Unsupported
from publishing.message import Message
from tests.fakes.meta import refusal
from tests.fakes.server import Fault
from tests.publishing.adapters.contract import Stage, picture
from tests.publishing.adapters.descriptions import differences
from tests.publishing.adapters.test_facebook import TestFacebook as OfPosts
from tests.publishing.adapters.test_facebook import to


class TestComments(Stage):
    kind = OfPosts.kind

    @pytest.fixture
    def post(self, fake, account):
        receipt = Facebook().send(account, Message(text="Opslaget"), self.new_key())
        fake.seen.clear()
        return receipt

    @pytest.fixture
    def key(self, post):
        return DeliveryKey(uuid.uuid4(), datetime.now(UTC).replace(microsecond=0), answers=post)

    @pytest.fixture
    def message(self, outbox):
        image = picture("En blå cykel ved en mur 🚲")
        link = "https://politi.example/lys?a=1&b=2"
        return Message(text="Husk lys på cyklen 🚲 når det er mørkt.", link=link, media=(image,))

    @pytest.mark.parametrize("images", [0, 1])
    def test_it_is_sent_once_whole_and_as_described(self, fake, account, message, key, images):
        message = replace(message, media=message.media[:images])
        described = Facebook().translate(account, message, key)
        receipt = Facebook().send(account, message, key)
        assert len(described) == len(fake.seen) == images + 1
        for request, seen in zip(described, fake.seen, strict=True):
            assert differences(request, seen, fake.url) == []
        [comment] = fake.comments.values()
        assert comment["post"] == key.answers.remote_id
        assert comment["text"] == f"{message.text}\n\n{message.link}"
        assert [fake.photos[item]["alt"] for item in comment["photos"]] == [media.alt for media in message.media]
        assert receipt.remote_id == comment["id"]
        assert len(fake.posts) == 1
        assert Facebook().read(account, message, receipt).problems == ()

    def test_what_only_a_post_could_carry_is_told_and_refused_before_anything_leaves(self, fake, account, message, key):
        long = replace(message, text="a" * 8001, link="", media=())
        for field, unfit in {"text": long, "media": replace(message, media=message.media * 2)}.items():
            assert Facebook().validate(account, unfit) == []
            assert [problem.field for problem in Facebook().validate_answer(account, unfit)] == [field]
            with pytest.raises(Unsupported):
                Facebook().send(account, unfit, key)
        assert fake.seen == []

    def test_a_lost_request_is_unknown_and_then_proved_absent(self, fake, account, message, key):
        fake.order(Fault(to("comments"), unheard=True))
        assert type(self.failing(fake, account, message, key)) is OutcomeUnknown
        assert isinstance(Facebook().find(account, message, key), Absent)
        assert fake.comments == {}

    def test_what_others_write_is_not_taken_for_ours(self, fake, account, message, key):
        text = f"{message.text}\n\n{message.link}"
        post = key.answers.remote_id
        fake.visitors["9_9"] = {"id": "9_9", "post": post, "text": text, "photos": [], "at": datetime.now(UTC)}
        assert isinstance(Facebook().find(account, replace(message, media=()), key), Absent)

    def test_what_is_almost_the_same_is_shown_to_a_person(self, fake, account, message, key):
        Facebook().send(account, replace(message, text=message.text.replace("mørkt", "mørkt!")), key)
        assert isinstance(Facebook().find(account, message, key), CannotTell)

    def test_one_from_before_the_first_attempt_is_not_it(self, fake, account, message, key):
        Facebook().send(account, message, key)
        [comment] = fake.comments.values()
        comment["at"] -= timedelta(hours=1)
        assert isinstance(Facebook().find(account, message, key), Absent)

    def test_the_same_words_again_are_the_first_ones(self, fake, account, message, key):
        first = Facebook().send(account, message, key)
        fake.order(Fault(to("comments"), refusal(506)))
        assert Facebook().send(account, message, key).remote_id == first.remote_id

    def test_its_words_are_corrected_and_the_post_is_left_alone(self, fake, account, message, key):
        receipt = Facebook().send(account, message, key)
        right = replace(message, text="Rettelse: fra kl. 16.")
        Facebook().edit(account, right, receipt, self.new_key())
        assert Facebook().read(account, right, receipt).problems == ()
        assert [post["text"] for post in fake.posts.values()] == ["Opslaget"]

    def test_it_is_taken_down_with_its_image_and_the_post_stays(self, fake, account, message, key):
        receipt = Facebook().send(account, message, key)
        assert Facebook().metrics(account, receipt).counts == {"likes": 4, "replies": 2}
        Facebook().withdraw(account, receipt)
        assert (fake.comments, fake.photos, len(fake.posts)) == ({}, {}, 1)
        Facebook().withdraw(account, receipt)
        assert not Facebook().read(account, message, receipt).present
        assert Facebook().metrics(account, receipt) is None
