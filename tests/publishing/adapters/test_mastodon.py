"""Mastodon: the contract, and what is its own."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from publishing.adapters.base import Account, CannotTell, DeliveryKey, Prepared
from publishing.adapters.mastodon import Mastodon
from publishing.errors import ChannelMisconfigured, ContentRejected, OutcomeUnknown, TemporaryError
from publishing.message import Message
from tests.fakes.mastodon import TOKEN, FakeMastodon
from tests.fakes.server import Answer, Fault
from tests.publishing.adapters.contract import Contract, Kind, Moving, Shown, film, picture

KEY = DeliveryKey(uuid.UUID(int=7), datetime(2026, 3, 1, 8, tzinfo=UTC))
BACK = "https://pejlemaerke.example/admin/channels/connected/"


def posting(seen):
    return (seen.method, seen.path) == ("POST", "/api/v1/statuses")


def of_type(status, kind):
    return [item for item in status["media_attachments"] if item["type"] == kind]


def forget(fake):
    """All that is not attached to a post."""
    fake.media = {made: media for made, media in fake.media.items() if made in fake.attached}


def shown(fake):
    return [
        Shown(
            status["text"],
            [(fake.media[item["id"]][0], item["description"]) for item in of_type(status, "image")],
            language=status["language"],
            answers=status["in_reply_to_id"] or "",
            video=next((Moving(fake.media[i["id"]][0], i["description"]) for i in of_type(status, "video")), None),
        )
        for status in fake.statuses.values()
        if "deleting" not in status
    ]


def forgetful(account):
    """On a server that does not keep our keys."""
    return replace(account, config={**account.config, "keeps_keys": False})


def lose_alt(fake):
    for status in fake.statuses.values():
        for item in status["media_attachments"]:
            item["description"] = None


KIND = Kind(
    adapter=Mastodon(),
    fake=FakeMastodon,
    config=lambda fake: {"instance": f"{fake.url}/", "visibility": "public"},
    secrets=lambda fake: {"access_token": TOKEN},
    shown=shown,
    revoke=lambda fake: fake.tokens.clear(),
    posting=posting,
    uploading=lambda seen: seen.path == "/api/v2/media",
    deleting=lambda seen: seen.method == "DELETE",
    editing=lambda seen: seen.method == "PUT",
    deleted=Answer(200, {"id": "1", "text": ""}),
    lose_alt=lose_alt,
    uploading_video=lambda seen: seen.path == "/api/v2/media",
    processing=lambda fake, looks: setattr(fake, "slow", looks),
    spoil=lambda fake, why: vars(fake).update(slow=1, spoilt=why),
    expire=forget,
    refusals={
        400: Answer(400, {"error": "error processing media"}),
        401: Answer(401, {"error": "The access token is invalid"}),
        403: Answer(403, {"error": "This action is outside the authorized scopes"}),
        422: Answer(422, {"error": "Validation failed: Text character limit of 500 exceeded"}),
        429: Answer(429, {"error": "Too many requests"}, {"X-RateLimit-Reset": "2026-03-01T08:00:00.000000Z"}),
        500: Answer(500, b""),
        503: Answer(503, {"error": "There was a temporary problem serving your request, please try again"}),
    },
)


class TestMastodon(Contract):
    kind = KIND

    @pytest.fixture
    def plain(self):
        return Message(text="Hej")

    def test_a_link_counts_as_23_on_mastodon_and_whole_elsewhere(self, fake, account):
        adapter, link = self.kind.adapter, "https://politi.example/" + "a" * 60
        assert adapter.count(account, Message(text="Se 🚲", link=link)) == (4 + 2 + 23, 500)
        assert adapter.count(account, Message(text=f"Se {link}.", link=link)) == (3 + 23 + 1, 500)
        fake.software = "gotosocial"
        learnt = adapter.verify(account).learnt
        elsewhere = Account(1, "x", "mastodon", {"instance": fake.url, **learnt})
        assert adapter.count(elsewhere, Message(text="👩‍👩‍👧", link=link)) == (5 + 2 + len(link), 500)

    @pytest.mark.parametrize(
        ("text", "count"), [("Hej @politi@mastodon.example!", 12), ("a@b.example", 11), ("👩‍👩‍👧 æøå", 5)]
    )
    def test_of_a_mention_only_the_local_name_counts(self, account, text, count):
        assert self.kind.adapter.count(account, Message(text=text)) == (count, 500)

    def test_limits_are_the_servers_own(self, account):
        limits = self.kind.adapter.limits_for(account)
        assert limits.image_types == ("image/jpeg", "image/png", "image/webp")
        assert self.kind.adapter.limits_for(replace(account, config={"characters": 5000, "images": "x"})).images == 4
        assert self.kind.adapter.limits_for(replace(account, config={"characters": 5000})).characters == 5000

    def test_an_older_server_is_asked_in_its_own_way_and_another_site_is_told_apart(self, fake, account):
        fake.v2 = False
        assert self.kind.adapter.verify(account).learnt["characters"] == 500
        fake.order(Fault(lambda seen: seen.path == "/api/v1/instance", Answer(404, "<h1>404</h1>")))
        with pytest.raises(ChannelMisconfigured):
            self.kind.adapter.verify(account)

    def test_an_image_that_takes_time_is_waited_for_and_not_uploaded_again(self, fake, account, message):
        fake.slow_images, key = True, self.new_key()
        for _look in range(3):
            answer = self.kind.adapter.send(account, message, self.written(key))
            assert isinstance(answer, Prepared)
            self.made_ready[key.uuid] = answer.details
        assert fake.statuses == {}
        fake.ready = set(fake.media)
        self.send(account, message, key)
        assert len(fake.asked("POST", "/api/v2/media")) == 2
        assert len(self.kind.shown(fake)[0].images) == 2

    def test_a_server_that_has_not_finished_after_all_is_tried_again(self, fake, account, message):
        words = "Cannot attach files that have not finished processing. Try again in a moment!"
        fake.order(Fault(posting, Answer(422, {"error": words})))
        assert type(self.failing(fake, account, message)) is TemporaryError
        self.kind.adapter.send(account, message, self.new_key())
        assert len(fake.statuses) == 1

    def test_the_poster_of_a_video_goes_along(self, fake, account, moving):
        poster = picture("En cykel")
        self.send(account, replace(moving, video=replace(moving.video, poster=poster)))
        [status] = fake.statuses.values()
        assert fake.thumbnails[status["media_attachments"][0]["id"]] == poster.read()

    def test_a_server_is_offered_what_it_takes_and_what_gets_there_in_time(self, fake, account, moving, settings):
        assert self.kind.adapter.limits_for(account).video_bytes == 90_000_000
        settings.PUBLISHING_UPLOAD_MEGABITS = 8
        assert self.kind.adapter.limits_for(account).video_bytes == 20_000_000
        fake.takes_video = False
        deaf = replace(account, config={**account.config, **self.kind.adapter.verify(account).learnt})
        assert [problem.code for problem in self.kind.adapter.validate(deaf, moving)] == ["video"]

    def test_a_new_video_of_a_correction_is_waited_for(self, fake, account, moving):
        receipt = self.send(account, moving)
        other = replace(moving, video=film(self.kind.adapter.limits, more=b"et andet"))
        fake.slow = 2
        self.correct(account, other, receipt)
        self.shown_whole(fake, other)

    def test_an_image_without_its_alternative_text_is_not_posted(self, fake, account, message):
        fake.takes_descriptions = False
        assert type(self.failing(fake, account, message)) is ContentRejected
        assert fake.statuses == {}

    def test_a_post_that_went_without_its_image_is_taken_down_at_once(self, fake, account, message):
        fake.drops_images = True
        assert type(self.failing(fake, account, message)) is ContentRejected
        assert fake.statuses == {}
        fake.order(Fault(lambda seen: seen.method == "DELETE", Answer(503, "Sorry")))
        key = self.new_key()
        assert type(self.failing(fake, account, message, key)) is OutcomeUnknown
        assert isinstance(self.kind.adapter.find(forgetful(account), message, key), CannotTell)

    def test_the_quota_in_a_good_answer_is_passed_on(self, fake, account, plain):
        fake.remaining = 0
        receipt = self.kind.adapter.send(account, plain, self.new_key())
        assert receipt.not_before > datetime.now(UTC) + timedelta(minutes=4)
        assert receipt.permalink == f"{fake.url}/@politi/{receipt.remote_id}"


class TakaheLike(FakeMastodon):
    keys = False
    v2 = False
    software = "takahe"


class TestServersThatIgnoreTheKey(Contract):
    kind = replace(KIND, fake=TakaheLike)

    @pytest.fixture
    def moving(self):
        pytest.skip("a video gets there in the same way")


class GoToSocialLike(FakeMastodon):
    keys = False
    late_deletes = True
    software = "gotosocial"


def test_a_server_that_deletes_a_moment_later_is_asked_again(settings):
    settings.PUBLISHING_ALLOWED_PRIVATE_HOSTS = ["127.0.0.1"]
    with GoToSocialLike() as fake:
        account = Account(1, "GtS", "mastodon", {"instance": fake.url}, {"access_token": TOKEN})
        receipt = Mastodon().send(account, Message(text="Hej"), KEY)
        with pytest.raises(TemporaryError):
            Mastodon().withdraw(account, receipt)
        Mastodon().withdraw(account, receipt)
        assert fake.statuses == {}
        assert Mastodon().metrics(account, receipt) is None
