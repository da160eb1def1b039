"""The channels in the admin: who sees what, what a form keeps, and what never stands in a page."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from publishing import adapters, channels, credentials, verifying
from publishing.models import Channel, EvidenceRecord
from publishing.views.channel_actions import ACTIONS

pytestmark = pytest.mark.django_db
MANAGERS, READERS, OTHERS = ("channels", "admin"), ("editor", "planner", "duty"), ("writer", "legal", "outsider")


def url(name, *args):
    return reverse(f"publishing_channels:{name}", args=args)


@pytest.fixture
def manager(as_user):
    return as_user("channels")


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def filled(client, page, **changes):
    """A form as the browser would send it: what stands in the fields, and what was typed."""
    form = client.get(page).context["form"]
    data = {}
    for field in form:
        value = field.value()
        if value is not None and value is not False and value != "":
            data[field.html_name] = value
    return {**data, **changes}


@pytest.mark.parametrize("key", [*MANAGERS, *READERS])
def test_who_plans_and_who_is_on_duty_sees_how_channels_stand(as_user, linked, key):
    client = as_user(key)
    for page in (url("list"), url("capabilities"), url("show", linked.pk), url("try", linked.pk)):
        assert client.get(page).status_code == 200


@pytest.mark.parametrize("key", OTHERS)
def test_others_see_nothing_of_them(as_user, linked, refused, key):
    client = as_user(key)
    for page in (url("list"), url("capabilities"), url("new"), url("show", linked.pk), url("try", linked.pk)):
        assert refused(client.get(page))


@pytest.mark.parametrize("key", [*READERS, *OTHERS])
def test_only_a_channel_manager_changes_anything(as_user, linked, refused, key):
    client = as_user(key)
    before = Channel.objects.filter(pk=linked.pk).values().get()
    for action in ACTIONS:
        assert refused(client.post(url("act", linked.pk, action), {"reason": "x"}))
    assert refused(client.get(url("edit", linked.pk)))
    assert refused(client.post(url("edit", linked.pk), {"name": "Mine"}))
    assert refused(client.post(url("add", "linked"), {"name": "Mine"}))
    assert Channel.objects.filter(pk=linked.pk).values().get() == before


def test_whoever_sees_that_a_channel_wants_somebody_reads_who_that_is(as_user, linked, cast):
    Channel.objects.update(health="fault", health_problem="Gone.")
    name = cast.channels.get_full_name() or cast.channels.get_username()
    assert name in as_user("duty").get(url("show", linked.pk)).context["keepers"]
    assert "channel__keepers" in as_user("duty").get(url("show", linked.pk)).content.decode()
    assert "channel__keepers" not in as_user("channels").get(url("show", linked.pk)).content.decode()


def test_readers_are_not_offered_what_they_may_not(as_user, linked):
    shown = text(as_user("editor").get(url("list"))) + text(as_user("editor").get(url("show", linked.pk)))
    for button in ("Verify now", "Add a channel", "Pause", "Connect"):
        assert f">{button}" not in shown


def states():
    now = timezone.now()
    return [
        ({}, "not verified yet"),
        ({"health": "ok"}, "ready"),
        ({"health": "fault", "health_problem": "The password is wrong."}, "needs attention"),
        ({"health": "ok", "dry_run": True}, "dry run"),
        ({"health": "fault", "paused_at": now, "paused_reason": "Moving house"}, "paused"),
        ({"retired_at": now, "paused_at": now}, "out of use"),
    ]


@pytest.mark.parametrize(("fields", "word"), states(), ids=[word for _fields, word in states()])
def test_each_state_is_a_word_and_a_shape_of_its_own_in_list_and_page(manager, linked, fields, word):
    Channel.objects.filter(pk=linked.pk).update(**fields)
    for page in (url("list"), url("show", linked.pk)):
        found = text(manager.get(page))
        badge = re.search(r'<span class="desk-badge" .*?</span>([^<]*)</span>', found)
        assert badge[1].strip() == word
        reason = fields.get("paused_reason") or fields.get("health_problem") or ""
        assert reason in found


def test_the_list_says_what_is_due_next_and_whose_access_ends(manager, linked, schedule):
    schedule(on=linked, due=timezone.now() + timedelta(hours=30))
    Channel.objects.filter(pk=linked.pk).update(access_expires_at=timezone.now() + timedelta(days=3))
    Channel.objects.exclude(pk=linked.pk).delete()
    shown = text(manager.get(url("list")))
    assert "nothing planned" not in shown
    assert "Connect it again before then." in shown
    assert "The access ends" in text(manager.get(url("show", linked.pk)))


def test_verify_now_enqueues_and_the_page_asks_again_until_the_answer_is_there(
    manager, linked, platform, bells, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = manager.post(url("act", linked.pk, "verify"), {"next": url("list")})
    assert answer.url == url("list")
    assert bells == [("publishing.verify_channel", linked.pk)]
    assert platform.seen == []
    for page in (url("list"), url("show", linked.pk)):
        waiting = manager.get(page)
        assert waiting["Refresh"] == "2"
        assert "asked" in text(waiting) or "asking" in text(waiting)
    verifying.verify(linked)
    assert "Refresh" not in manager.get(url("list"))
    assert "@politi" in text(manager.get(url("show", linked.pk)))


def test_a_page_does_not_ask_for_ever_when_no_worker_runs(manager, linked):
    channels.ask(linked)
    Channel.objects.update(asked_at=timezone.now() - timedelta(minutes=2))
    waiting = manager.get(url("show", linked.pk))
    assert "Refresh" not in waiting
    assert "No worker has answered yet." in text(waiting)


def test_an_address_elsewhere_is_no_place_to_go_next(manager, linked):
    answer = manager.post(url("act", linked.pk, "verify"), {"next": "https://evil.example/"})
    assert answer.url == url("show", linked.pk)


def test_pausing_asks_why_and_says_what_is_planned(manager, linked, schedule):
    schedule(on=linked, due=timezone.now() + timedelta(hours=1))
    assert "1 post is planned" in text(manager.get(url("act", linked.pk, "pause")))
    assert manager.post(url("act", linked.pk, "pause"), {"reason": ""}).status_code == 422
    manager.post(url("act", linked.pk, "pause"), {"reason": "Wrong picture"})
    linked.refresh_from_db()
    assert (linked.paused_reason, linked.paused_by_fault) == ("Wrong picture", False)
    manager.post(url("act", linked.pk, "resume"))
    linked.refresh_from_db()
    assert linked.paused_at is None


def test_what_cannot_be_done_is_said_and_does_nothing(manager, linked):
    answer = manager.post(url("act", linked.pk, "resume"), follow=True)
    assert "It is not paused." in text(answer)
    assert manager.post(url("act", linked.pk, "blow-up")).status_code == 404


def test_dry_run_and_out_of_use_and_back(manager, linked):
    for action, data in (("dry-run", {}), ("send-for-real", {}), ("retire", {}), ("reinstate", {})):
        manager.post(url("act", linked.pk, action), data)
    kinds = list(EvidenceRecord.objects.order_by("id").values_list("kind", "actor"))
    assert kinds == [
        ("channel.dry_run_on", "channels"),
        ("channel.dry_run_off", "channels"),
        ("channel.retired", "channels"),
        ("channel.reinstated", "channels"),
    ]
    assert bytes(Channel.objects.get(pk=linked.pk).encrypted_secrets)  # kept, so that a post can still be taken down


def test_the_kind_is_chosen_first_and_brings_its_own_fields(manager):
    assert url("add", "linked") in text(manager.get(url("new")))
    form = manager.get(url("add", "linked")).context["form"]
    assert {"setting-server", "setting-visibility", "secret-app_secret"} <= set(form.fields)
    assert form.fields["setting-visibility"].initial == "public"
    assert "http://testserver/admin/channels/connected/" in text(manager.get(url("add", "linked")))
    assert manager.get(url("add", "nothing-like-it")).status_code == 404


def test_a_channel_is_added_with_its_settings_and_its_secret(manager, bells, django_capture_on_commit_callbacks):
    data = filled(
        manager,
        url("add", "linked"),
        name="Ny kanal",
        gap="2.5",
        **{"setting-server": "https://x.example", "secret-app_secret": "hush-hush"},
    )
    with django_capture_on_commit_callbacks(execute=True):
        answer = manager.post(url("add", "linked"), data)
    channel = Channel.objects.get(name="Ny kanal")
    assert answer.url == url("show", channel.pk)
    assert (channel.slug, channel.minimum_gap, channel.kind) == ("ny-kanal", 150, "linked")
    assert channel.config == {"server": "https://x.example", "visibility": "public"}
    assert credentials.account_of(channel).secrets == {"app_secret": "hush-hush"}
    assert bells == []  # nobody has connected it yet
    shown = text(manager.get(answer.url))
    assert "not connected yet" in shown
    assert "Verify now" not in shown


def test_errors_stand_at_the_field_what_was_typed_stays_and_a_secret_must_be_typed_again(manager, linked):
    data = filled(
        manager,
        url("add", "linked"),
        name="Linked",
        quiet_from="22:00",
        concurrency="0",
        **{"setting-server": "", "secret-app_secret": "hush-hush"},
    )
    answer = manager.post(url("add", "linked"), data)
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert set(errors) == {"name", "quiet_until", "concurrency", "setting-server", "secret-app_secret"}
    assert "Type it again" in errors["secret-app_secret"][0]
    assert "hush-hush" not in answer.content.decode()
    assert 'value="22:00"' in answer.content.decode()
    assert Channel.objects.count() == 1


def test_a_secret_is_never_shown_again_and_left_empty_it_is_kept(manager, linked):
    manager.post(url("edit", linked.pk), filled(manager, url("edit", linked.pk), **{"secret-app_secret": "hush-hush"}))
    shown = manager.get(url("edit", linked.pk)).content.decode()
    assert "•••• set today at" in shown
    assert "hush-hush" not in shown
    data = filled(manager, url("edit", linked.pk), comments_policy="Read twice a day")
    assert "secret-app_secret" not in data
    manager.post(url("edit", linked.pk), data)
    linked.refresh_from_db()
    assert linked.comments_policy == "Read twice a day"
    assert credentials.account_of(linked).secrets["app_secret"] == "hush-hush"
    everything = text(manager.get(url("show", linked.pk))) + str(list(EvidenceRecord.objects.values()))
    assert "hush-hush" not in everything
    assert "Secret of the application (given)" in everything


def test_a_secret_is_forgotten_by_its_own_box(manager, linked):
    manager.post(url("edit", linked.pk), filled(manager, url("edit", linked.pk), **{"secret-app_secret": "hush-hush"}))
    manager.post(url("edit", linked.pk), filled(manager, url("edit", linked.pk), **{"forget-app_secret": "on"}))
    linked.refresh_from_db()
    assert "app_secret" not in credentials.account_of(linked).secrets
    assert "Secret of the application (forgotten)" in text(manager.get(url("show", linked.pk)))


def test_nothing_different_saves_nothing(manager, linked):
    Channel.objects.update(minimum_gap=300, quiet_from="22:00", quiet_until="06:00")
    answer = manager.post(url("edit", linked.pk), filled(manager, url("edit", linked.pk)), follow=True)
    assert "Nothing was different" in text(answer)
    assert not EvidenceRecord.objects.exists()


def test_two_people_at_once_the_second_is_told_and_keeps_what_was_typed(manager, linked):
    early = filled(manager, url("edit", linked.pk), comments_policy="Mine")
    manager.post(url("edit", linked.pk), filled(manager, url("edit", linked.pk), comments_policy="Theirs"))
    answer = manager.post(url("edit", linked.pk), early)
    assert answer.status_code == 422
    assert "Somebody else changed this channel" in text(answer)
    assert 'value="Mine"' in answer.content.decode()
    assert Channel.objects.get(pk=linked.pk).comments_policy == "Theirs"


def test_the_history_says_who_did_what_to_which_field(manager, linked):
    manager.post(url("edit", linked.pk), filled(manager, url("edit", linked.pk), gap="5", concurrency="2"))
    shown = text(manager.get(url("show", linked.pk)))
    assert "minimum gap in seconds: 0 → 300" in shown
    assert "sends at the same time: 1 → 2" in shown
    assert "<td>channels</td>" in shown


def test_a_number_that_is_none_is_refused_at_the_field(manager, db):
    data = filled(manager, url("add", "dry_run"), name="Dry", **{"setting-characters": "many"})
    answer = manager.post(url("add", "dry_run"), data)
    assert list(answer.context["form"].errors) == ["setting-characters"]


def test_an_empty_house_is_taught_what_a_channel_is(manager):
    assert "A channel is one account that posts are sent to" in text(manager.get(url("list")))


@pytest.mark.parametrize("sample", ["text", "link", "image"])
def test_trying_shows_the_very_requests_and_no_secret(manager, linked, platform, sample):
    shown = text(manager.get(url("try", linked.pk), {"what": sample}))
    assert f"POST {platform.url}/posts" in shown
    assert "Bearer ••••" in shown
    assert "access-old" not in shown
    assert platform.seen == []


def test_a_planned_post_can_be_tried_by_whoever_may_see_posts(as_user, linked, schedule, cast):
    delivery = schedule("Secret until noon", on=linked, due=timezone.now() + timedelta(hours=1))
    shown = text(as_user("editor").get(url("try", linked.pk), {"what": delivery.pk}))
    assert "&quot;text&quot;: &quot;Secret until noon&quot;" in shown
    cast.channels.groups.get().permissions.filter(codename="view_delivery").delete()
    hidden = as_user("channels").get(url("try", linked.pk), {"what": delivery.pk})
    assert "Secret until noon" not in text(hidden)


def test_every_kind_can_be_looked_at_before_it_is_set_up(manager, db):
    for kind in [kind for kind, path in adapters.KINDS.items() if path.startswith("publishing.adapters")]:
        assert manager.get(url("add", kind)).status_code == 200
        channel = Channel.objects.create(kind=kind, name=kind, slug=kind)
        for page in ("show", "edit", "try") if "validate" in vars(type(channel.adapter)) else ("show", "edit"):
            assert manager.get(url(page, channel.pk)).status_code == 200


def test_a_channel_that_is_not_set_up_says_what_is_missing_instead_of_a_try(manager, linked):
    Channel.objects.update(config={})
    assert "Still missing: Server." in text(manager.get(url("try", linked.pk)))


def test_the_capability_table_follows_the_limits(manager, linked):
    table = manager.get(url("capabilities")).context["by_channel"]
    rows = dict(table)
    assert rows["Characters"] == ["100"]
    assert rows["Counted"] == ["letters"]
    assert rows["Characters of alternative text"] == ["1,000"]
    assert rows["Taken down"] == ["yes"]
