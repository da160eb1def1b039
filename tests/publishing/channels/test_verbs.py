"""What people do with channels, and what is never done by itself."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from publishing import channels, claiming, credentials, sending, setting_up, standing, stopping, verifying
from publishing.errors import NotAuthorised
from publishing.models import Channel, Delivery, EvidenceRecord, State
from publishing.scheduling import NotPossible

pytestmark = pytest.mark.django_db


def facts(channel):
    """(what, who) of everything written down about a channel, in order."""
    rows = EvidenceRecord.objects.filter(subject=f"channel:{channel.pk}").order_by("id")
    return [(row.kind.removeprefix("channel."), row.actor) for row in rows]


def give(linked, **changes):
    known = {
        "version": linked.version,
        "fields": {},
        "config": dict(linked.config),
        "secrets": {},
        "by": None,
    }
    return setting_up.change(linked, **{**known, **changes})


def test_paused_nothing_begins_and_resuming_sends_nothing_of_what_was_held(channel, schedule, script, cast):
    channels.pause(channel, reason="Wrong account", by=cast.admin)
    schedule()
    sending.send_due()
    assert channels.resume(channel, by=cast.admin)
    sending.send_due()
    assert script.sends == []
    assert Delivery.objects.held().get().state_reason == "Wrong account"
    assert facts(channel) == [("paused", "root"), ("resumed", "root")]


def test_what_came_due_while_paused_is_held_even_when_no_worker_looked(channel, schedule, script):
    channels.pause(channel, reason="Wrong account", by=None)
    schedule()
    later = schedule("later", due=timezone.now() + timedelta(hours=1))
    channels.resume(channel, by=None)
    sending.send_due()
    assert script.sends == []
    assert Delivery.objects.held().count() == 1
    later.refresh_from_db()
    assert later.state == State.SCHEDULED


@pytest.mark.parametrize("obstacle", ["pause", "stop"])
def test_what_a_worker_had_claimed_already_does_not_go_when_the_obstacle_is_gone(channel, schedule, script, obstacle):
    schedule()
    batch = claiming.claim(channel.pk, worker=claiming.worker_name(), now=timezone.now(), limit=5)
    if obstacle == "pause":
        channels.pause(channel, reason="Wrong account", by=None)
        channels.resume(channel, by=None)
    else:
        stopping.lift(stopping.hold_all(reason="Terror", by=None), by=None)
    sending.send_batch(batch, until=float("inf"))
    assert script.sends == []
    assert Delivery.objects.held().count() == 1


def test_pausing_and_resuming_twice_says_so(channel):
    channels.pause(channel, reason="x", by=None)
    with pytest.raises(NotPossible, match="paused already"):
        channels.pause(channel, reason="y", by=None)
    channels.resume(channel, by=None)
    with pytest.raises(NotPossible, match="not paused"):
        channels.resume(channel, by=None)


@pytest.fixture
def refused(linked, platform, schedule):
    """A channel that was paused because the platform refused its access."""
    platform.renewable.clear()
    schedule(on=linked)
    sending.send_due()
    linked.refresh_from_db()
    assert (linked.paused_by_fault, linked.health) == (True, "fault")
    return linked


def test_after_a_fault_resuming_asks_first_and_a_bad_answer_leaves_it_paused(refused, bells, cast):
    assert not channels.resume(refused, by=cast.admin)
    verifying.verify(refused)
    refused.refresh_from_db()
    assert refused.paused_at is not None
    assert not refused.resume_when_verified
    assert refused.asked_at is None


def test_new_access_ends_the_pause_only_once_the_platform_says_that_all_is_well(refused, platform, bells, schedule):
    platform.access.add("good")
    with pytest.raises(NotAuthorised):
        credentials.fresh_account(refused)
    setting_up.connected(refused, {"access_token": "good", "good_until": ""}, version=refused.version, by=None)
    assert refused.paused_at is not None
    verifying.verify(refused)
    refused.refresh_from_db()
    assert (refused.paused_at, refused.health, refused.account_name) == (None, "ok", "@politi")
    sending.send_due()
    assert platform.asked("POST", "/posts") == []  # what was held stays held
    assert Delivery.objects.held().count() == 1


def test_a_good_answer_alone_never_ends_a_pause(linked, platform):
    channels.pause(linked, reason="Wrong account", by=None)
    verifying.verify(linked)
    linked.refresh_from_db()
    assert linked.health == "ok"
    assert linked.paused_at is not None


def test_dry_run_is_switched_with_evidence_and_verified_when_it_ends(channel, bells, cast):
    channels.set_dry_run(channel, True, by=cast.admin)
    with pytest.raises(NotPossible):
        channels.set_dry_run(channel, True, by=cast.admin)
    channels.set_dry_run(channel, False, by=cast.admin)
    assert facts(channel) == [("dry_run_on", "root"), ("dry_run_off", "root")]
    channel.refresh_from_db()
    assert channel.asked_at is not None


def test_a_retired_channel_keeps_its_history_and_sends_nothing(linked, schedule, platform):
    sent, planned = schedule("sent", on=linked), schedule("x", on=linked, due=timezone.now() + timedelta(hours=1))
    sending.send_due()
    channels.retire(linked, forget_access=True, by=None)
    Delivery.objects.filter(pk=planned.pk).update(due_at=timezone.now(), next_at=timezone.now())
    sending.send_due()
    linked.refresh_from_db()
    assert [Delivery.objects.get(pk=row.pk).state for row in (sent, planned)] == [State.DELIVERED, State.HELD]
    assert (bytes(linked.encrypted_secrets), linked.secrets_set) == (b"", {})
    assert linked not in Channel.objects.usable()
    channels.reinstate(linked, by=None)
    assert linked in Channel.objects.usable()


def test_a_change_is_evidence_that_names_the_field_and_never_a_secret(linked, cast):
    changed = give(
        linked,
        fields={"minimum_gap": 300},
        config={**linked.config, "visibility": "unlisted"},
        secrets={"app_secret": "hush-hush"},
        by=cast.admin,
    )
    assert changed == ["minimum_gap", "setting:visibility", "secret:app_secret"]
    record = EvidenceRecord.objects.get(kind="channel.changed")
    assert record.actor == "root"
    assert record.payload == {
        "fields": {"minimum_gap": [0, 300]},
        "settings": ["visibility"],
        "secrets": ["app_secret"],
        "secrets_forgotten": [],
    }
    assert credentials.account_of(linked).secrets["app_secret"] == "hush-hush"


def test_with_another_set_up_what_was_learnt_is_dropped_and_the_platform_asked_again(linked, bells):
    verifying.verify(linked)
    assert linked.learnt == {"most": 500}
    assert linked.account().config["most"] == 500
    give(linked, fields={"comments_policy": "Closed"}, config={"server": linked.config["server"]})
    assert linked.learnt == {"most": 500}  # nothing of the set-up changed
    give(linked, config={"server": "https://elsewhere.example"})
    assert (linked.config, linked.learnt) == ({"server": "https://elsewhere.example"}, {})
    assert (linked.health, linked.account_name) == ("unverified", "")
    assert linked.asked_at is not None


def test_a_secret_can_be_forgotten(linked):
    give(linked, secrets={"app_secret": "hush"})
    give(linked, forget=["app_secret"])
    assert "app_secret" not in credentials.account_of(linked).secrets
    assert "app_secret" not in linked.secrets_set
    assert credentials.account_of(linked).secrets["access_token"] == "access-old"


def test_who_read_the_channel_before_somebody_elses_change_changes_nothing(linked):
    early = Channel.objects.get(pk=linked.pk)
    give(linked, fields={"minimum_gap": 60})
    with pytest.raises(setting_up.Overtaken):
        give(early, fields={"minimum_gap": 120})
    with pytest.raises(setting_up.Overtaken):
        setting_up.connected(early, {"access_token": "x"}, version=early.version, by=None)
    assert Channel.objects.get(pk=linked.pk).minimum_gap == 60


def test_a_new_channel_is_asked_at_once_and_its_secrets_are_sealed(db, django_capture_on_commit_callbacks, bells):
    with django_capture_on_commit_callbacks(execute=True):
        channel = setting_up.add(
            Channel(kind="scripted", name="New", slug=uuid.uuid4().hex), secrets={"app_secret": "hush-hush"}, by=None
        )
    assert bells == [("publishing.verify_channel", channel.pk)]
    row = Channel.objects.filter(pk=channel.pk).values().get()
    assert b"hush" not in bytes(row["encrypted_secrets"])
    assert list(row["secrets_set"]) == ["app_secret"]


def test_a_channel_that_nobody_has_connected_yet_is_no_fault_and_is_not_asked(
    db, django_capture_on_commit_callbacks, bells
):
    with django_capture_on_commit_callbacks(execute=True):
        channel = setting_up.add(
            Channel(kind="linked", name="New", slug="new", config={"server": "https://x.example"}),
            secrets={"app_secret": "hush-hush"},
            by=None,
        )
        give(channel, config={"server": "https://y.example"})
    assert (bells, verifying.due(timezone.now())) == ([], [])
    assert (standing.badge(channel).key, channel.asked_at) == ("unconnected", None)
    with django_capture_on_commit_callbacks(execute=True):
        setting_up.connected(channel, {"access_token": "x"}, version=channel.version, by=None)
    assert bells == [("publishing.verify_channel", channel.pk)]
    assert standing.badge(channel).key == "unverified"
