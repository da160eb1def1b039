"""Threads: the contract, and what is its own."""

from dataclasses import replace

import pytest

from publishing.adapters import threads_text
from publishing.adapters.base import Absent, Receipt
from publishing.adapters.threads import Threads
from publishing.message import Message
from tests.fakes.meta import APP, SECRET, refusal
from tests.fakes.meta_containers import FakeThreads
from tests.fakes.server import Answer, Fault
from tests.publishing.adapters.contract import Contract, Kind, Shown
from tests.publishing.adapters.contract_containers import (
    OfContainers,
    as_video,
    expire,
    in_days,
    lose_alt,
    spoil,
    work_slowly,
)


class TestThreads(Contract, OfContainers):
    kind = Kind(
        adapter=Threads(),
        fake=FakeThreads,
        config=lambda fake: {"app_id": APP, "api": fake.url},
        secrets=lambda fake: {"app_secret": SECRET, "access_token": fake.token, "expires_at": in_days(50)},
        shown=lambda fake: [
            Shown(post["text"], post["images"], post["link"], answers=post["reply_to_id"], video=as_video(post))
            for post in fake.posts.values()
        ],
        revoke=lambda fake: fake.tokens.clear(),
        posting=lambda seen: seen.path.endswith("/threads_publish"),
        uploading=lambda seen: seen.method == "POST" and b"image_url" in seen.body,
        deleting=lambda seen: seen.method == "DELETE",
        deleted=Answer(200, {"success": True}),
        lose_alt=lose_alt,
        refusals={
            400: refusal(100),
            401: refusal(190, status=401),
            403: refusal(10, status=403),
            429: refusal(4, status=429),
            503: refusal(2, status=503),
        },
        language=False,
        processing=work_slowly,
        spoil=spoil,
        expire=expire,
    )

    def test_text_is_published_in_two_steps_as_well(self, fake, account):
        self.send(account, Message(text="Husk lys"))
        assert "auto_publish_text" not in fake.seen[0].content()
        [container] = fake.containers.values()
        assert container["form"]["media_type"] == "TEXT"

    def test_a_link_without_images_is_a_card_and_with_images_a_part_of_the_text(self, fake, account, message):
        link = "https://politi.example/lys"
        long = "a" * 495
        assert Threads().validate(account, Message(text=long, link=link)) == []
        assert Threads().validate(account, replace(message, text=long)) != []
        self.send(account, Message(text=long, link=link))
        self.send(account, Message(text="", link=link))
        self.send(account, Message(text=f"Se {link}", link=link))
        shown = [(post.text, post.link) for post in self.kind.shown(fake)]
        assert shown == [(long, link), (link, ""), (f"Se {link}", "")]

    def test_a_card_that_is_not_there_is_seen_when_it_is_read_back(self, fake, account):
        message = Message(text="Husk lys", link="https://politi.example/lys")
        receipt = self.send(account, message)
        assert Threads().read(account, message, receipt).problems == ()
        fake.posts[receipt.remote_id]["link"] = ""
        assert len(Threads().read(account, message, receipt).problems) == 1

    def test_words_of_a_video_that_are_not_there_are_seen_when_it_is_read_back(self, fake, account, moving):
        receipt = self.send(account, moving)
        fake.posts[receipt.remote_id]["video"]["alt"] = ""
        assert len(Threads().read(account, moving, receipt).problems) == 1

    @pytest.mark.parametrize("lost", [None, {"drop": True}, {"unheard": True}])
    def test_an_answer_goes_under_the_post_and_is_looked_up_among_the_answers(self, fake, account, message, lost):
        post = self.send(account, message)
        key = replace(self.new_key(), answers=post)
        if lost:
            fake.order(Fault(self.kind.posting, **lost))
            self.failing(fake, account, message, key)
            found = Threads().find(account, message, self.written(key))
            assert isinstance(found, Absent if "unheard" in lost else Receipt)
            assert getattr(found, "remote_id", "") != post.remote_id
            return
        receipt = self.send(account, message, key)
        assert fake.posts[receipt.remote_id]["reply_to_id"] == post.remote_id
        [described, *_rest] = [item for item in Threads().translate(account, message, key) if "CAROUSEL" in str(item)]
        assert described.body["reply_to_id"] == post.remote_id


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Hej æøå 漢 1#", 12),
        ("🚲", 4),
        ("❤️", 6),
        ("❤", 3),
        ("👩‍👩‍👧", 18),
        ("🇩🇰", 8),
        ("1️⃣", 7),
        ("e\u0301", 2),
        ("a\nb", 3),
    ],
)
def test_an_emoji_counts_as_its_bytes(text, count):
    assert threads_text.count(text) == count
