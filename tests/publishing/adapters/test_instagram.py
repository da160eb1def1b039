"""Instagram: the contract, and what is its own."""

import uuid
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import connections
from django.test import Client
from django.utils import timezone

from publishing import deciding
from publishing.adapters.base import CannotTell, Prepared, Receipt
from publishing.adapters.instagram import Instagram
from publishing.errors import NotAuthorised, OutcomeUnknown, TemporaryError, Unsupported
from publishing.following import After
from publishing.message import Message
from publishing.models import Delivery, State
from publishing.models.follow import Follow
from publishing.scheduling import Refused, schedule
from tests.fakes.meta import APP, SECRET, refusal
from tests.fakes.meta_containers import FakeInstagram
from tests.fakes.server import Fault
from tests.publishing.adapters.contract import Contract, Kind, Shown, picture
from tests.publishing.adapters.contract_containers import (
    OfContainers,
    as_video,
    expire,
    in_days,
    lose_alt,
    spoil,
    work_slowly,
)


class TestInstagram(Contract, OfContainers):
    kind = Kind(
        adapter=Instagram(),
        fake=FakeInstagram,
        config=lambda fake: {"app_id": APP, "api": fake.url},
        secrets=lambda fake: {
            "app_secret": SECRET,
            "access_token": fake.token,
            "expires_at": in_days(50),
        },
        shown=lambda fake: [
            *(Shown(post["text"], post["images"], video=as_video(post)) for post in fake.posts.values()),
            *(Shown(comment["text"], answers=comment["post"]) for comment in fake.comments.values()),
        ],
        revoke=lambda fake: fake.tokens.clear(),
        posting=lambda seen: seen.method == "POST" and seen.path.endswith(("/media_publish", "/comments", "/replies")),
        uploading=lambda seen: seen.method == "POST" and b"image_url" in seen.body,
        lose_alt=lose_alt,
        vanish=lambda fake: fake.posts.clear(),
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

    def test_an_image_is_required_and_more_than_thirty_hashtags_are_refused_by_us(self, account, message):
        def codes(unfit):
            return [problem.code for problem in Instagram().validate(account, unfit)]

        assert codes(replace(message, media=())) == ["image_missing"]
        assert codes(replace(message, text="Husk #lys" + " #a" * 29)) == []
        assert codes(replace(message, text="Husk #lys" + " #a" * 30)) == ["too_many_hashtags"]
        assert codes(replace(message, text="Tak" + " @politi" * 21)) == ["too_many_mentions"]
        assert codes(replace(message, media=(replace(message.media[0], mime="image/png"),))) == ["image_type"]

    def test_the_parts_of_a_carousel_are_made_first_and_looked_at_before_the_whole(self, fake, account, message):
        self.send(account, message)
        done = [(seen.method, urlsplit(seen.path).path.rpartition("/")[2]) for seen in fake.seen]
        assert [method for method, _path in done] == ["POST", "POST", "GET", "GET", "POST", "GET", "POST", "GET"]
        assert [path for method, path in done if method == "POST"] == ["media"] * 3 + ["media_publish"]

    @pytest.mark.parametrize("details", [{}, {"data": True}])
    def test_the_account_is_told_in_either_way(self, fake, account, details):
        if details:
            body = {"data": [{"user_id": "17841400000000001", "username": "politi"}]}
            fake.order(Fault(lambda seen: seen.path.endswith("/me"), type(refusal(1))(200, body)))
        assert Instagram().verify(account).account == "@politi"

    # --- Videos

    def test_a_video_is_a_reel_in_the_feed_under_its_poster(self, fake, account, moving):
        poster = picture("En cyklist")
        self.send(account, replace(moving, video=replace(moving.video, poster=poster)))
        [post] = fake.posts.values()
        [container] = fake.containers.values()
        form = container["form"]
        assert (form["media_type"], form["share_to_feed"]) == ("REELS", "true")
        assert post["video"]["cover"] == poster.read()

    def test_a_video_that_is_not_there_is_told_when_it_is_read_back(self, fake, account, moving):
        receipt = self.send(account, moving)
        fake.posts[receipt.remote_id]["video"] = None
        assert len(Instagram().read(account, moving, receipt).problems) == 1

    def test_a_video_is_given_two_hours_and_an_image_ten_minutes(self, fake, account, message, moving):
        fake.slow = 999
        for sent, minutes in ((message, 11), (moving, 121)):
            sent = replace(sent, media=sent.media[:1])
            key = self.ready(account, sent, self.new_key())
            with time_machine.travel(timezone.now() + timedelta(minutes=minutes - 2)):
                assert isinstance(Instagram().send(account, sent, key), Prepared)
            with time_machine.travel(timezone.now() + timedelta(minutes=minutes)), pytest.raises(TemporaryError):
                Instagram().send(account, sent, key)

    # --- First comments

    @pytest.fixture
    def remark(self):
        return Message(text="Læs mere her 🚲 #lys", link="https://politi.example/lys")

    @pytest.fixture
    def under(self, account, message):
        """The key of a comment under a post of ours."""
        return replace(self.new_key(), answers=self.send(account, message))

    def test_a_first_comment_goes_under_the_post_and_is_read_back(self, fake, account, under, remark):
        fake.seen.clear()
        receipt = Instagram().send(account, remark, under)
        [made] = fake.comments.values()
        assert (made["post"], made["text"]) == (under.answers.remote_id, f"{remark.text}\n\n{remark.link}")
        assert receipt.permalink == under.answers.permalink
        assert Instagram().read(account, remark, receipt).problems == ()
        assert Instagram().metrics(account, receipt).counts == {"likes": 3}
        [described] = Instagram().translate(account, remark, under)
        assert described.body == fake.seen[0].content()

    @pytest.mark.parametrize("lost", [{"drop": True}, {"unheard": True}])
    def test_a_comment_whose_answer_was_lost_is_looked_up_under_the_post(self, fake, account, under, remark, lost):
        fake.order(Fault(lambda seen: seen.path.endswith("/comments"), **lost))
        with pytest.raises(OutcomeUnknown):
            Instagram().send(account, remark, under)
        found = Instagram().find(account, remark, under)
        assert isinstance(found, Receipt) is bool(fake.comments)
        assert not isinstance(found, CannotTell)

    @pytest.mark.parametrize(
        "unfit",
        [
            Message(text=" "),
            Message(text="a" * 301),
            Message(text="Se #a #b #c #d #e"),
            Message(text="Se https://a.example og https://b.example"),
            Message(text="PAS PÅ"),
        ],
    )
    def test_a_comment_that_instagram_refuses_is_refused_by_us(self, fake, account, under, unfit):
        with pytest.raises(Unsupported):
            Instagram().send(account, unfit, under)
        with pytest.raises(Unsupported):
            Instagram().send(account, Message(text="Hej", media=(picture("Blå"),)), under)
        assert fake.comments == {}

    # --- On the road

    @pytest.mark.django_db(transaction=True)  # the platform comes by another connection
    def test_the_platform_fetches_each_image_through_our_own_front_door(self, fake, channel, message):
        asked = []

        def fetch(address):
            try:
                answer = Client().get(urlsplit(address).path)
                asked.append(address)
                assert answer.status_code == 200
                return answer.getvalue()
            finally:
                connections.close_all()

        fake.fetch = fetch
        delivery = self.planned(channel, message)
        assert self.go(delivery, seconds=1) == State.DELIVERED
        [shown] = self.kind.shown(fake)
        assert [content for content, _alt in shown.images] == [media.read() for media in message.media]
        for address in asked:
            assert Client().get(urlsplit(address).path).status_code == 404  # it is out: nothing is open any more

    @pytest.mark.django_db(transaction=True)
    def test_a_video_is_fetched_through_our_own_front_door_a_range_at_a_time(self, fake, channel, moving):
        def fetch(address):
            try:
                place, size, found = urlsplit(address).path, 30_000, b""
                while len(found) < moving.video.size:
                    answer = Client().get(place, headers={"Range": f"bytes={len(found)}-{len(found) + size - 1}"})
                    assert (answer.status_code, answer["Content-Type"]) == (206, "video/mp4")
                    found += answer.getvalue()
                return found
            finally:
                connections.close_all()

        fake.fetch = fetch
        delivery = self.planned(channel, moving)
        assert self.go(delivery, seconds=1) == State.DELIVERED
        self.shown_whole(fake, moving)

    def test_a_first_comment_needs_no_image_and_goes_once_its_post_is_out(self, fake, channel, message, remark):
        post = self.planned(channel, message)
        after = After(post, Follow.ANSWERS)
        planned = {"due_at": timezone.now(), "headline": "Kommentar", "by": None, "after": after}
        with pytest.raises(Refused):
            schedule(key=uuid.uuid4(), channel=channel, message=replace(remark, text="a" * 300), **planned)
        comment = schedule(key=uuid.uuid4(), channel=channel, message=remark, **planned)
        fake.order(Fault(lambda seen: seen.path.endswith("/comments"), drop=True))
        assert self.go(post, seconds=1) == State.DELIVERED
        assert self.go(comment, seconds=2) == State.UNCERTAIN
        assert self.go(comment, minutes=1) == State.DELIVERED
        assert [item["post"] for item in fake.comments.values()] == [post.receipt.remote_id]

    def test_a_take_down_waits_for_a_person(self, fake, channel, message):
        delivery = self.planned(channel, message)
        self.go(delivery, seconds=1)
        deciding.withdraw(delivery, reason="fejl", by=None)
        assert self.go(delivery, minutes=1) == State.DELIVERED
        assert delivery in Delivery.objects.to_take_down_by_hand()
        assert len(self.kind.shown(fake)) == 1

    def test_a_consent_that_is_too_narrow_is_refused(self, fake, account):
        fake.told_scopes = lambda: {"permissions": "instagram_business_basic"}
        with pytest.raises(NotAuthorised) as caught:
            self.connect(fake, account)
        assert "instagram_business_content_publish" in caught.value.detail

    def test_a_prepared_answer_names_nothing_secret(self, account, message):
        answer = Instagram().send(account, message, self.new_key())
        assert isinstance(answer, Prepared)
        assert set(answer.details) == {"children", "since"}
