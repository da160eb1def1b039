"""One screen for the health of every channel: how each stands, and what to do about it in one sentence."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from publishing import adapters, conditions, next_steps, sending
from publishing.adapters import answers, quotas
from publishing.adapters.base import Limits, Receipt
from publishing.errors import NotAuthorised
from publishing.http import Response
from publishing.models import Channel, Delivery
from tests.publishing.linked import Linked

pytestmark = pytest.mark.django_db
NOW = timezone.now()
SEALED = {"encrypted_secrets": b"x", "secrets_set": {"access_token": NOW.isoformat()}}


class Elsewhere(Linked):
    kind = "elsewhere"
    limits = Limits(characters=100)


@pytest.fixture(autouse=True)
def elsewhere_kind(monkeypatch, kinds):
    monkeypatch.setitem(adapters.KINDS, "elsewhere", f"{__name__}.Elsewhere")


def made(kind="scripted", **facts):
    return Channel(pk=1, kind=kind, name="Kanalen", slug="kanalen", **{"health": "ok", **facts})


@pytest.mark.parametrize(
    ("channel", "tone", "label"),
    [
        (made(), "good", ""),
        (made(dry_run=True, health="unverified"), "good", ""),
        (made(health="unverified"), "notice", "Verify now"),
        (made(health="unverified", asked_at=NOW), "good", ""),
        (made(health="fault"), "alarm", "Change"),
        (made(paused_at=NOW), "notice", "Resume"),
        (made(paused_at=NOW, paused_by_fault=True), "alarm", "Verify and resume"),
        (made("elsewhere", paused_at=NOW, paused_by_fault=True, **SEALED), "alarm", "Connect again"),
        (made("elsewhere"), "notice", "Connect"),
        (made("elsewhere", health="fault", **SEALED), "alarm", "Connect again"),
        (made("elsewhere", access_expires_at=NOW + timedelta(days=3), **SEALED), "alarm", "Connect again"),
        (made("elsewhere", **SEALED), "alarm", "Record the decision"),
        (made("elsewhere", used_before_decisions=True, **SEALED), "notice", "Record the decision"),
        (made("elsewhere", risk_decided_on=NOW.date(), **SEALED), "good", ""),
        (made(not_before=NOW + timedelta(hours=1)), "notice", ""),
        (made(minimum_gap=600, last_begun_at=NOW), "good", ""),
    ],
)
def test_each_state_has_its_sentence_and_its_button(channel, tone, label):
    step = next_steps.of(channel, NOW)
    assert (step.tone, step.label) == (tone, label)
    assert step.sentence.endswith(".")
    assert bool(step.url) == bool(step.label)


@pytest.mark.parametrize(
    ("facts", "heard", "said"),
    [
        ({}, {}, ""),
        ({"learnt": {"quota_used": 3, "quota_total": 100}}, {}, "97 of 100 when it was verified"),
        ({}, {"left": 7, "of": 100, "until": (NOW + timedelta(hours=1)).isoformat()}, "7 of 100 until"),
        ({}, {"left": 7, "of": 100, "until": (NOW - timedelta(hours=1)).isoformat()}, ""),
        ({"not_before": NOW + timedelta(hours=1)}, {"left": 0, "of": 100}, "used up until"),
    ],
)
def test_what_is_left_of_the_quota_is_what_was_told_and_never_what_is_over(facts, heard, said):
    found = conditions.quota(made(**facts), heard, NOW)
    assert found.startswith(said) if said else found == ""


def test_the_quota_is_heard_from_the_answer_to_the_post_and_stands_with_its_proof(channel, schedule, monkeypatch):
    reset = str(int((timezone.now() + timedelta(minutes=10)).timestamp()))
    headers = {"x-ratelimit-remaining": "97", "x-ratelimit-limit": "100", "x-ratelimit-reset": reset}

    def send(self, account, message, key):
        answers.check(Response(200, {**headers, "x-ratelimit-remaining": "3"}), answers.Platform())  # an upload
        answers.check(Response(201, headers, effect=True), answers.Platform())
        return Receipt("1")

    monkeypatch.setattr("tests.publishing.scripted.Scripted.send", send)
    delivery = schedule()
    sending.send_due()
    told = Delivery.objects.get(pk=delivery.pk).receipt.details["quota"]
    assert (told["left"], told["of"]) == (97, 100)
    [found] = conditions.all_of(timezone.now())
    assert found.quota.startswith("97 of 100")
    assert quotas.told({}, "x-ratelimit", NOW) == {}


def test_whoever_needs_somebody_stands_first_and_the_screen_costs_two_queries(channel, schedule, script):
    Channel.objects.update(health="ok")
    schedule(due=timezone.now() + timedelta(hours=1))
    for number in range(5):
        Channel.objects.create(kind="scripted", name=f"B{number}", slug=f"b{number}", health="ok")
    Channel.objects.filter(slug="b3").update(health="fault", health_problem="Wrong password.")
    Channel.objects.filter(slug="b4").update(paused_at=NOW, paused_reason="Holiday")
    with CaptureQueriesContext(connection) as queries:
        found = conditions.all_of(timezone.now())
    assert [item.channel.name for item in found] == ["B3", "B4", "B0", "B1", "B2", "Scripted"]
    assert found[-1].planned == 1
    assert len(queries) == 2


def test_the_button_is_for_whoever_may_and_others_are_told_who_can(as_user, cast, channel, schedule, script):
    script.answers = [NotAuthorised("The token is gone.")]
    schedule()
    sending.send_due()
    url = reverse("publishing_desk:health")
    page = as_user("admin").get(url).content.decode()
    assert "The token is gone." in page
    act = reverse("publishing_channels:act", args=[channel.pk, "resume"])
    assert f'action="{act}"' in page
    others = as_user("duty").get(url).content.decode()
    assert act not in others
    assert "Det kan de kanalansvarlige gøre." in others
    answer = as_user("admin").post(act, {"next": url})
    assert answer.url == url
    assert as_user("admin").get(url)["Refresh"]  # the platform is being asked: the page looks again
