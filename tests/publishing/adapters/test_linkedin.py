"""LinkedIn: the contract, and what is its own."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from publishing.adapters import linkedin_timeline, subtitles
from publishing.adapters.base import Absent, Account, Receipt
from publishing.adapters.linkedin import LinkedIn
from publishing.errors import (
    ChannelMisconfigured,
    ContentRejected,
    NotAuthorised,
    OutcomeUnknown,
    RateLimited,
    TemporaryError,
    Unsupported,
)
from publishing.message import Message
from publishing.models import State
from tests.fakes.linkedin import CLIENT, DAY, ORGANIZATION, SECRET, TOKEN, FakeLinkedIn, shown
from tests.fakes.server import HTML, Answer, Fault
from tests.publishing.adapters.contract import Contract, Kind, Moving, Shown, picture
from tests.publishing.adapters.contract_own_posts import OfOwnPosts

BACK = "https://pejlemaerke.example/admin/channels/connected/"


def told(status, code, message, **more):
    return Answer(status, {"status": status, "code": code, "message": message, **more})


def duplicate_of(urn):
    errors = {"inputErrors": [{"description": "Duplicate post is detected", "code": "DUPLICATE_POST"}]}
    return told(422, "UNPROCESSABLE_ENTITY", f"Content is a duplicate of {urn}", errorDetails=errors)


def urn_of(moment):
    return f"urn:li:share:{int(moment.timestamp() * 1000) << 22}"


def images_of(post):
    content = post.get("content", {})
    return content.get("multiImage", {}).get("images", [content["media"]] if "media" in content else [])


def lose_alt(fake):
    for post in fake.posts.values():
        for image in images_of(post):
            image.pop("altText", None)


def as_seen(fake, post):
    films = [(fake.videos.get(item["id"]), item.get("altText", "")) for item in images_of(post)]
    moving = next((Moving(film.content, alt, film.captions) for film, alt in films if film), None)
    images = [(fake.images[image["id"]][0], image.get("altText", "")) for image in images_of(post) if not moving]
    card = post.get("content", {}).get("article", {}).get("source", "")
    return Shown(shown(post["commentary"]), images, card, video=moving)


def work_slowly(fake, looks):
    fake.slow = looks


def spoil(fake, why):
    fake.spoiled, fake.slow = why, 1


KIND = Kind(
    adapter=LinkedIn(),
    fake=FakeLinkedIn,
    config=lambda fake: {"client_id": CLIENT, "organization": ORGANIZATION, "api": fake.url},
    secrets=lambda fake: {
        "client_secret": SECRET,
        "access_token": TOKEN,
        "expires_at": (datetime.now(UTC) + timedelta(days=59)).isoformat(),
    },
    shown=lambda fake: [
        *(as_seen(fake, post) for post in fake.posts.values()),
        *(Shown(item["message"]["text"], answers=urn) for urn, below in fake.comments.items() for item in below),
    ],
    revoke=lambda fake: fake.tokens.clear(),
    posting=lambda seen: seen.method == "POST" and seen.path.endswith(("/rest/posts", "/comments")),
    uploading=lambda seen: (seen.method, seen.path) == ("POST", "/rest/images"),
    deleting=lambda seen: seen.method == "DELETE",
    editing=lambda seen: seen.headers.get("x-restli-method") == "PARTIAL_UPDATE",
    deleted=Answer(204, b""),
    lose_alt=lose_alt,
    refusals={
        400: told(400, "ILLEGAL_ARGUMENT", "Invalid argument"),
        401: told(401, "EXPIRED_ACCESS_TOKEN", "The token used in the request has expired", serviceErrorCode=65602),
        403: told(
            403, "ACCESS_DENIED", "Not enough permissions to access: posts.CREATE.20260601", serviceErrorCode=100
        ),
        422: told(422, "UNPROCESSABLE_ENTITY", "ERROR :: /content :: is not a member type of union"),
        429: told(429, "TOO_MANY_REQUESTS", "Resource level throttle APPLICATION DAY limit is reached."),
        500: told(500, "INTERNAL_SERVER_ERROR", "Internal Server Error"),
    },
    language=False,
    uploading_video=lambda seen: seen.method == "PUT" and "video" in seen.path,
    pieces={"publishing.adapters.linkedin_video.PART": 20_000, "publishing.adapters.video_steps.AT_ONCE": 40_000},
    captions=subtitles.srt,
    replaces_video=False,
    processing=work_slowly,
    spoil=spoil,
    expire=lambda fake: fake.videos.clear(),
)


class TestLinkedIn(OfOwnPosts, Contract):
    kind = KIND

    pages, refused = linkedin_timeline.PAGES, "duplicate"
    lagging = State.DELIVERED  # the refusal of the same words names it

    def make_older(self, post, by):
        post["createdAt"] -= int(by.total_seconds() * 1000)

    def list_by(self, fake, monkeypatch, size):
        monkeypatch.setattr(linkedin_timeline, "SIZE", size)

    def test_figures_say_when_the_quota_is_nearly_used_up(self, account, message):
        """LinkedIn tells nobody how much is left."""
        receipt = LinkedIn().send(account, message, self.new_key())
        assert LinkedIn().metrics(account, receipt).spared_until is None

    # --- What is sent

    def test_signs_of_the_language_are_all_seen(self, fake, account, key):
        message = Message(text="Vi fandt 4 % (i dag) & mere: {a|b} [c] <d> *e* ~f~ g_h \\ i@j #lys C#")
        receipt = LinkedIn().send(account, message, key)
        assert self.texts(fake) == [message.text]
        assert LinkedIn().read(account, message, receipt).problems == ()

    def test_a_link_without_images_is_a_card_with_a_title(self, fake, account, message, key):
        plain = replace(message, media=(), title="Lys på cyklen", summary="Det koster 1.000 kr.")
        LinkedIn().send(account, plain, key)
        [post] = fake.posts.values()
        card = {"source": message.link, "title": "Lys på cyklen", "description": "Det koster 1.000 kr."}
        assert post["content"] == {"article": card}
        LinkedIn().send(account, replace(plain, text="Uden overskrift", title="", summary=""), key)
        assert list(fake.posts.values())[1]["content"]["article"] == {
            "source": message.link,
            "title": "politi.example",
        }

    def test_what_a_card_has_no_room_for_is_a_problem(self, account, message):
        plain = replace(message, media=(), title="a" * 401, summary="b" * 4087)
        assert [problem.code for problem in LinkedIn().validate(account, plain)] == [
            "title_too_long",
            "summary_too_long",
        ]
        assert LinkedIn().validate(account, replace(plain, media=message.media)) == []

    def test_one_image_stands_alone_and_a_decorative_one_has_no_text(self, fake, account, message, key):
        image = replace(message.media[0], alt="", decorative=True)
        LinkedIn().send(account, replace(message, media=(image,)), key)
        [post] = fake.posts.values()
        assert post["content"] == {"media": {"id": next(iter(fake.images))}}

    def test_bytes_that_did_not_arrive_stop_the_post(self, fake, account, message):
        fake.order(Fault(lambda seen: seen.method == "PUT", Answer(201, b"")))
        assert type(self.failing(fake, account, message)) is TemporaryError
        broken = Answer(200, {"status": "PROCESSING_FAILED"})
        fake.order(Fault(lambda seen: seen.method == "GET", broken))
        assert type(self.failing(fake, account, message)) is ContentRejected
        assert fake.posts == {}

    def test_our_access_goes_to_linkedin_only(self, fake, account, message):
        value = {"uploadUrl": "https://linkedin.com.evil.example/put", "image": "urn:li:image:C1"}
        fake.order(Fault(self.kind.uploading, Answer(200, {"value": value})))
        assert type(self.failing(fake, account, message)) is TemporaryError
        assert [seen.method for seen in fake.seen] == ["POST"]

    def test_without_an_organisation_nothing_is_sent(self, fake, account, message):
        none = replace(account, config={"client_id": CLIENT, "api": fake.url})
        assert isinstance(self.failing(fake, none, message), ChannelMisconfigured)
        assert fake.seen == []

    # --- Videos

    def test_a_poster_and_captions_go_up_before_the_video_is_whole(self, fake, account, moving):
        poster = picture("En cyklist")
        self.send(account, replace(moving, video=replace(moving.video, poster=poster)))
        [film] = fake.videos.values()
        assert (film.poster, film.captions) == (poster.read(), subtitles.srt(moving.video.captions))
        verbs = [seen.method for seen in fake.seen]
        assert verbs == ["POST", *["PUT"] * 5, "POST", "PUT", "POST", "GET", "POST"]

    def test_an_attempt_carries_a_few_parts_and_what_arrived_is_not_sent_again(self, fake, account, moving, key):
        fake.order(Fault(lambda seen: seen.path.endswith("/20000"), drop=True))
        steps = self.steps(account, moving, key)
        assert isinstance(steps[-1], Receipt)
        assert [len(step.details["etags"]) for step in steps[:-2]] == [0, 1, 3, 5, 5]
        assert len(fake.asked("PUT")) == 6  # the lost one twice
        self.shown_whole(fake, moving)

    def test_a_lost_answer_to_that_was_all_costs_nothing(self, fake, account, moving, key):
        fake.order(Fault(lambda seen: "finalizeUpload" in seen.query.values(), drop=True))
        assert type(self.failing(fake, account, moving, key)) is TemporaryError
        assert isinstance(self.send(account, moving, key), Receipt)
        self.shown_whole(fake, moving)

    def test_a_place_that_has_ended_is_asked_for_anew(self, fake, account, moving, key):
        first = LinkedIn().send(account, moving, key)
        held = replace(key, prepared={**first.details, "ends": first.details["ends"] - 2 * DAY * 1000})
        assert LinkedIn().send(account, moving, held).details["video"] != first.details["video"]

    def test_a_post_is_recognised_by_its_video_whatever_its_words_became(self, fake, account, moving, key):
        receipt = self.send(account, moving, key)
        fake.posts[receipt.remote_id]["commentary"] = "Rettet af en anden"
        assert LinkedIn().find(account, moving, self.written(key)).remote_id == receipt.remote_id
        assert len(LinkedIn().read(account, moving, receipt).problems) == 1

    def test_a_comment_carries_no_video(self, fake, account, moving, answering):
        fake.seen.clear()
        assert type(self.failing(fake, account, moving, answering)) is Unsupported
        assert fake.seen == []

    def test_a_video_of_few_bytes_is_refused_by_us(self, account, moving):
        small = replace(moving, video=replace(moving.video, size=74_999))
        assert [problem.code for problem in LinkedIn().validate(account, small)] == ["video_too_small"]

    # --- Refusals

    def test_a_version_that_is_over_stops_the_channel_and_says_what_to_do(self, fake, account, message):
        old = replace(account, config={**account.config, "version": "202507"})
        error = self.failing(fake, old, message)
        assert isinstance(error, ChannelMisconfigured)
        assert "newer" in error.summary

    def test_the_quota_of_the_day_is_over_at_midnight_utc(self, fake, account, message):
        fake.left_today = 0
        error = self.failing(fake, account, message)
        assert isinstance(error, RateLimited)
        assert error.until.replace(tzinfo=None).time().isoformat() == "00:01:00"
        assert timedelta() < error.until - datetime.now(UTC) <= timedelta(days=1, minutes=1)

    def test_a_ghost_of_before_is_refused_and_one_since_then_is_unknown(self, fake, account, message, key):
        before = urn_of(datetime.now(UTC) - timedelta(days=3))
        fake.order(Fault(self.kind.posting, duplicate_of(before)))
        error = self.failing(fake, account, message, key)
        assert type(error) is ContentRejected
        assert "deleted" in error.summary
        fake.order(Fault(self.kind.posting, duplicate_of(urn_of(datetime.now(UTC)))))
        assert type(self.failing(fake, account, message, key)) is OutcomeUnknown

    def test_a_duplicate_that_cannot_be_looked_at_or_says_another_thing_is_unknown(self, fake, account, message, key):
        other = LinkedIn().send(account, replace(message, text="Noget helt andet"), key)
        for answer in (duplicate_of(other.remote_id), duplicate_of("something")):
            fake.order(Fault(self.kind.posting, answer))
            assert type(self.failing(fake, account, message, key)) is OutcomeUnknown
        fake.order(Fault(self.kind.posting, duplicate_of(other.remote_id)))
        fake.order(Fault(lambda seen: seen.path.startswith("/rest/posts/"), Answer(503, HTML)))
        assert type(self.failing(fake, account, message, key)) is OutcomeUnknown

    # --- Finding

    def test_a_post_that_linkedin_could_not_publish_is_told(self, fake, account, message, key):
        receipt = LinkedIn().send(account, message, key)
        fake.posts[receipt.remote_id]["lifecycleState"] = "PUBLISH_FAILED"
        assert len(LinkedIn().read(account, message, receipt).problems) == 1

    # --- The first comment

    @pytest.fixture
    def answering(self, account, message):
        return replace(self.new_key(), answers=LinkedIn().send(account, message, self.new_key()))

    def test_a_first_comment_goes_under_the_post_and_is_read_and_taken_down(self, fake, account, answering):
        comment = Message(text="Læs mere (på nettet) #lys", link="https://politi.example/lys")
        [request] = LinkedIn().translate(account, comment, answering)
        receipt = LinkedIn().send(account, comment, answering)
        [made] = fake.comments[answering.answers.remote_id]
        assert made["message"]["text"] == "Læs mere (på nettet) #lys\n\nhttps://politi.example/lys"
        assert request.body == {name: made[name] for name in ("actor", "object", "message")}
        assert (receipt.details["comment"], len(fake.posts)) == (made["id"], 1)
        assert LinkedIn().read(account, comment, receipt).problems == ()
        assert LinkedIn().metrics(account, receipt).counts == {"likes": 2}
        LinkedIn().withdraw(account, receipt)
        LinkedIn().withdraw(account, receipt)
        assert not LinkedIn().read(account, comment, receipt).present
        assert LinkedIn().metrics(account, receipt) is None
        assert fake.comments[answering.answers.remote_id] == []

    def test_a_comment_whose_answer_is_lost_is_found_and_one_that_never_came_is_absent(self, fake, account, answering):
        comment, posting = Message(text="Læs mere"), Fault(lambda seen: seen.path.endswith("comments"), drop=True)
        fake.order(posting)
        assert type(self.failing(fake, account, comment, answering)) is OutcomeUnknown
        found = LinkedIn().find(account, comment, answering)
        assert isinstance(found, Receipt)
        assert found.details["comment"] == fake.comments[answering.answers.remote_id][0]["id"]
        assert isinstance(LinkedIn().find(account, replace(comment, text="En anden"), answering), Absent)
        fake.posts.clear()
        assert isinstance(LinkedIn().find(account, comment, answering), Absent)

    def test_a_comment_on_what_is_gone_is_refused_and_the_channel_goes_on(self, fake, account, answering):
        fake.posts.clear()
        assert type(self.failing(fake, account, Message(text="Læs mere"), answering)) is ContentRejected

    def test_what_answers_an_answer_stands_beside_it(self, fake, account, answering):
        """LinkedIn has comments, answers to comments, and nothing below those."""
        first = LinkedIn().send(account, Message(text="Første"), answering)
        second = LinkedIn().send(account, Message(text="Anden"), replace(answering, answers=first))
        third = LinkedIn().send(account, Message(text="Tredje"), replace(answering, answers=second))
        assert [item["id"] for item in fake.comments[first.remote_id]] == [
            receipt.details["comment"] for receipt in (second, third)
        ]
        LinkedIn().withdraw(account, third)
        assert LinkedIn().read(account, Message(text="Anden"), second).problems == ()

    def test_what_a_comment_cannot_carry_is_refused_before_anything_leaves(self, fake, account, message, answering):
        fake.seen.clear()
        for field, unfit in {"media": message, "text": Message(text="a" * 1251)}.items():
            assert [problem.field for problem in LinkedIn().validate_answer(account, unfit)] == [field]
            assert type(self.failing(fake, account, unfit, answering)) is Unsupported
        assert fake.seen == []

    def test_the_words_of_a_comment_are_corrected_and_the_post_is_left_alone(self, fake, account, message, answering):
        receipt = LinkedIn().send(account, Message(text="Læs mere"), answering)
        right = Message(text="Læs mere #her", link=message.link)
        LinkedIn().edit(account, right, receipt, self.new_key())
        assert LinkedIn().read(account, right, receipt).problems == ()
        assert LinkedIn().read(account, message, answering.answers).problems == ()
        with pytest.raises(Unsupported):
            LinkedIn().edit(account, message, receipt, self.new_key())

    # --- Figures

    def test_what_the_page_may_not_see_is_left_out(self, fake, account, message, key):
        receipt = LinkedIn().send(account, message, key)
        told = {"impressions": 57, "unique_reach": 40, "reposts": 2, "likes": 4, "replies": 0}
        assert LinkedIn().metrics(account, receipt).counts == told
        fake.tells_statistics = False
        assert LinkedIn().metrics(account, receipt).counts == {"likes": 4, "replies": 0}

    # --- Access

    def test_whoever_may_not_post_for_the_organisation_is_noticed(self, fake, account):
        fake.roles[ORGANIZATION] = "ANALYST"
        assert not LinkedIn().verify(account).ok
        fake.roles[ORGANIZATION] = "CONTENT_ADMINISTRATOR"
        assert LinkedIn().verify(account).ok
        other = replace(account, config={**account.config, "organization": "urn:li:organization:1"})
        assert not LinkedIn().verify(other).ok
        fake.scopes = "r_organization_social"
        assert not LinkedIn().verify(account).ok

    def test_whoever_connects_picks_among_the_organisations_they_may_post_for(self, fake, account):
        fake.roles["urn:li:organization:5"] = "ANALYST"
        politi, other = LinkedIn().candidates(account)
        assert (politi.name, politi.note, politi.problem) == ("Politi", "linkedin.com/company/politi", "")
        assert politi.config == {"organization": ORGANIZATION}
        assert (other.name, bool(other.problem)) == ("Foreningen", True)
        fake.roles.clear()
        assert LinkedIn().candidates(account) == ()

    @pytest.mark.parametrize("renews", [True, False])
    def test_a_person_gives_access_in_a_browser(self, fake, account, renews):
        fake.renews = renews
        bare = replace(account, secrets={"client_secret": SECRET, "refresh_token": "of the application before"})
        page = LinkedIn().consent(bare, redirect_uri=BACK, state="s", challenge="c")
        code = dict(parse_qsl(urlsplit(fake.agree(page)).query))["code"]
        with pytest.raises(NotAuthorised):
            LinkedIn().exchange(bare, code=code, redirect_uri=f"{BACK}x", verifier="v")
        code = dict(parse_qsl(urlsplit(fake.agree(page)).query))["code"]
        secrets = LinkedIn().exchange(bare, code=code, redirect_uri=BACK, verifier="v")
        connected = replace(bare, secrets={**bare.secrets, **secrets})
        ends = LinkedIn().verify(connected).expires_at - datetime.now(UTC)
        assert timedelta(days=-1) < ends - timedelta(days=365 if renews else 60) < timedelta(days=1)
        assert not LinkedIn().needs_refresh(connected)

    def test_a_consent_that_is_too_narrow_is_refused(self, fake, account):
        fake.scopes = "r_organization_social"
        page = LinkedIn().consent(account, redirect_uri=BACK, state="s", challenge="c")
        code = dict(parse_qsl(urlsplit(fake.agree(page)).query))["code"]
        with pytest.raises(NotAuthorised) as caught:
            LinkedIn().exchange(account, code=code, redirect_uri=BACK, verifier="v")
        assert "w_organization_social" in caught.value.detail

    def test_access_that_is_ending_is_renewed_and_a_lost_answer_costs_nothing(self, fake, account):
        ending = (datetime.now(UTC) + timedelta(hours=20)).isoformat()
        year = (datetime.now(UTC) + timedelta(days=200)).isoformat()
        fake.renewable["AQX-refresh"] = time.time() + 200 * DAY
        renewing = {"expires_at": ending, "refresh_token": "AQX-refresh", "refresh_expires_at": year}
        account = replace(account, secrets={**account.secrets, **renewing})
        assert LinkedIn().needs_refresh(account)
        fake.order(Fault(lambda seen: seen.path.endswith("/accessToken"), drop=True))
        with pytest.raises(TemporaryError):
            LinkedIn().refresh(account)
        fresh = replace(account, secrets={**account.secrets, **LinkedIn().refresh(account)})
        assert not LinkedIn().needs_refresh(fresh)
        found = LinkedIn().verify(fresh)
        assert abs(found.expires_at - datetime.fromisoformat(year)) < timedelta(minutes=1)
        fake.renewable.clear()
        with pytest.raises(NotAuthorised):
            LinkedIn().refresh(account)


def test_without_a_stand_in_it_is_linkedin_itself():
    account = Account(1, "LinkedIn", "linkedin", {"client_id": CLIENT})
    page = LinkedIn().consent(account, redirect_uri=BACK, state="s", challenge="c")
    assert page.startswith("https://www.linkedin.com/oauth/v2/authorization?response_type=code&client_id=li-client")
