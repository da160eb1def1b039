"""What Facebook, Instagram and Threads share: what Meta's answers mean, and that no secret leaves by the wrong way."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from requests.structures import CaseInsensitiveDict

from publishing.adapters import meta_api, meta_errors, meta_usage
from publishing.adapters.base import Account
from publishing.adapters.meta_api import Graph
from publishing.errors import (
    ChannelMisconfigured,
    ContentRejected,
    NotAuthorised,
    OutcomeUnknown,
    RateLimited,
    TemporaryError,
)
from publishing.http import Response
from tests.fakes import meta_document
from tests.fakes.facebook import PAGE, TOKEN, FakeFacebook
from tests.fakes.meta import SECRET, Refused
from tests.fakes.server import Fault

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)


@pytest.fixture
def fake(settings):
    settings.PUBLISHING_ALLOWED_PRIVATE_HOSTS = ["127.0.0.1"]
    with FakeFacebook() as fake:
        yield fake


@pytest.fixture
def graph(fake):
    return Graph(Account(1, "Siden", "facebook", {"api": fake.url}, {"access_token": TOKEN, "app_secret": SECRET}))


def refused(code, subcode=None, *, status=400, effect=True, **headers):
    answer = Refused(code, f"(#{code}) {TOKEN}", subcode=subcode, status=status).answer
    named = CaseInsensitiveDict({name.replace("_", "-"): value for name, value in headers.items()})
    return Response(answer.status, named, json.dumps(answer.body).encode(), "POST graph.facebook.com/feed", effect)


def meant(response):
    with pytest.raises((Exception,)) as caught:
        Graph(Account(1, "Siden", "facebook", {}, {"access_token": TOKEN})).check(response)
    assert TOKEN not in f"{caught.value.summary} {caught.value.detail}"
    return caught.value


@pytest.mark.parametrize(
    ("code", "subcode", "error"),
    [
        *((code, None, RateLimited) for code in (4, 17, 32, 341, 613, 368, 80001)),
        (102, None, NotAuthorised),
        *((190, subcode, NotAuthorised) for subcode in (None, 458, 459, 460, 463, 464, 467, 492)),
        *((code, None, NotAuthorised) for code in (3, 10, 200, 220, 299)),
        (100, None, ContentRejected),
        (100, 33, ChannelMisconfigured),
        (324, None, ContentRejected),
        (1609005, None, ContentRejected),
        (506, 1455006, OutcomeUnknown),
        (2500, None, ChannelMisconfigured),
    ],
)
@pytest.mark.parametrize("status", [400, 403, 500])
def test_the_code_says_what_is_wrong_whatever_the_status(code, subcode, error, status):
    assert type(meant(refused(code, subcode, status=status))) is error


@pytest.mark.parametrize("code", [1, 2])
@pytest.mark.parametrize("status", [400, 500, 503])
def test_a_fault_of_metas_own_is_temporary_unless_something_may_have_appeared(code, status):
    assert type(meant(refused(code, status=status, effect=False))) is TemporaryError
    assert type(meant(refused(code, status=status, effect=True))) is OutcomeUnknown


def test_the_detail_names_code_and_subcode():
    assert "400 190/463" in meant(refused(190, 463)).detail


def test_a_wait_is_as_long_as_the_headers_say():
    now = datetime.now(UTC)
    by_id = json.dumps({"1001": [{"type": "pages", "call_count": 100, "estimated_time_to_regain_access": 42}]})
    for headers, least in (
        ({}, timedelta(seconds=50)),
        ({"retry_after": "500"}, timedelta(seconds=490)),
        ({"x_app_usage": '{"call_count": 101}'}, meta_usage.SOME_OF_AN_HOUR),
        ({"x_business_use_case_usage": by_id}, timedelta(minutes=42)),
    ):
        until = meant(refused(4, **headers)).until
        assert least <= until - now <= least + timedelta(minutes=1), headers


def test_a_block_is_looked_at_once_an_hour():
    assert meant(refused(368)).until - datetime.now(UTC) > timedelta(minutes=59)


@pytest.mark.parametrize("text", ["", "not json", "[1]", '{"call_count": "many"}', '{"call_count": null}'])
def test_a_header_that_makes_no_sense_says_nothing(text):
    headers = {"x-app-usage": text, "x-business-use-case-usage": text}
    assert meta_usage.percent(headers) == 0
    assert meta_usage.rest_until(headers, NOW) is None


def test_the_most_used_quota_counts():
    headers = {"x-app-usage": '{"call_count": 10, "total_time": 99}', "x-page-usage": '{"call_count": 100}'}
    assert meta_usage.percent(headers) == 100
    assert meta_usage.rest_until(headers, NOW) == NOW + meta_usage.SOME_OF_AN_HOUR


def test_the_access_goes_in_a_header_and_is_proved_to_be_the_applications(fake, graph):
    graph.get(PAGE, fields="id,name")
    graph.check(graph.call("POST", f"{PAGE}/feed", data={"message": "Hej"}, effect=True))
    for seen in fake.seen:
        assert seen.token == TOKEN
        assert TOKEN not in str(seen.query) + seen.body.decode()
        assert SECRET not in str(seen.query) + seen.body.decode()
    fake.seen.clear()
    stolen = Graph(Account(1, "Siden", "facebook", {"api": fake.url}, {"access_token": TOKEN}))
    with pytest.raises(ContentRejected, match="refuses"):
        stolen.get(PAGE, fields="id")


def test_a_parameter_that_is_not_in_metas_document_is_refused(fake, graph):
    with pytest.raises(ContentRejected) as caught:
        graph.check(graph.call("POST", f"{PAGE}/photos", data={"alt_text": "En cykel"}))
    assert "alt_text" in caught.value.detail


def test_what_is_gone_is_none_and_may_be_deleted_again(fake, graph):
    assert graph.look("1001_1", "id") is None
    graph.delete("1001_1")
    fake.order(Fault(lambda seen: True, Refused(10, "(#10) Not you", status=403).answer))
    with pytest.raises(NotAuthorised):
        graph.look("1001_1", "id")


def test_the_last_of_the_quota_says_when_the_next_may_go(fake, graph):
    assert meta_api.not_before(graph.get(PAGE, fields="id")) is None
    fake.remaining = 20
    response = graph.get(PAGE, fields="id")
    assert meta_api.not_before(response) is None
    assert meta_api.figures(response, {"likes": 3}, {"likes": "likes"}).spared_until > datetime.now(UTC)
    fake.remaining = 0
    assert meta_api.not_before(graph.get(PAGE, fields="id")) > datetime.now(UTC)


def test_only_a_server_of_the_house_may_stand_in_for_meta(graph, fake, settings):
    settings.PUBLISHING_ALLOWED_PRIVATE_HOSTS = []
    with pytest.raises(ChannelMisconfigured):
        graph.call("GET", PAGE)
    assert fake.seen == []


def test_the_short_list_of_parameters_is_in_the_document():
    """Of what the document knows; the rest is from Meta's code generator, and is named as such."""
    if not meta_document.listed():
        pytest.skip("Meta's document does not lie beside the checkout, in ../shared/specs")
    for edge, ours in meta_document.OURS.items():
        if edge[1] not in ("comments", "videos", "captions", ""):
            assert ours <= meta_document.listed()[edge][0], edge


def test_without_the_document_the_short_list_refuses_too(monkeypatch):
    monkeypatch.setattr(meta_document, "listed", dict)
    assert "alt_text" in meta_document.refused("POST", "photos", {"alt_text", "source"})
    assert meta_document.refused("POST", "photos", {"alt_text_custom", "source", "access_token"}) == ""


def test_the_kinds_of_meta_share_one_table():
    table = meta_errors.platform({"9007": TemporaryError})
    assert table.codes["9007"] is TemporaryError
    assert table.codes["190"] is NotAuthorised
