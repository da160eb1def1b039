"""X: the contract, and what is its own."""

import base64
import hashlib
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from publishing import setting_up
from publishing.adapters import subtitles, x_timeline
from publishing.adapters.base import Account, CannotTell, DeliveryKey, Receipt
from publishing.adapters.x import X
from publishing.errors import (
    NotAuthorised,
    OutcomeUnknown,
    RateLimited,
    TemporaryError,
)
from publishing.message import Message
from tests.fakes.server import HTML, Answer, Fault
from tests.fakes.x import CLIENT, SECRET, TOKEN, FakeX
from tests.publishing.adapters.contract import Contract, Kind, Moving, Shown
from tests.publishing.adapters.contract_own_posts import OfOwnPosts

BACK = "https://pejlemaerke.example/admin/channels/connected/"
DUPLICATE = "You are not allowed to create a Tweet with duplicate content."


def problem(status, title, detail, **headers):
    return Answer(status, {"title": title, "detail": detail, "type": "about:blank", "status": status}, headers)


def lose_alt(fake):
    fake.media = {made: (content, "") for made, (content, _alt) in fake.media.items()}


def shown(fake, post):
    images = [fake.media[item] for item in post["media"] if item in fake.media]
    videos = [fake.uploads.known[item] for item in post["media"] if item not in fake.media]
    moving = [Moving(video["content"], video["alt"], video["captions"]) for video in videos]
    return Shown(post["text"], images, answers=post["answers"], video=moving[0] if moving else None)


def in_an_hour():
    return (datetime.now(UTC) + timedelta(hours=1)).isoformat()


