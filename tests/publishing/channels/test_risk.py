"""Nothing is sent on a channel before somebody has recorded that the house may be there."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from publishing import adapters, channels, chronicle, guards, needs, risk, sending, standing, stopping
from publishing.adapters.limits import Limits
from publishing.models import Channel, Delivery, EvidenceRecord, State
from tests.publishing.scripted import Scripted

pytestmark = pytest.mark.django_db
WORDS = {"decided_by": "Anna And, chef", "decided_on": "2026-03-01", "why": "Borgerne er der. Sag 1234."}


class Network(Scripted):
    kind = "network"
    limits = Limits(characters=100, withdraw=True)


@pytest.fixture(autouse=True)
def network_kind(monkeypatch, kinds):
    monkeypatch.setitem(adapters.KINDS, "network", f"{__name__}.Network")
    guards.register("risk", risk.guard)


@pytest.fixture
def network(db):
    return Channel.objects.create(kind="network", name="Network", slug="network", health="ok")


def decide(channel):
    risk.decide(channel, decided_by="Anna And, chef", decided_on=date(2026, 3, 1), why="Borgerne er der.", by=None)


def page(channel):
    return reverse("publishing_channels:risk", args=[channel.pk])


def test_a_channel_that_nobody_has_decided_about_holds_and_says_why(network, schedule, script):
    delivery = schedule(on=network)
    sending.send_due()
    delivery.refresh_from_db()
    assert (delivery.state, script.sends) == (State.HELD, [])
    assert "Network" in delivery.state_reason
    assert stopping.obstacle(delivery) == delivery.state_reason  # releasing it would only hold it again
    decide(network)
    delivery.channel.refresh_from_db()
    sending.send_due()
    assert script.sends == []  # recorded is not released
    stopping.release(delivery, by=None)
    sending.send_due()
    assert len(script.sends) == 1


def test_the_guard_asks_the_database_nothing(network, schedule):
    delivery = schedule(on=network)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert risk.guard(delivery).code == "risk"
    assert len(queries) == 0


@pytest.mark.parametrize("spared", [{"dry_run": True}, {"used_before_decisions": True}, {"kind": "scripted"}])
def test_a_rehearsal_the_house_itself_and_what_was_used_before_go_on(network, schedule, spared):
    Channel.objects.update(**spared)
    network.refresh_from_db()
    assert risk.guard(schedule(on=network)) is None


def test_only_what_the_house_itself_shows_or_writes_down_needs_none():
    ours = [kind for kind, path in adapters.KINDS.items() if path.startswith("publishing.adapters.")]
    assert {kind for kind in ours if adapters.get(kind).limits.in_house} == {"website", "feed", "dry_run"}


def test_a_channel_that_had_sent_before_or_whose_decision_was_free_text_is_not_silenced(network, schedule, script):
    decide(network)
    schedule(on=network)
    sending.send_due()
    Channel.objects.update(risk_decided_on=None, risk_decision="")
    Channel.objects.create(kind="network", name="B", slug="b", risk_decision="Chefen, 2024")
    Channel.objects.create(kind="network", name="C", slug="c")
    forwards = import_module("publishing.migrations.0016_channels_that_were_used_before_decisions").forwards
    forwards(apps, None)
    spared = Channel.objects.filter(used_before_decisions=True)
    assert {channel.slug for channel in spared} == {"network", "b"}


def test_whoever_ends_the_rehearsal_is_told_that_nothing_goes_yet(as_user, network):
    Channel.objects.update(dry_run=True)
    asked = reverse("publishing_channels:act", args=[network.pk, "send-for-real"])
    assert "No risk decision is recorded" in as_user("admin").get(asked).content.decode()
    decide(network)
    assert "goes out to the public" in as_user("admin").get(asked).content.decode()


def test_what_is_taken_into_use_again_needs_its_decision(network):
    Channel.objects.update(used_before_decisions=True)
    channels.retire(network, forget_access=False, by=None)
    channels.reinstate(network, by=None)
    network.refresh_from_db()
    assert network.waits_for_decision


def test_who_when_and_why_are_recorded_from_the_page_and_kept_as_evidence(as_user, cast, network, schedule):
    schedule(on=network)
    sending.send_due()
    client = as_user("admin")
    shown = client.get(reverse("publishing_channels:show", args=[network.pk])).content.decode()
    assert page(network) in shown
    assert standing.badge(network).key == "undecided"
    answer = client.post(page(network), WORDS, follow=True)
    assert "1 post was held meanwhile" in answer.content.decode()
    network.refresh_from_db()
    assert (network.risk_decided_by, network.risk_decided_on) == ("Anna And, chef", date(2026, 3, 1))
    assert standing.badge(network).key == "ready"
    record = EvidenceRecord.objects.get(kind="channel.risk_decided")
    assert (record.actor, record.payload) == ("root", WORDS)
    [deed] = chronicle.of(network)
    assert "Anna And" in deed.detail
    assert "Sag 1234" in deed.detail
    assert "Anna And" in client.get(reverse("publishing_channels:show", args=[network.pk])).content.decode()
    client.post(page(network), {**WORDS, "why": "Set igen."})
    assert EvidenceRecord.objects.filter(kind="channel.risk_decided").count() == 2
    assert Delivery.objects.held().count() == 1


@pytest.mark.parametrize("missing", [{"why": " "}, {"decided_by": ""}, {"decided_on": "2999-01-01"}])
def test_a_decision_without_who_when_or_why_is_none(as_user, network, missing):
    assert as_user("admin").post(page(network), {**WORDS, **missing}).status_code == 422
    network.refresh_from_db()
    assert network.waits_for_decision


@pytest.mark.parametrize("key", ["writer", "editor", "duty", "prosecutor", "management"])
def test_whoever_does_not_manage_channels_decides_nothing(as_user, refused, network, key):
    client = as_user(key)
    for answer in (client.get(page(network)), client.post(page(network), WORDS)):
        assert answer.status_code == 404 if key == "prosecutor" else refused(answer)
    network.refresh_from_db()
    assert network.waits_for_decision


def test_whoever_manages_channels_is_told_and_nobody_else(cast, network):
    [group] = [group for group in needs.groups(cast.admin) if group.key == "channels"]
    assert [(row.title, row.url, row.action) for row in group.rows] == [
        ("Network", page(network), "Record the decision")
    ]
    assert not [group for group in needs.groups(cast.duty) if group.key == "channels"]
    decide(network)
    assert not [group for group in needs.groups(cast.admin) if group.key == "channels"]


def test_it_is_recorded_from_the_command_line_too(network, capsys):
    call_command("channels", "decide", "network", "--by", "Anna And", "--on", "2026-03-01", "--why", "Derfor.")
    network.refresh_from_db()
    assert (network.risk_decision, network.risk_decided_on) == ("Derfor.", date(2026, 3, 1))
    call_command("channels", "decide", "network", "--by", "Anna And", "--why", "Stadig.")
    network.refresh_from_db()
    assert timezone.localdate() - network.risk_decided_on < timedelta(days=1)
