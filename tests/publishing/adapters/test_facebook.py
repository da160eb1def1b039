"""Facebook: the contract, and what is its own."""

import hashlib
import hmac
import json
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from publishing import deciding, followups, leftovers, metrics, scheduling, verifying
from publishing.adapters import facebook_posts, subtitles
from publishing.adapters.base import Absent, CannotTell, Receipt
from publishing.adapters.facebook import Facebook
from publishing.departing import noting
from publishing.errors import ContentRejected, OutcomeUnknown, RateLimited, TemporaryError, Unsupported
from publishing.message import Message
from publishing.models import State
from tests.fakes.facebook import PAGE, TOKEN, FakeFacebook
from tests.fakes.meta import APP, SECRET, refusal
from tests.fakes.server import HTML, Answer, Fault
from tests.publishing.adapters.contract import Contract, Kind, Moving, Shown, picture
from tests.publishing.adapters.contract_own_posts import OfOwnPosts


def lose_alt(fake):
    for photo in fake.photos.values():
        photo["alt"] = ""


def shown(fake):
    """Posts, videos, and below them the page's comments."""
    written = [*fake.posts.values(), *fake.comments.values()]
    films = [film for film in fake.videos.values() if film.published]
    return [
        *(Shown(film.text, video=Moving(film.content, "", film.captions.get("da_DK", ""))) for film in films),
        *as_shown(fake, written),
    ]


def as_shown(fake, written):
    return [
        Shown(
            item["text"],
            [(fake.photos[photo]["content"], fake.photos[photo]["alt"]) for photo in item["photos"]],
            item.get("link", ""),
            answers=item.get("post", ""),
        )
        for item in written
    ]


def to(*edges):
    return lambda seen: seen.method == "POST" and seen.path.rpartition("/")[2] in edges


def publishing(seen):
    return seen.method == "POST" and b"published=true" in seen.body


def spoil(fake, why):
    fake.spoiled, fake.slow = why, 1