class TestX(OfOwnPosts, Contract):
    kind = Kind(
        adapter=X(),
        fake=FakeX,
        config=lambda fake: {"client_id": CLIENT, "api": fake.url},
        secrets=lambda fake: {
            "client_secret": SECRET,
            "access_token": TOKEN,
            "refresh_token": "x-refresh-token-0123456789",
            "expires_at": in_an_hour(),
        },
        shown=lambda fake: [shown(fake, post) for post in fake.posts.values()],
        revoke=lambda fake: fake.tokens.clear(),
        posting=lambda seen: (seen.method, seen.path) == ("POST", "/2/tweets"),
        uploading=lambda seen: seen.path == "/2/media/upload",
        deleting=lambda seen: seen.method == "DELETE",
        deleted=Answer(200, {"data": {"deleted": True}}),
        lose_alt=lose_alt,
        refusals={
            400: problem(400, "Invalid Request", "One or more parameters to your request was invalid."),
            401: problem(401, "Unauthorized", "Unauthorized"),
            403: problem(403, "Forbidden", "You are not permitted to perform this action."),
            429: problem(429, "Too Many Requests", "Too Many Requests", **{"x-rate-limit-reset": "1772352900"}),
            503: problem(503, "Service Unavailable", "Service Unavailable"),
        },
        language=False,
        uploading_video=lambda seen: seen.path.endswith("/append"),
        pieces={"publishing.adapters.x_video.PIECE": 30_000, "publishing.adapters.video_steps.AT_ONCE": 30_000},
        captions=subtitles.srt,
        processing=lambda fake, looks: setattr(fake.uploads, "slow", looks),
        spoil=lambda fake, why: vars(fake.uploads).update(slow=1, spoilt=why),
        expire=lambda fake: fake.uploads.known.clear(),
    )

    pages, refused = x_timeline.PAGES, "duplicate"

    def make_older(self, post, by):
        post["at"] -= by

    def list_by(self, fake, monkeypatch, size):
        fake.page = size

    def test_the_alternative_text_is_told_before_the_post_is_made(self, fake, account, message):
        X().send(account, message, self.new_key())
        assert [seen.path.removeprefix("/2/") for seen in fake.seen] == [
            *("media/upload", "media/metadata") * 2,
            "tweets",
        ]

    @pytest.mark.parametrize("status", [400, 403, 500])
    def test_an_alternative_text_that_is_refused_stops_the_post(self, fake, account, message, status):
        fake.order(Fault(lambda seen: seen.path == "/2/media/metadata", Answer(status, HTML)))
        assert type(self.failing(fake, account, message)) is not OutcomeUnknown
        assert fake.posts == {}

    def test_it_waits_for_the_reset_that_is_told_in_headers_only(self, fake, account, message):
        reset = int(datetime.now(UTC).timestamp()) + 700
        fake.order(Fault(self.kind.posting, problem(429, "Too Many", "", **{"x-rate-limit-reset": str(reset)})))
        error = self.failing(fake, account, message)
        assert isinstance(error, RateLimited)
        assert abs(error.until.timestamp() - reset) <= 2

    def test_the_last_post_of_the_quota_says_when_the_next_may_go(self, fake, account, message):
        assert X().send(account, message, self.new_key()).not_before is None
        fake.remaining = 0
        told = X().send(account, replace(message, text="Et andet"), self.new_key()).not_before
        assert timedelta(seconds=800) < told - datetime.now(UTC) <= timedelta(seconds=900)

    def test_a_duplicate_that_cannot_be_looked_up_is_unknown(self, fake, account, message, key):
        fake.order(Fault(self.kind.posting, problem(403, "Forbidden", DUPLICATE)))
        fake.order(Fault(lambda seen: seen.path.endswith("/7/tweets"), Answer(503, HTML)))
        assert type(self.failing(fake, account, message, key)) is OutcomeUnknown
        fake.may_read = False
        fake.order(Fault(self.kind.posting, problem(403, "Forbidden", DUPLICATE)))
        assert type(self.failing(fake, account, message, key)) is OutcomeUnknown

    def test_it_is_found_whatever_x_makes_of_links_and_signs(self, fake, account, key):
        for number, text in enumerate(
            [
                "Se politi.dk/lys & https://politi.dk/ <nu>",
                "A  b\n\n\nc &amp; d",
                "e\u0301 HTTPS://Politi.dk/Lys?a=1&b=2",
            ]
        ):
            message = Message(text=text, link="https://politi.dk/sag" if number else "")
            sent = X().send(account, message, key)
            found = X().find(account, message, key)
            assert isinstance(found, Receipt)
            assert found.remote_id == sent.remote_id
            assert X().read(account, message, sent).problems == ()

    def test_a_timeline_that_we_may_not_read_proves_nothing(self, fake, account, message, key):
        fake.may_read = False
        assert isinstance(X().find(account, message, key), CannotTell)

    def test_reposts_are_counted_by_their_older_name_too(self, fake, account, message):
        receipt = X().send(account, message, self.new_key())

        for name in ("retweet_count", "repost_count"):
            data = {"id": receipt.remote_id, "public_metrics": {name: 5, "like_count": 1}}
            fake.order(Fault(lambda seen: seen.method == "GET", Answer(200, {"data": data})))
            assert X().metrics(account, receipt).counts["reposts"] == 5

    def test_link_clicks_are_the_accounts_own_to_know(self, fake, account, message):
        receipt = X().send(account, message, self.new_key())
        assert X().metrics(account, receipt).counts["link_clicks"] == 9
        fake.tells_own = False
        figures = X().metrics(account, receipt).counts
        assert "link_clicks" not in figures  # not told is not 0
        assert figures["impressions"] == 5

    def test_used_up_credits_stop_the_channel(self, fake, account, message):
        fake.order(Fault(self.kind.posting, problem(402, "CreditsDepleted", "Your account does not have any credits")))
        assert type(self.failing(fake, account, message)) is NotAuthorised

    def test_an_image_that_x_still_works_on_is_tried_again(self, fake, account, message):
        data = {"id": "1", "media_key": "3_1", "processing_info": {"state": "pending", "check_after_secs": 1}}
        fake.order(Fault(self.kind.uploading, Answer(200, {"data": data})))
        assert type(self.failing(fake, account, message)) is TemporaryError

    @pytest.fixture
    def sessions(self, fake):
        """How many uploads of a video were begun."""
        return lambda: len([one for one in fake.uploads.known.values() if one["media_category"] == "tweet_video"])

    def test_a_video_whose_end_was_not_answered_is_not_carried_again(self, fake, account, moving, key, sessions):
        fake.order(Fault(lambda seen: seen.path.endswith("/finalize"), drop=True))
        assert type(self.failing(fake, account, moving, key)) is TemporaryError
        self.send(account, moving, key)
        self.shown_whole(fake, moving)
        assert sessions() == 1

    def test_a_video_that_x_is_about_to_forget_is_begun_anew(self, fake, account, moving, key, sessions):
        self.made_ready[key.uuid] = X().send(account, moving, key).details
        soon = (datetime.now(UTC) + timedelta(minutes=10)).isoformat()
        self.made_ready[key.uuid] = {**self.made_ready[key.uuid], "until": soon, "described": True}
        self.send(account, moving, key)
        self.shown_whole(fake, moving)
        assert sessions() == 2

    def test_should_x_take_no_description_of_a_video_it_goes_and_is_found_missing(self, fake, account, moving):
        fake.uploads.takes_alt = False
        receipt = self.send(account, moving)
        [problem] = X().read(account, moving, receipt).problems
        assert "description" in problem

    @pytest.mark.parametrize(("tag", "told"), [("da", ("DA", "Dansk")), ("so-DK", ("SO", "SO"))])
    def test_captions_name_their_language_as_x_does(self, fake, account, moving, tag, told):
        self.send(account, replace(moving, video=replace(moving.video, captions_language=tag)))
        [seen] = fake.asked("POST", "/2/media/subtitles")
        assert (seen.json["subtitles"]["language_code"], seen.json["subtitles"]["display_name"]) == told

    def test_access_that_is_ending_is_renewed_once(self, fake, account):
        ending = (datetime.now(UTC) + timedelta(minutes=4)).isoformat()
        old = {**account.secrets, "expires_at": ending, "refresh_token": "old-refresh-token"}
        fake.renewable.add("old-refresh-token")
        account = replace(account, secrets=old)
        assert X().needs_refresh(account)
        renewed = X().refresh(account)
        fresh = replace(account, secrets={**old, **renewed})
        assert not X().needs_refresh(fresh)
        assert X().verify(fresh).account == "@politi"
        with pytest.raises(NotAuthorised):
            X().refresh(account)
        fake.order(Fault(lambda seen: seen.path.endswith("/token"), drop=True))
        with pytest.raises(OutcomeUnknown):
            X().refresh(fresh)

    @pytest.mark.parametrize("confidential", [True, False])
    def test_a_person_gives_access_in_a_browser(self, fake, account, confidential):
        fake.confidential = confidential
        account = replace(account, secrets={"client_secret": SECRET} if confidential else {})
        verifier = "v" * 43
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        page = X().consent(account, redirect_uri=BACK, state="s", challenge=challenge)
        code = dict(parse_qsl(urlsplit(fake.agree(page)).query))["code"]
        with pytest.raises(NotAuthorised):
            X().exchange(account, code=code, redirect_uri=BACK, verifier="w" * 43)
        code = dict(parse_qsl(urlsplit(fake.agree(page)).query))["code"]
        secrets = X().exchange(account, code=code, redirect_uri=BACK, verifier=verifier)
        found = X().verify(replace(account, secrets={**account.secrets, **secrets}))
        assert (found.account, found.learnt["user_id"], found.expires_at) == ("@politi", "7", None)

    def test_a_consent_that_is_too_narrow_is_refused(self, fake, account):
        fake.scopes = "tweet.read users.read offline.access"
        page = X().consent(
            account,
            redirect_uri=BACK,
            state="s",
            challenge=base64.urlsafe_b64encode(hashlib.sha256(b"v").digest()).decode().rstrip("="),
        )
        code = dict(parse_qsl(urlsplit(fake.agree(page)).query))["code"]
        with pytest.raises(NotAuthorised) as caught:
            X().exchange(account, code=code, redirect_uri=BACK, verifier="v")
        assert "media.write" in caught.value.detail

    def test_the_stand_in_outlives_what_people_do_with_the_channel(self, fake, channel):
        setting_up.connected(channel, {"access_token": TOKEN}, version=channel.version, by=None)
        assert channel.config == {"client_id": CLIENT, "api": fake.url}  # what was learnt is asked anew
        changed = {"client_id": "another"}
        setting_up.change(channel, version=channel.version, fields={}, config=changed, secrets={}, by=None)
        assert channel.config == {"client_id": "another", "api": fake.url}


def test_without_a_stand_in_it_is_x_itself():
    account = Account(1, "X", "x", {"client_id": CLIENT})
    page = X().consent(account, redirect_uri=BACK, state="s", challenge="c")
    assert page.startswith("https://x.com/i/oauth2/authorize?response_type=code&client_id=x-client")
    [request] = X().translate(
        account, Message(text="Hej"), DeliveryKey(uuid.UUID(int=1), datetime(2026, 3, 1, tzinfo=UTC))
    )
    assert request.url == "https://api.x.com/2/tweets"
