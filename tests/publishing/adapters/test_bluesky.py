"""Bluesky: the contract, and what is its own."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from publishing.adapters import atproto
from publishing.adapters.base import Account, DeliveryKey
from publishing.adapters.bluesky import Bluesky
from publishing.errors import ContentRejected, NotAuthorised, TemporaryError
from publishing.message import Message, mention_of
from tests.fakes.bluesky import HANDLE, FakeBluesky, refused
from tests.fakes.server import Answer, Fault
from tests.publishing.adapters.contract import Contract, Kind, Moving, Shown

KEY = DeliveryKey(uuid.UUID(int=7), datetime(2026, 3, 1, 8, tzinfo=UTC))
PUT = "/xrpc/com.atproto.repo.putRecord"
UPLOAD = "/xrpc/com.atproto.repo.uploadBlob"
DELETE = "/xrpc/com.atproto.repo.deleteRecord"
LOGIN = "/xrpc/com.atproto.server.createSession"
REFRESH = "/xrpc/com.atproto.server.refreshSession"


def shown(fake):
    return [
        Shown(
            record["text"],
            [
                (fake.blobs[image["image"]["ref"]["$link"]][0], image["alt"])
                for image in record.get("embed", {}).get("images", [])
            ],
            record.get("embed", {}).get("external", {}).get("uri", ""),
            *record["langs"],
            record.get("reply", {}).get("parent", {}).get("uri", ""),
            moving(record.get("embed", {}), lambda link: fake.blobs[link][0]),
        )
        for _rkey, record in sorted(fake.records.items())
    ]


def moving(embed, content_of):
    """The video that a record embeds."""
    if "video" not in embed:
        return None
    captions = [content_of(track["file"]["ref"]["$link"]).decode() for track in embed.get("captions", [])]
    return Moving(content_of(embed["video"]["ref"]["$link"]), embed["alt"], "".join(captions))


def revoke(fake):
    """The app password is deleted; tokens go on working until they end, as they do."""
    fake.app_passwords.clear()
    fake.refresh.clear()


def lose_alt(fake):
    for record in fake.records.values():
        for image in record["embed"]["images"]:
            image["alt"] = ""


class TestBluesky(Contract):
    kind = Kind(
        adapter=Bluesky(),
        fake=FakeBluesky,
        config=lambda fake: {"service": fake.url, "handle": f"@{HANDLE}"},
        secrets=lambda fake: {"app_password": "abcd-efgh-ijkl-mnop"},
        shown=shown,
        revoke=revoke,
        posting=lambda seen: seen.path == PUT,
        uploading=lambda seen: seen.path == UPLOAD,
        deleting=lambda seen: seen.path == DELETE,
        refuses_orphans=False,
        deleted=Answer(200, {"commit": {}}),
        lose_alt=lose_alt,
        uploading_video=lambda seen: seen.path == UPLOAD and seen.headers["content-type"] == "video/mp4",
        expire=lambda fake: fake.blobs.clear(),
        refusals={
            400: refused(400, "InvalidRequest", "Invalid record"),
            401: refused(401, "AccountTakedown", "Account has been taken down"),
            403: refused(403, "AccountNotFound", "Could not find repo"),
            413: refused(413, "PayloadTooLarge", "request entity too large"),
            429: refused(429, "RateLimitExceeded", "Rate Limit Exceeded", **{"Retry-After": "262"}),
            500: refused(500, "InternalServerError", "Internal Server Error"),
        },
    )

    @pytest.fixture
    def plain(self):
        return Message(text="Hej")

    # --- Mentions

    def test_whoever_is_mentioned_is_named_by_what_was_approved_and_nobody_is_asked(self, fake, account):
        text, handle = "Sammen med @brandvagten.example.", "@brandvagten.example"
        who = Bluesky().identify(account, f" {handle.upper()}")
        assert who == fake.others["brandvagten.example"]
        fake.seen.clear()
        fake.others["brandvagten.example"] = "did:plc:somebodyelsesomebodyelse"
        Bluesky().send(account, Message(text=text, extra={mention_of(handle): who}), self.new_key())
        assert [seen.path for seen in fake.seen] == [PUT]
        [record] = fake.records.values()
        [facet] = record["facets"]
        assert facet["features"] == [{"$type": "app.bsky.richtext.facet#mention", "did": who}]
        assert text.encode()[facet["index"]["byteStart"] : facet["index"]["byteEnd"]] == handle.encode()

    def test_a_handle_that_nobody_has_or_that_is_none_is_nobodys(self, fake, account):
        fake.others["fup.example"] = "did:other:1"
        for handle in ("@ingen.example", "@", "@fup.example", "@æ ø"):
            assert Bluesky().identify(account, handle) is None

    def test_a_server_that_cannot_be_asked_says_nothing_of_a_handle(self, fake, account):
        fake.order(Fault(lambda seen: "resolveHandle" in seen.path, Answer(503, "")))
        with pytest.raises(TemporaryError):
            Bluesky().identify(account, "@brandvagten.example")

    def test_a_session_that_ends_in_the_middle_is_renewed_and_the_post_goes_once(self, fake, account, message):
        over = refused(400, "ExpiredToken", "Token has expired")
        fake.order(Fault(lambda seen: seen.path == PUT, over))
        self.kind.adapter.send(account, message, self.new_key())
        assert len(fake.records) == 1
        assert [seen.path for seen in fake.seen][-3:] == [PUT, LOGIN, PUT]

    def test_a_session_that_is_refused_for_ever_ends_the_access(self, fake, account, plain):
        for _again in range(2):
            fake.order(Fault(lambda seen: seen.path == PUT, refused(400, "InvalidToken")))
        assert type(self.failing(fake, account, plain)) is NotAuthorised

    def test_the_refresh_token_is_used_and_when_it_is_spent_the_app_password(self, fake, account):
        assert not self.kind.adapter.needs_refresh(account)
        renewed = self.kind.adapter.refresh(account)
        assert [seen.path for seen in fake.seen] == [REFRESH]
        assert renewed["access_jwt"] in fake.access
        assert self.kind.adapter.refresh(account)["access_jwt"] in fake.access
        assert [seen.path for seen in fake.seen][1:] == [REFRESH, LOGIN]

    def test_a_session_is_renewed_before_it_ends_and_after_a_change_of_password_or_handle(self, fake, account):
        adapter = self.kind.adapter
        ended = {**account.secrets, "access_until": (datetime.now(UTC) + timedelta(minutes=5)).isoformat()}
        assert adapter.needs_refresh(replace(account, secrets=ended))
        changed = replace(account, secrets={**account.secrets, "app_password": "new"})
        assert adapter.needs_refresh(changed)
        with pytest.raises(NotAuthorised):
            adapter.refresh(changed)  # the old refresh token would still have worked
        assert adapter.needs_refresh(replace(account, config={**account.config, "handle": "other.example"}))

    def test_a_server_that_is_down_does_not_end_the_access(self, fake, account):
        fake.order(Fault(lambda seen: seen.path == REFRESH, Answer(503, "Sorry")))
        with pytest.raises(TemporaryError):
            self.kind.adapter.refresh(account)

    def test_the_same_delivery_is_the_same_record_and_another_is_another(self, account, message):
        adapter, key = self.kind.adapter, self.new_key()
        assert adapter.translate(account, message, key) == adapter.translate(account, message, key)
        other = DeliveryKey(uuid.uuid4(), key.moment)
        assert atproto.tid(key) != atproto.tid(other)
        assert atproto.tid(key) < atproto.tid(DeliveryKey(other.uuid, key.moment + timedelta(seconds=1)))

    def test_a_post_that_an_older_version_wrote_differently_is_recognised_as_ours(self, fake, account, plain):
        key = self.new_key()
        first = self.kind.adapter.send(account, plain, key)
        [record] = fake.records.values()
        del record["facets"]
        assert self.kind.adapter.send(account, plain, key).remote_id == first.remote_id
        record["text"] = "Noget helt andet"
        assert type(self.failing(fake, account, plain, key)) is ContentRejected
        assert len(fake.records) == 1

    def test_an_image_that_arrives_damaged_is_not_posted(self, fake, account, message):
        damaged = Answer(200, {"blob": {"ref": {"$link": "bafkreiother"}, "mimeType": "image/jpeg", "size": 9}})
        fake.order(Fault(lambda seen: seen.path == UPLOAD, damaged))
        assert type(self.failing(fake, account, message)) is TemporaryError
        assert fake.records == {}

    def test_a_video_that_the_server_takes_for_another_type_is_refused(self, fake, account, moving):
        blob = {"ref": {"$link": atproto.cid(moving.video.sha256)}, "mimeType": "video/x-m4v", "size": 9}
        fake.order(Fault(self.kind.uploading_video, Answer(200, {"blob": blob})))
        assert type(self.failing(fake, account, moving)) is ContentRejected
        assert fake.records == {}

    def test_a_video_fits_the_server_the_line_and_the_lexicon(self, account, moving, settings):
        adapter = self.kind.adapter
        assert adapter.limits_for(account).video_bytes == 1_000_000  # what the server says
        wide = replace(account, config={**account.config, "blob_bytes": 10**9})
        assert adapter.limits_for(wide).video_bytes == 100_000_000
        settings.PUBLISHING_UPLOAD_MEGABITS = 8
        assert adapter.limits_for(wide).video_bytes == 20_000_000
        for values in ({"description": "å" * 1001}, {"captions": "WEBVTT\n\n" + "x" * 20_000}):
            wrong = replace(moving, video=replace(moving.video, **values))
            assert {problem.field for problem in adapter.validate(account, wrong)} == {"video"}

    def test_an_image_that_was_tidied_away_before_the_post_is_uploaded_again(self, fake, account, message):
        fake.order(Fault(lambda seen: seen.path == PUT, refused(400, "BlobNotFound")))
        assert type(self.failing(fake, account, message)) is TemporaryError
        self.kind.adapter.send(account, message, self.new_key())
        assert len(fake.records) == 1

    def test_without_images_the_link_is_a_card_that_costs_no_characters(self, fake, account):
        message = Message(text="Hej", link="https://politi.example/a", title="Lys på cyklen", summary="Sådan.")
        assert self.kind.adapter.count(account, message) == (3, 300)
        self.kind.adapter.send(account, message, self.new_key())
        [record] = fake.records.values()
        assert record["embed"]["external"] == {
            "uri": "https://politi.example/a",
            "title": "Lys på cyklen",
            "description": "Sådan.",
        }

    def test_too_many_bytes_are_refused_even_when_the_characters_fit(self, account):
        message = Message(text="👩‍👩‍👧" * 200)
        assert self.kind.adapter.count(account, message) == (200, 300)
        assert [item.code for item in self.kind.adapter.validate(account, message)] == ["too_many_bytes"]

    def test_a_server_with_a_lower_limit_for_images_is_believed(self, account, message):
        small = replace(account, config={**account.config, "image_bytes": 300})
        assert {item.code for item in self.kind.adapter.validate(small, message)} == {"image_bytes"}

    def test_the_link_to_the_post_names_the_account(self, account, plain):
        receipt = self.kind.adapter.send(account, plain, self.new_key())
        assert receipt.permalink == f"https://bsky.app/profile/{HANDLE}/post/{receipt.details['rkey']}"

    def test_the_accounts_own_password_is_not_good_enough(self, fake, account):
        fake.scope = "com.atproto.access"
        assert not self.kind.adapter.verify(account).ok

    def test_a_closed_account_is_noticed(self, fake, account):
        fake.active = False
        with pytest.raises(NotAuthorised):
            self.kind.adapter.verify(account)

    def test_a_used_up_quota_is_passed_on_with_the_receipt(self, fake, account, plain):
        quota = {"RateLimit-Remaining": "0", "RateLimit-Reset": "120"}
        answer = Answer(200, {"uri": "at://x/app.bsky.feed.post/y", "cid": "z"}, quota)
        fake.order(Fault(lambda seen: seen.path == PUT, answer))
        receipt = self.kind.adapter.send(account, plain, self.new_key())
        assert receipt.not_before > datetime.now(UTC) + timedelta(seconds=100)


def test_a_channel_that_was_never_verified_can_be_previewed():
    account = Account(1, "Bluesky", "bluesky", {"handle": HANDLE})
    [request] = Bluesky().translate(account, Message(text="Hej"), KEY)
    assert request.body["record"]["text"] == "Hej"
    assert request.url.startswith("https://bsky.social/")
