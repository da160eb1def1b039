"""STOP in the admin: one keystroke, a bar for everybody, and nothing goes by itself afterwards."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from publishing import labels, sending, stopping
from publishing.forms import READY_REASONS
from publishing.models import Delivery, State, StopOrder

pytestmark = pytest.mark.django_db
STOP, HELD, HOME = "publishing_desk:stop", "publishing_desk:held", "wagtailadmin_home"


def press(client, **data):
    return client.post(reverse(STOP), {"stop-scope": "all", **data})


@pytest.mark.parametrize("key", ["editor", "duty", "management", "admin"])
def test_who_may_stop_finds_the_button_on_every_page(as_user, key):
    page = as_user(key).get(reverse(HOME)).content.decode()
    assert 'aria-keyshortcuts="Control+Alt+S"' in page
    assert "data-duty-dialog" in page


@pytest.mark.parametrize("key", ["writer", "legal", "planner", "archive"])
def test_others_see_the_strip_but_no_button_and_cannot_stop(as_user, refused, key):
    client = as_user(key)
    page = client.get(reverse(HOME)).content.decode()
    assert "data-duty-words" in page
    assert "data-duty-dialog" not in page
    assert refused(client.get(reverse(STOP)))
    assert refused(press(client))
    assert not StopOrder.objects.exists()


def test_the_outsider_gets_nothing(as_user, refused):
    client = as_user("outsider")
    for name in ("stop", "held", "strip"):
        assert refused(client.get(reverse(f"publishing_desk:{name}")))
    assert refused(press(client))
    assert not StopOrder.objects.exists()


def test_stopping_needs_no_choice_and_no_reason(as_user, cast, schedule, script):
    schedule()
    assert press(as_user("duty")).status_code == 302
    sending.send_due()
    order = StopOrder.objects.get()
    assert (order.scope, order.by) == ("all", cast.duty)
    assert order.reason  # says that none was given
    assert script.sends == []


def test_ones_own_words_come_before_the_ready_reason(as_user):
    press(as_user("duty"), **{"stop-ready": "technical", "stop-text": "Forkert billede"})
    assert StopOrder.objects.get().reason == "Forkert billede"


def test_a_ready_reason_is_stored_as_it_was_read(as_user):
    press(as_user("duty"), **{"stop-ready": "technical"})
    assert StopOrder.objects.get().reason == str(dict(READY_REASONS)["technical"])


def test_the_dialog_gets_the_bar_back_and_no_redirect(as_user):
    client = as_user("duty")
    answer = client.post(reverse(STOP), {"stop-scope": "all"}, headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.status_code == 200
    assert "data-duty-stopped" in answer.content.decode()


def test_an_unknown_scope_stops_nothing_and_says_so(as_user):
    client = as_user("duty")
    answer = client.post(reverse(STOP), {"stop-scope": "x"}, headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.status_code == 422
    assert not StopOrder.objects.exists()


def test_pressing_twice_is_one_stop(as_user):
    client = as_user("duty")
    press(client)
    press(client)
    assert StopOrder.objects.count() == 1


def test_a_prosecutor_who_sees_only_their_reports_has_no_strip_and_cannot_stop(as_user, refused):
    client = as_user("prosecutor")
    assert "data-duty" not in client.get(reverse(HOME), follow=True).content.decode()
    assert refused(client.get(reverse(STOP)))
    assert refused(press(client))
    assert not StopOrder.objects.exists()


def test_the_bar_tells_everybody_who_when_why_and_how_many_went_out(as_user, cast, schedule):
    before = schedule("before")
    sending.send_due()
    order = stopping.hold_all(reason="Terror", by=cast.duty)
    urgent = schedule("urgent", operational=True)
    sending.send_due()
    assert [Delivery.objects.get(pk=item.pk).state for item in (before, urgent)] == [State.DELIVERED] * 2
    for key in ("writer", "legal", "management"):
        page = as_user(key).get(reverse(HOME)).content.decode()
        bar = page.split("data-duty-stopped")[1].split("</p>")[0]
        assert "Duty" in bar
        assert "Terror" in bar
        assert "1 " in bar
    stopping.lift(order, by=cast.duty)
    assert "data-duty-stopped" not in as_user("writer").get(reverse(HOME)).content.decode()


def test_the_strip_can_be_asked_for_alone(as_user):
    client = as_user("archive")
    stopping.hold_all(reason="Terror", by=None)
    answer = client.get(reverse("publishing_desk:strip"))
    assert "Terror" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_a_channel_and_a_label_can_be_stopped_alone(as_user, channel, monkeypatch):
    monkeypatch.setattr(labels, "_families", {})
    family = labels.Family(
        name_of=lambda label: "Black Week", choices=lambda: [("campaign:12", "Black Week")], heading=lambda: "Campaign"
    )
    labels.register("campaign", family)
    client = as_user("duty")
    press(client, **{"stop-scope": f"channel:{channel.pk}"})
    press(client, **{"stop-scope": "campaign:12"})
    page = client.get(reverse(HOME)).content.decode()
    assert "Black Week" in page
    assert StopOrder.objects.in_force().count() == 2


def test_lifting_sends_nothing(as_user, schedule, script, cast):
    schedule()
    order = stopping.hold_all(reason="Terror", by=cast.duty)
    sending.send_due()
    as_user("duty").post(reverse("publishing_desk:lift", args=[order.pk]))
    sending.send_due()
    assert not StopOrder.objects.in_force().exists()
    assert script.sends == []
    assert Delivery.objects.held().count() == 1


def test_only_who_may_release_can_lift(as_user, cast, refused):
    order = stopping.hold_all(reason="Terror", by=cast.duty)
    for key in ("management", "writer", "outsider"):
        assert refused(as_user(key).post(reverse("publishing_desk:lift", args=[order.pk])))
    assert StopOrder.objects.in_force().exists()


def test_the_strip_says_when_posts_do_not_move(as_user, schedule):
    schedule(due=timezone.now() - timedelta(minutes=5))
    page = as_user("writer").get(reverse(HOME)).content.decode()
    assert "duty__alarm" in page
