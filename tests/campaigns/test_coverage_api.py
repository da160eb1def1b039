"""The figures for other systems: by a key, read only, the page's numbers, and nothing that must stay inside."""

import csv
import io
import json
from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from campaigns import api_tokens, clock
from campaigns.coverage import dossier
from campaigns.coverage.periods import quarter
from campaigns.models import ApiToken, Strategy
from campaigns.models.api_token import A_MINUTE
from cms.models import Post
from publishing.models import Channel, EvidenceRecord
from tests import cast as people

pytestmark = pytest.mark.django_db
REPORT, KEYS = "/api/coverage/report", "campaigns_coverage:keys"


@pytest.fixture
def frozen():
    with time_machine.travel(datetime(2026, 11, 24, 9, tzinfo=clock.COPENHAGEN), tick=False) as traveller:
        yield traveller


@pytest.fixture
def key(cast, loaded, frozen):
    return api_tokens.make(name="Intranet", expires_at=timezone.now() + timedelta(days=1), by=cast.management)[1]


@pytest.fixture
def ask(client, key):
    def get(address=REPORT, *, with_key=key, method="get", **more):
        return getattr(client, method)(address, headers={"authorization": f"Bearer {with_key}", **more})

    return get


def test_it_says_what_the_page_says_and_nothing_that_stays_inside(ask, cast, scripted_kinds):
    channel = Channel.objects.create(kind="scripted", name="X", slug="x")
    page = people.draft(Post, by=cast.writer, title="Hemmelig aktion", summary="Hemmelig tekst.")
    people.place(page, channel, due=timezone.now() + timedelta(days=2))
    people.approve(people.submit(page, by=cast.writer), by=cast.editor)
    found = dossier.gather(Strategy.objects.in_force(), quarter(2026, 4), timezone.now()).found

    answer = ask(f"{REPORT}?year=2026&quarter=4&by=channel")
    said = json.loads(answer.content)
    assert said["total"]["total"]["planned"] == found.total.total.counted["planned"] == 1
    (line,) = [line for line in said["lines"] if line["name"] == "X"]
    assert (line["total"]["planned"], line["planned"]) == (1, True)
    reach = said["figures"]["reach"][0]
    assert (reach["value"], reach["reason"]) == (None, "no_data") and said["total"]["target_reason"] == "no_target"
    table = ask(f"{REPORT}.csv?year=2026&quarter=4")
    rows = list(csv.DictReader(io.StringIO(table.content.decode())))
    assert sum(int(row["planned"]) for row in rows if row["section"] == "total" and row["key"]) <= 1
    for body in (answer.content.decode(), table.content.decode()):
        for inside in (
            "Hemmelig",
            cast.writer.username,
            cast.writer.last_name or "-?-",
            "court_declined",
            "2026-11-26",
        ):
            assert inside not in body
    assert {one["key"] for one in json.loads(ask("/api/coverage/definitions").content)["definitions"]} >= {"closed"}


def test_a_wrong_an_ended_and_a_taken_back_key_are_answered_alike(ask, client, cast, key, frozen):
    assert ask().status_code == 200
    refused = [client.get(REPORT), ask(with_key="pm_other"), ask(with_key="")]
    token = ApiToken.objects.get()
    assert token.last_used_at == timezone.now() and key not in json.dumps(list(ApiToken.objects.values()), default=str)
    assert api_tokens.take_back(token, timezone.now(), by=cast.management)
    refused.append(ask())
    ApiToken.objects.update(revoked_at=None)
    frozen.shift(timedelta(days=1))
    refused.append(ask())
    assert {(one.status_code, one.content, one["WWW-Authenticate"]) for one in refused} == {
        (401, b'{"error": "A valid key is needed."}', 'Bearer realm="coverage"')
    }


def test_it_only_reads_says_what_is_wrong_and_sends_nothing_twice(ask):
    assert {ask(method=one).status_code for one in ("post", "put", "patch", "delete", "options")} == {405}
    for wrong in (
        "year=26000",
        "quarter=1",
        "year=2026&quarter=5",
        "year=2026&month=1&quarter=1",
        "by=x",
        "strategy=1999",
    ):
        assert ask(f"{REPORT}?{wrong}").status_code == 400
    first = ask()
    again = ask(**{"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"") and "private" in again["Cache-Control"]


def test_a_key_asks_so_much_a_minute_and_no_more(ask, frozen):
    frozen.shift(timedelta(seconds=40))
    ApiToken.objects.update(minute=timezone.now().replace(second=0), asked=A_MINUTE - 1)
    assert [ask("/api/coverage/").status_code for _n in "12"] == [200, 429]
    assert ask("/api/coverage/")["Retry-After"] == "20"
    frozen.shift(timedelta(seconds=21))
    assert ask("/api/coverage/").status_code == 200


def test_management_makes_a_key_that_is_shown_once_and_takes_it_back(as_user, cast, loaded, refused):
    client, page = as_user("management"), reverse(KEYS)
    day = timezone.localdate() + timedelta(days=30)
    shown = client.post(page, {"name": "Intranet", "ends": day.isoformat()})
    key = shown.context["key"]
    assert key in shown.content.decode() and key not in client.get(page).content.decode()
    wrong = client.post(page, {"name": "Gammel", "ends": "2020-01-01"})
    assert wrong.context["form"].errors["ends"] and wrong.context["form"]["name"].value() == "Gammel"
    token = ApiToken.objects.get()
    client.post(reverse("campaigns_coverage:take_back_key", args=[token.pk]))
    token.refresh_from_db()
    assert token.revoked_at
    kinds = EvidenceRecord.objects.filter(subject=f"api_token:{token.pk}").values_list("kind", "actor")
    assert set(kinds) == {("token.made", "management"), ("token.taken_back", "management")}
    for other in ("writer", "editor", "prosecutor", "outsider"):
        assert refused(as_user(other).get(page))
        assert refused(as_user(other).post(reverse("campaigns_coverage:take_back_key", args=[token.pk])))