class TestFacebook(OfOwnPosts, Contract):
    kind = Kind(
        adapter=Facebook(),
        fake=FakeFacebook,
        config=lambda fake: {"app_id": APP, "page_id": PAGE, "api": fake.url},
        secrets=lambda fake: {"app_secret": SECRET, "access_token": TOKEN},
        shown=shown,
        revoke=lambda fake: fake.tokens.clear(),
        posting=lambda seen: to("feed", "comments")(seen) or publishing(seen),
        uploading_video=lambda seen: b"transfer" in seen.body,
        pieces={"publishing.adapters.facebook_upload.PIECE": 20_000, "publishing.adapters.video_steps.AT_ONCE": 40_000},
        captions=subtitles.srt,
        replaces_video=False,
        processing=lambda fake, looks: setattr(fake, "slow", looks),
        spoil=spoil,
        expire=lambda fake: fake.videos.clear(),
        uploading=to("photos"),
        deleting=lambda seen: seen.method == "DELETE",
        editing=lambda seen: seen.method == "POST" and "_" in seen.path.rpartition("/")[2],
        deleted=Answer(200, {"success": True}),
        lose_alt=lose_alt,
        refusals={
            400: refusal(324, "(#324) Missing or invalid image file"),
            401: refusal(190, "Error validating access token", subcode=460, status=401),
            403: refusal(200, "(#200) Requires pages_manage_posts permission", status=403),
            422: refusal(100, "(#100) Invalid parameter", status=422),
            429: refusal(4, "(#4) Application request limit reached", status=429),
            500: refusal(2, "An unexpected error has occurred.", status=500),
            503: refusal(1, "An unknown error occurred", status=503),
        },
        language=False,
    )

    pages, refused = facebook_posts.PAGES, "506"

    def make_older(self, post, by):
        post["at"] -= by

    def list_by(self, fake, monkeypatch, size):
        fake.largest = size

    @pytest.fixture
    def single(self, message):
        return replace(message, media=message.media[:1])

    def paths(self, fake):
        return [f"{seen.method} {seen.path.removeprefix(f'/v26.0/{PAGE}/')}" for seen in fake.seen]

    # --- One image

    def test_one_image_is_a_photo_with_the_text_as_its_caption(self, fake, account, single, key):
        [described] = Facebook().translate(account, single, key)
        receipt = Facebook().send(account, single, key)
        assert self.paths(fake) == ["POST photos"]
        form = fake.seen[0].content()
        assert form["alt_text_custom"] == described.body["alt_text_custom"] == single.media[0].alt
        assert form["caption"] == described.body["caption"] == f"{single.text}\n\n{single.link}"
        assert form["published"] == "true"
        [post] = fake.posts.values()
        assert receipt.remote_id == post["id"]
        assert receipt.details["photos"] == post["photos"]
        assert Facebook().read(account, single, receipt).problems == ()

    def test_of_one_image_too_a_lost_answer_is_unknown_and_then_found(self, fake, account, single, key):
        fake.order(Fault(to("photos"), drop=True))
        assert type(self.failing(fake, account, single, key)) is OutcomeUnknown
        found = Facebook().find(account, single, key)
        assert found.remote_id in fake.posts
        assert Facebook().read(account, single, found).problems == ()
        Facebook().withdraw(account, found)
        assert fake.photos == {}

    def test_a_decorative_image_is_sent_without_a_text(self, fake, account, message):
        image = replace(message.media[0], alt="", decorative=True)
        Facebook().send(account, replace(message, media=(image,)), self.new_key())
        assert "alt_text_custom" not in fake.seen[0].content()

    # --- The point of no return

    @pytest.mark.parametrize("count", [0, 1, 2])
    def test_the_point_of_no_return_is_noted_right_before_what_can_be_seen(self, fake, account, message, key, count):
        noted = []
        with noting(lambda: noted.append((len(fake.seen), len(fake.posts)))):
            Facebook().send(account, replace(message, media=message.media[:count]), key)
        assert noted == [(len(fake.seen) - 1, 0)]

    def test_an_attempt_that_may_not_go_on_has_posted_nothing(self, fake, account, single, key):
        def refuse():
            raise TemporaryError("too late")

        with noting(refuse), pytest.raises(TemporaryError):
            Facebook().send(account, single, key)
        assert fake.seen == []

    # --- Secrets

    def test_on_the_road_neither_the_access_nor_its_proof_is_written_down(self, fake, channel, message, caplog):
        caplog.set_level(logging.DEBUG)
        proof = hmac.new(SECRET.encode(), TOKEN.encode(), hashlib.sha256).hexdigest()
        told = f"Bad address: /v26.0/1?fields=id&appsecret_proof={proof}&access_token={TOKEN} of {SECRET}"
        refused = [refusal(200, told, status=403), refusal(2, told, status=500), Answer(400, told)]
        delivery = self.planned(channel, message)
        assert self.go(delivery, seconds=1) == State.DELIVERED
        for answer in refused:
            for ask in (
                lambda: followups.read_back(timezone.now() + timedelta(hours=1)),
                lambda: metrics.collect(channel.pk),
                lambda: verifying.verify(channel),
            ):
                fake.order(Fault(lambda seen: seen.method == "GET", answer))
                ask()
        for answer, fault in zip(refused, ("/feed", "/photos", "/published_posts"), strict=True):
            other = self.planned(channel, replace(message, text=f"Et andet: {fault}"))
            fake.order(Fault(lambda seen, path=fault: seen.path.endswith(path), answer))
            fake.order(Fault(self.kind.posting, drop=True))
            self.go(other, minutes=1)
            self.go(other, minutes=3)
        fake.order(Fault(lambda seen: seen.method == "DELETE", refused[0]))
        deciding.withdraw(delivery, reason="fejl", by=None)
        followups.take_down(timezone.now() + timedelta(minutes=1))
        assert {seen.query.get("appsecret_proof") for seen in fake.seen if seen.method != "POST"} == {proof}
        rows = [row for model in apps.get_app_config("publishing").get_models() for row in model.objects.all().values()]
        kept = [str(value) for row in rows for name, value in row.items() if name != "encrypted_secrets"]
        assert any("Bad address" in text for text in kept)
        for secret in (proof, TOKEN, SECRET):
            assert secret not in "\n".join([*kept, caplog.text])

    # --- Videos

    def test_a_video_goes_up_in_pieces_as_a_draft_with_its_poster_and_captions(self, fake, account, moving, key):
        poster = picture("En cyklist")
        moving = replace(moving, video=replace(moving.video, poster=poster))
        *ready, receipt = self.steps(account, moving, key)
        [film] = fake.videos.values()
        assert (film.thumb, film.captions) == (poster.read(), {"da_DK": subtitles.srt(moving.video.captions)})
        assert [step.details.get("start") for step in ready] == [0, 40_000, 80_000, 81_944, None, None]
        assert receipt.permalink == f"https://www.facebook.com/{PAGE}/videos/{receipt.remote_id}/"
        phases = [seen.content().get("upload_phase") for seen in fake.asked("POST") if seen.path.endswith("/videos")]
        assert phases == ["start", *["transfer"] * 5, "finish"]

    def test_nobody_sees_a_video_before_the_point_of_no_return(self, fake, account, moving, key):
        noted = []
        with noting(lambda: noted.append(len(self.kind.shown(fake)))):
            self.send(account, moving, key)
        assert noted == [0]

    def test_a_piece_that_arrived_though_its_answer_was_lost_is_not_sent_again(self, fake, account, moving, key):
        fake.order(Fault(lambda seen: b"\r\n20000\r\n" in seen.body[:2000], drop=True))
        self.send(account, moving, key)
        assert len([seen for seen in fake.seen if self.kind.uploading_video(seen)]) == 6  # one of them only asks
        self.shown_whole(fake, moving)

    def test_an_upload_that_comes_no_further_is_no_endless_one(self, fake, account, moving, key):
        fake.order(Fault(self.kind.uploading_video, Answer(200, {"start_offset": "0", "end_offset": "20000"})))
        assert type(self.failing(fake, account, moving, key)) is TemporaryError
        for _time in range(2):  # beyond its end
            fake.order(Fault(self.kind.uploading_video, Answer(200, {"start_offset": "81944", "end_offset": "99999"})))
        self.send(account, moving, key)
        self.shown_whole(fake, moving)

    @pytest.mark.parametrize("step", ["finish", "captions"])
    def test_a_lost_answer_before_it_is_published_costs_nothing(self, fake, account, moving, key, step):
        fake.order(Fault(lambda seen: step.encode() in seen.body or seen.path.endswith(step), drop=True))
        assert type(self.failing(fake, account, moving, key)) is TemporaryError
        self.send(account, moving, key)
        self.shown_whole(fake, moving)

    def test_a_post_that_is_cancelled_leaves_no_draft_on_the_page(self, fake, channel, moving):
        delivery = self.planned(channel, moving, due_at=timezone.now() + timedelta(minutes=20))
        self.go(delivery, minutes=10)
        [film] = fake.videos.values()
        assert film.whole
        scheduling.cancel(delivery, reason="Approved anew.", by=None)
        self.go(delivery, minutes=11)
        assert (fake.videos, delivery.leftovers.get().next_at) == ({}, None)

    def test_a_draft_that_somebody_published_stays_and_a_person_is_told(self, fake, channel, moving):
        delivery = self.planned(channel, moving, due_at=timezone.now() + timedelta(minutes=20))
        self.go(delivery, minutes=10)
        [film] = fake.videos.values()
        film.published = True
        scheduling.cancel(delivery, reason="Approved anew.", by=None)
        self.go(delivery, minutes=11)
        assert list(fake.videos) == [film.id]
        assert "out on Facebook all the same" in leftovers.by_hand().get().reason

    def test_photos_of_a_post_that_was_refused_are_taken_away(self, fake, channel, message):
        fake.order(Fault(to("feed"), self.kind.refusals[422]))
        delivery = self.planned(channel, message)
        self.go(delivery)
        self.go(delivery)
        assert len([seen for seen in fake.seen if to("photos")(seen)]) == len(message.media)
        assert delivery.state == State.FAILED
        assert (fake.photos, delivery.leftovers.get().next_at) == ({}, None)

    def test_photos_that_may_be_part_of_a_post_stay(self, fake, account, message, key):
        fake.order(Fault(to("feed"), unheard=True))
        error = self.failing(fake, account, message, key)
        assert (type(error), error.left) == (OutcomeUnknown, None)
        assert len(fake.photos) == len(message.media)

    def test_a_photo_that_stands_in_a_post_is_not_taken_away(self, fake, account, message, key):
        receipt = self.send(account, message, key)
        with pytest.raises(ContentRejected, match="out on Facebook all the same"):
            self.kind.adapter.discard(account, {"photos": receipt.details["photos"]})
        assert len(fake.photos) == len(message.media)

    @pytest.mark.parametrize("lost", [{"drop": True}, {"unheard": True}])
    def test_publishing_once_more_is_the_same_video(self, fake, account, moving, key, lost):
        fake.order(Fault(publishing, **lost))
        assert type(self.failing(fake, account, moving, key)) is OutcomeUnknown
        found = Facebook().find(account, moving, self.written(key))
        assert isinstance(found, Receipt if "drop" in lost else Absent)
        again = self.send(account, moving, key)
        [film] = fake.videos.values()
        assert (again.remote_id, film.times) == (film.id, 1)
        fake.videos.clear()
        assert isinstance(Facebook().find(account, moving, self.written(key)), CannotTell)

    def test_captions_and_words_that_are_not_there_are_seen_when_it_is_read_back(self, fake, account, moving, key):
        receipt = self.send(account, moving, key)
        [film] = fake.videos.values()
        film.captions.clear()
        film.text = "Noget andet"
        assert len(Facebook().read(account, moving, receipt).problems) == 2

    def test_words_of_a_video_are_corrected_counted_and_taken_down(self, fake, account, moving, key):
        receipt = self.send(account, moving, key)
        Facebook().edit(account, replace(moving, text="Rettelse: fra kl. 16."), receipt, self.new_key())
        assert self.texts(fake) == [f"Rettelse: fra kl. 16.\n\n{moving.link}"]
        with pytest.raises(Unsupported):
            Facebook().edit(account, replace(moving, video=replace(moving.video, captions="")), receipt, key)
        assert Facebook().metrics(account, receipt).counts == {"likes": 7, "replies": 8, "views": 90}
        comment = replace(self.new_key(), answers=receipt)
        Facebook().send(account, Message(text="Læs mere"), comment)
        with pytest.raises(Unsupported):
            Facebook().send(account, moving, comment)
        Facebook().withdraw(account, receipt)
        assert self.kind.shown(fake) == []
        assert Facebook().metrics(account, receipt) is None

    # --- Links

    def test_a_link_alone_is_a_card_and_beside_images_it_stands_in_the_text(self, fake, account, message, key):
        Facebook().send(account, replace(message, media=()), key)
        form = fake.seen[0].content()
        assert (form["message"], form["link"]) == (message.text, message.link)
        Facebook().send(account, message, key)
        form = fake.seen[-1].content()
        assert message.link in form["message"]
        assert "link" not in form

    def test_the_same_words_with_another_link_are_another_post(self, fake, account, message, key):
        message = replace(message, media=())
        Facebook().send(account, replace(message, link="https://politi.example/noget-andet"), key)
        assert isinstance(Facebook().find(account, message, key), CannotTell)

    @pytest.mark.parametrize(
        "theirs", ["http://politi.example/lys/?a=1&b=2&fbclid=x", "https://Politi.example/lys?a=1&b=2"]
    )
    def test_what_facebook_adds_to_a_link_makes_no_difference(self, fake, account, message, key, theirs):
        message = replace(message, media=())
        Facebook().send(account, message, key)
        [post] = fake.posts.values()
        post["link"] = theirs
        assert isinstance(Facebook().find(account, message, key), Receipt)

    def test_a_card_that_is_not_there_is_told(self, fake, account, message):
        message = replace(message, media=())
        receipt = Facebook().send(account, message, self.new_key())
        fake.posts[receipt.remote_id]["link"] = ""
        assert len(Facebook().read(account, message, receipt).problems) == 1

    # --- The same words twice

    def test_a_duplicate_that_cannot_be_looked_up_is_unknown(self, fake, account, message, key):
        fake.order(Fault(self.kind.posting, refusal(506)))
        fake.order(Fault(lambda seen: seen.path.endswith("/published_posts"), Answer(503, HTML)))
        assert type(self.failing(fake, account, message, key)) is OutcomeUnknown

    # --- Quota

    def test_it_waits_as_long_as_the_usage_says(self, fake, account, message):
        usage = json.dumps({PAGE: [{"type": "pages", "call_count": 100, "estimated_time_to_regain_access": 25}]})
        wait = refusal(32, "(#32) Page request limit reached", x_business_use_case_usage=usage)
        fake.order(Fault(self.kind.posting, wait))
        error = self.failing(fake, account, message)
        assert isinstance(error, RateLimited)
        assert timedelta(minutes=24) < error.until - datetime.now(UTC) <= timedelta(minutes=25)

    def test_the_last_post_of_the_quota_says_when_the_next_may_go(self, fake, account, message):
        assert Facebook().send(account, message, self.new_key()).not_before is None
        fake.remaining = 0
        told = Facebook().send(account, replace(message, text="Et andet"), self.new_key()).not_before
        assert told > datetime.now(UTC)

    # --- Figures

    def test_views_are_told_where_the_page_may_see_them(self, fake, account, message):
        receipt = Facebook().send(account, message, self.new_key())
        everything = {"likes": 7, "replies": 8, "reposts": 3, "views": 90, "reach": 80}
        assert Facebook().metrics(account, receipt).counts == everything
        fake.tells_views = False
        assert set(Facebook().metrics(account, receipt).counts) == {"likes", "replies", "reposts"}  # not told is not 0

    def test_what_takes_long_to_take_down_is_looked_at_photo_by_photo(self, fake, account, message):
        receipt = Facebook().send(account, message, self.new_key())
        fake.order(Fault(lambda seen: seen.method == "DELETE" and "_" not in seen.path, Answer(200, {"success": True})))
        with pytest.raises(TemporaryError):
            Facebook().withdraw(account, receipt)
        Facebook().withdraw(account, receipt)
        assert (fake.posts, fake.photos) == ({}, {})
