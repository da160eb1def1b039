"""What an HTTP answer means, and how long a platform tells us to wait."""

from datetime import UTC, datetime, timedelta

import pytest
from requests.structures import CaseInsensitiveDict

from publishing.adapters import answers, waits
from publishing.errors import (
    ChannelMisconfigured,
    ContentRejected,
    NotAuthorised,
    OutcomeUnknown,
    RateLimited,
    TemporaryError,
)
from publishing.http import Response

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c2VyIn0.c2lnbmF0dXJl"
PLATFORM = answers.Platform(
    code=("error", "code"), words=("error", "message"), codes={"506": OutcomeUnknown, 403: ContentRejected}
)


def answer(status, body=b"", *, effect=True, **headers):
    named = CaseInsensitiveDict({name.replace("_", "-"): value for name, value in headers.items()})
    return Response(status, named, body, "POST example.org/posts", effect)


@pytest.mark.parametrize("effect", [True, False])
@pytest.mark.parametrize(
    ("status", "error"),
    [
        (301, ChannelMisconfigured),
        (307, TemporaryError),
        (400, ContentRejected),
        (401, NotAuthorised),
        (403, NotAuthorised),
        (404, ChannelMisconfigured),
        (408, TemporaryError),
        (413, ContentRejected),
        (422, ContentRejected),
        (429, RateLimited),
    ],
)
def test_a_refusal_proves_that_nothing_was_posted_and_says_what_to_do(status, error, effect):
    with pytest.raises(error):
        answers.check(answer(status, b"<h1>Sorry</h1>", effect=effect), answers.Platform())


@pytest.mark.parametrize("status", [302, 303, 409, 500, 502, 503, 504, 520])
def test_other_answers_prove_nothing_when_something_may_have_appeared(status):
    with pytest.raises(OutcomeUnknown):
        answers.check(answer(status, b""), answers.Platform())
    with pytest.raises(TemporaryError):
        answers.check(answer(status, b"", effect=False), answers.Platform())


def test_a_platform_may_promise_that_nothing_was_written():
    with pytest.raises(TemporaryError):
        answers.check(answer(503), answers.Platform(unwritten=frozenset({503})))


def test_a_pause_for_maintenance_is_a_wait_unless_something_may_have_appeared():
    with pytest.raises(RateLimited):
        answers.check(answer(503, effect=False, Retry_After="600"), answers.Platform())
    with pytest.raises(OutcomeUnknown):
        answers.check(answer(503, effect=True, Retry_After="600"), answers.Platform())


def test_the_platforms_code_goes_before_the_status_and_its_table_before_ours():
    with pytest.raises(OutcomeUnknown) as caught:
        answers.check(answer(400, b'{"error": {"code": 506, "message": "Duplicate"}}'), PLATFORM)
    assert caught.value.detail == "POST example.org/posts: 400 506 Duplicate"
    with pytest.raises(ContentRejected):
        answers.check(answer(403, b'{"error": {"code": 1}}'), PLATFORM)


@pytest.mark.parametrize(
    "body", [b"", b"[1]", b'"text"', b"null", b'{"error": null}', b'{"error": {"code": []}}', b"\xff\xfe"]
)
def test_no_body_of_a_refusal_is_too_strange(body):
    with pytest.raises(ContentRejected):
        answers.check(answer(422, body), PLATFORM)


@pytest.mark.parametrize(
    "body", [f'{{"error": {{"message": "Bad token {TOKEN} of abcd-efgh"}}}}', f"<p>Bad token {TOKEN} of abcd-efgh</p>"]
)
def test_neither_our_secrets_nor_anything_like_a_token_gets_into_the_detail(body):
    with pytest.raises(NotAuthorised) as caught:
        answers.check(answer(401, body.encode()), PLATFORM, secrets=["abcd-efgh"])
    assert "Bad token" in caught.value.detail
    assert TOKEN not in caught.value.detail
    assert "abcd" not in caught.value.detail


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 60),
        ({"Retry_After": "7"}, 7),
        ({"Retry_After": "0"}, 1),
        ({"Retry_After": "-3"}, 1),
        ({"Retry_After": "soon"}, 60),
        ({"Retry_After": "nan"}, 60),
        ({"Retry_After": "1e308"}, 60),
        ({"Retry_After": "999999"}, 86400),
        ({"Retry_After": "Sun, 01 Mar 2026 08:02:00 GMT"}, 120),
        ({"X_RateLimit_Reset": "30"}, 30),
        ({"X_RateLimit_Reset": str(int(NOW.timestamp()) + 90)}, 90),
        ({"X_RateLimit_Reset": str((int(NOW.timestamp()) + 90) * 1000)}, 90),
        ({"X_RateLimit_Reset": "2026-03-01T08:05:00.000000Z"}, 300),
        ({"X_RateLimit_Reset": "2026-03-01T07:00:00Z"}, 1),
        ({"Retry_After": "soon", "X_RateLimit_Reset": "30"}, 30),
        ({"Retry_After": "7", "X_RateLimit_Reset": "30"}, 7),
    ],
)
def test_the_wait_is_as_told_and_never_forever(headers, seconds):
    assert waits.until(answer(429, **headers).headers, "x-ratelimit", NOW) == NOW + timedelta(seconds=seconds)


def test_a_moment_is_counted_on_the_platforms_own_clock():
    headers = answer(429, Date="Sun, 01 Mar 2026 09:00:00 GMT", X_RateLimit_Reset="2026-03-01T09:01:00Z").headers
    assert waits.until(headers, "x-ratelimit", NOW) == NOW + timedelta(seconds=60)


def test_a_used_up_quota_is_told_with_a_good_answer_too():
    good = answer(200, X_RateLimit_Remaining="0", X_RateLimit_Reset="30")
    assert answers.used_up_until(good, answers.Platform()) > datetime.now(UTC)
    assert answers.used_up_until(answer(200, X_RateLimit_Remaining="1"), answers.Platform()) is None
    assert answers.check(good, answers.Platform()) is good
