"""Of the contract: a video goes up piece by piece over several attempts, and is posted whole, once, or not at all."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from publishing import preparing, stopping
from publishing.adapters.base import Prepared, Receipt
from publishing.errors import ContentRejected, NotAuthorised, OutcomeUnknown, TemporaryError, Unsupported
from publishing.models import State
from tests.fakes.server import HTML, Answer, Fault
from tests.publishing.adapters.descriptions import differences


class Videos:
    @pytest.fixture
    def moving(self, account, message, monkeypatch):
        """The message of the other tests with a video instead of images."""
        from tests.publishing.adapters.contract import film

        limits = self.kind.adapter.limits_for(account)
        if not limits.video or limits.publishes_page or limits.by_hand:
            pytest.skip("takes no video, and says so")
        for name, size in self.kind.pieces.items():
            monkeypatch.setattr(name, size)
        return replace(message, media=(), video=film(limits))

    def shown_whole(self, fake, message):
        """The one post that is there shows the video of the message, all of it."""
        [shown] = self.kind.shown(fake)
        video, found = message.video, shown.video
        assert message.text in shown.text
        assert shown.images == []
        assert found.content == video.part(0, video.size)
        assert found.description == (video.description if self.kind.adapter.limits.describes_video else "")
        assert found.captions == (self.kind.captions(video.captions) if video.captions else "")

    def steps(self, account, message, key):
        """What each attempt answers, the last one not ``Prepared``."""
        found = []
        while not found or isinstance(found[-1], Prepared):
            found.append(self.kind.adapter.send(account, message, self.written(key)))
            if isinstance(found[-1], Prepared):
                self.made_ready[key.uuid] = json.loads(json.dumps(dict(found[-1].details)))
        return found

    def needs(self, hook):
        if hook is None:
            pytest.skip("the platform does no such thing")
        return hook

    def test_a_video_arrives_whole_with_its_words(self, fake, account, moving):
        assert self.kind.adapter.validate(account, moving) == []
        receipt = self.send(account, moving)
        self.shown_whole(fake, moving)
        assert len([seen for seen in fake.seen if self.kind.posting(seen)]) == 1
        if self.kind.adapter.limits.read:
            found = self.kind.adapter.read(account, moving, receipt)
            assert (found.present, found.problems) == (True, ())

    def test_the_description_of_a_video_post_is_what_is_sent(self, fake, account, moving):
        key = self.new_key()
        described = self.kind.adapter.translate(account, moving, key)
        assert json.dumps([asdict(request) for request in described])  # as a dry run writes it down
        self.send(account, moving, key)
        assert [request.method for request in described] == [seen.method for seen in fake.seen]
        for request, seen in zip(described, fake.seen, strict=True):
            assert differences(request, seen, fake.url) == []

    def test_a_video_that_cannot_be_carried_is_a_problem_and_is_never_sent(self, fake, account, moving):
        limits = self.kind.adapter.limits_for(account)
        video = moving.video
        unfit = {"no description": {"description": " "}, "no captions": {"captions": "", "in_picture": False}}
        if limits.video_bytes is not None:
            unfit["bytes"] = {"size": limits.video_bytes + 1}
        if limits.video_seconds is not None:
            unfit["long"] = {"milliseconds": round(limits.video_seconds[1] * 1000) + 1}
            unfit["short"] = {"milliseconds": round(limits.video_seconds[0] * 1000) - 1}
        if limits.video_types:
            unfit["type"] = {"mime": "video/x-msvideo"}
        if limits.video_ratio is not None:
            unfit["ratio"] = {"width": video.height * 20}
        if limits.video_pixels is not None:
            unfit["pixels"] = {"width": limits.video_pixels}
        for name, values in unfit.items():
            wrong = replace(moving, video=replace(video, **values))
            assert {problem.field for problem in self.kind.adapter.validate(account, wrong)} == {"video"}, name
            with pytest.raises(Unsupported):
                self.kind.adapter.send(account, wrong, self.new_key())
        assert fake.seen == []

    @pytest.mark.parametrize(("status", "error"), [(400, ContentRejected), (401, NotAuthorised), (503, TemporaryError)])
    def test_a_refused_piece_stops_the_post(self, fake, account, moving, status, error):
        refused = self.kind.refusals.get(status) or Answer(status, HTML)
        fake.order(Fault(self.needs(self.kind.uploading_video), refused))
        assert type(self.failing(fake, account, moving)) is self.kind.errors.get(status, error)
        assert self.kind.shown(fake) == []

    @pytest.mark.parametrize("drop", [True, False])
    def test_a_lost_answer_to_a_piece_is_temporary_and_the_next_attempt_goes_on(self, fake, account, moving, drop):
        key = self.new_key()
        fake.order(Fault(self.needs(self.kind.uploading_video), drop=drop, unheard=not drop))
        assert type(self.failing(fake, account, moving, key)) is TemporaryError
        assert self.kind.shown(fake) == []
        self.send(account, moving, key)
        self.shown_whole(fake, moving)

    def test_an_answer_lost_after_a_video_was_posted_is_found(self, fake, account, moving):
        key = self.new_key()
        fake.order(Fault(self.kind.posting, drop=True))
        assert type(self.failing(fake, account, moving, key)) is OutcomeUnknown
        if self.kind.adapter.limits.find:
            found = self.kind.adapter.find(account, moving, self.written(key))
            assert isinstance(found, Receipt)
        self.shown_whole(fake, moving)

    def test_a_platform_that_takes_its_time_is_looked_at_again_and_again(self, fake, account, moving):
        self.needs(self.kind.processing)(fake, 3)
        *ready, last = self.steps(account, moving, self.new_key())
        assert isinstance(last, Receipt)
        assert len([step for step in ready if step.check_at > datetime.now(UTC) + timedelta(seconds=0.5)]) >= 3
        self.shown_whole(fake, moving)

    def test_a_video_that_the_platform_cannot_use_fails_with_its_reason(self, fake, account, moving):
        self.needs(self.kind.spoil)(fake, "the sound track is broken")
        error = self.failing(fake, account, moving)
        assert type(error) is ContentRejected
        assert error.afresh
        assert "sound track" in error.detail
        assert self.kind.shown(fake) == []

    def correct(self, account, message, receipt):
        """The post, changed in place to this message by as many attempts as it takes; and the receipt of that."""
        key = self.new_key()
        while isinstance(answer := self.kind.adapter.edit(account, message, receipt, self.written(key)), Prepared):
            self.made_ready[key.uuid] = json.loads(json.dumps(dict(answer.details)))
        return answer

    def test_a_correction_of_words_keeps_the_video_and_another_video_takes_its_place(self, fake, account, moving):
        from tests.publishing.adapters.contract import film

        if not self.kind.adapter.limits.edit:
            pytest.skip("cannot be changed, and says so")
        limits = self.kind.adapter.limits_for(account)
        receipt = self.send(account, moving)
        words = replace(moving, text="Rettelse")
        if self.kind.replaces_video:
            words = replace(words, video=replace(moving.video, description="To cyklister"))
        fake.seen.clear()
        receipt = self.correct(account, words, receipt)
        assert not [seen for seen in fake.seen if self.kind.uploading_video(seen)]
        self.shown_whole(fake, words)
        assert self.kind.adapter.read(account, words, receipt).problems == ()
        other = replace(words, video=film(limits, more=b"et andet"))
        if not self.kind.replaces_video:
            with pytest.raises(Unsupported):
                self.correct(account, other, receipt)
            return
        self.correct(account, other, receipt)
        self.shown_whole(fake, other)

    # --- On the road

    def test_on_the_road_a_slow_video_goes_once_without_a_loop_and_spends_no_try(self, fake, channel, moving):
        delivery = self.planned(channel, moving)
        if self.kind.processing is not None:
            self.kind.processing(fake, 2)
        states = [self.go(delivery, seconds=seconds) for seconds in (1, 20, 60, 180)]
        assert states[-1] == State.DELIVERED
        if self.kind.processing is not None:
            assert states[0] == State.SCHEDULED
        assert (delivery.tries, self.posts(fake)) == (0, 1)
        self.shown_whole(fake, moving)

    def test_on_the_road_it_is_made_ready_ahead_and_out_at_its_hour(self, fake, channel, moving):
        if not self.kind.adapter.limits.ahead:
            pytest.skip("is not made ready before its hour, and says so")
        hour = timezone.now() + timedelta(minutes=20)
        delivery = self.planned(channel, moving, due_at=hour)
        assert self.go(delivery, minutes=10) == State.SCHEDULED
        assert (self.kind.shown(fake), self.posts(fake), delivery.next_at) == ([], 0, hour)
        uploaded = [seen for seen in fake.seen if self.kind.uploading_video and self.kind.uploading_video(seen)]
        assert self.go(delivery, minutes=21) == State.DELIVERED
        self.shown_whole(fake, moving)
        again = [seen for seen in fake.seen if self.kind.uploading_video and self.kind.uploading_video(seen)]
        assert len(again) == len(uploaded)

    def test_on_the_road_nothing_that_is_written_down_lets_a_reader_in(self, fake, channel, moving, monkeypatch):
        delivery, written, real = self.planned(channel, moving), [], preparing.prepared

        def then_look(*args):
            real(*args)
            delivery.refresh_from_db()
            written.append(json.dumps(delivery.prepared))

        monkeypatch.setattr(preparing, "prepared", then_look)
        assert self.go(delivery, seconds=60) == State.DELIVERED
        assert not [text for text in written if "://" in text or "token" in text.lower()]

    def test_on_the_road_a_stop_between_two_steps_holds(self, fake, channel, moving, monkeypatch):
        delivery, ordered = self.planned(channel, moving), []
        real = preparing.prepared

        def then_stop(*args):
            real(*args)
            ordered.extend([stopping.hold_all(reason="now", by=None)] if not ordered else [])

        monkeypatch.setattr(preparing, "prepared", then_stop)
        assert self.go(delivery, seconds=1) == State.HELD
        assert (self.posts(fake), self.kind.shown(fake)) == (0, [])
        stopping.lift(ordered[0], by=None)
        assert self.go(delivery, minutes=2) == State.HELD
        stopping.release(delivery, by=None)
        assert self.go(delivery, minutes=3) == State.DELIVERED
        self.shown_whole(fake, moving)

    @pytest.mark.parametrize("step", [1, 2, 3])
    def test_on_the_road_what_the_platform_forgot_meanwhile_is_begun_anew(
        self, fake, channel, moving, monkeypatch, step
    ):
        forget, ready, real = self.needs(self.kind.expire), [], preparing.prepared

        def then_forget(*args):
            real(*args)
            ready.append(True)
            if len(ready) == step:
                forget(fake)

        monkeypatch.setattr(preparing, "prepared", then_forget)
        delivery = self.planned(channel, moving)
        states = [self.go(delivery, minutes=minutes) for minutes in (1, 10, 30)]
        assert states[-1] == State.DELIVERED
        self.shown_whole(fake, moving)
