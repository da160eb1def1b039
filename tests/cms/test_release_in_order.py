"""In order: chosen where the times are, kept outside the text, and seen on one screen as it happens."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from campaigns import ordering, planning
from campaigns.models import Placement, ReleasePlan
from publishing import sending
from publishing.models import Channel, Delivery, Follow, Release, State
from publishing.models.delivery import FAR
from tests import cast as people
from tests.cms.pageform import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def channels(cast, scripted_kinds):
    website = Channel.objects.filter(kind="website").first() or Channel.objects.create(
        kind="website", name="Website", slug="website"
    )
    others = [Channel.objects.create(kind="scripted", name=name, slug=name.lower()) for name in ("X", "Mastodon")]
    press = Channel.objects.create(
        kind="scripted_list", name="Press", slug="press", config={"recipients": ["a@avis.example"]}
    )
    return {"website": website, "press": press, "x": others[0], "mastodon": others[1]}


@pytest.fixture
def page(cast, channels):
    """Placed on all of them at the same time, the website last in the table."""
    page = people.draft(by=cast.writer)
    for name in ("x", "press", "mastodon", "website"):
        people.place(page, channels[name], due=timezone.now() + timedelta(hours=1))
    return page


def order(page):
    """What each channel waits for."""
    rows = Delivery.objects.filter(placements__page=page).select_related("channel", "follows__channel")
    return {row.channel.slug: row.follows and row.follows.channel.slug for row in rows}


def approved(page, cast):
    return people.approve(people.submit(page, by=cast.writer), by=cast.editor)


def test_the_website_goes_first_then_the_press_then_the_others(page, cast):
    ordering.choose(page.pk, (5, Release.Rule.HOLD_ALL), by=cast.planner)
    approved(page, cast)
    assert order(page) == {"website": None, "press": "website", "x": "press", "mastodon": "press"}
    assert set(Delivery.objects.filter(follow_mode=Follow.AFTER).values_list("follow_gap", flat=True)) == {300}
    assert Release.objects.get().first.channel.slug == "website"


def test_it_can_be_chosen_and_left_again_when_everything_is_planned(page, cast):
    page = approved(page, cast)
    latest = dict(Delivery.objects.values_list("channel__slug", "latest_at"))
    assert order(page) == dict.fromkeys(("website", "press", "x", "mastodon"))
    ordering.choose(page.pk, (0, Release.Rule.LET_FIT_GO), by=cast.planner)
    ordering.arrange(page.pk, by=cast.planner)
    assert order(page)["x"] == "press"
    assert Delivery.objects.get(channel__slug="x").latest_at is None
    ordering.choose(page.pk, None, by=cast.planner)
    ordering.arrange(page.pk, by=cast.planner)
    assert order(page) == dict.fromkeys(("website", "press", "x", "mastodon"))
    assert dict(Delivery.objects.values_list("channel__slug", "latest_at")) == latest


@pytest.mark.parametrize("choice", [None, (0, Release.Rule.HOLD_ALL)])
def test_what_changes_of_a_page_that_is_out_goes_however_long_ago_its_time_was(page, cast, choice):
    page = approved(page, cast)
    Delivery.objects.exclude(channel__slug="website").update(state=State.DELIVERED, next_at=FAR)
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        sending.send_due()
    ordering.choose(page.pk, choice, by=cast.planner)
    with time_machine.travel(timezone.now() + timedelta(days=40), tick=False):
        changed = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
        changed.summary = "Husk lys på cyklen nu."
        changed.save_revision(user=cast.writer)
        approved(type(page).objects.get(pk=page.pk), cast)
        sending.send_due()
    assert set(Delivery.objects.filter(channel__slug="website").values_list("state", flat=True)) == {State.DELIVERED}
    assert type(page).objects.get(pk=page.pk).summary == "Husk lys på cyklen nu."


def test_a_new_approval_keeps_the_order(page, cast):
    ordering.choose(page.pk, (0, Release.Rule.HOLD_ALL), by=cast.planner)
    page = approved(page, cast)
    page.summary = "Husk lys på cyklen nu."
    page.save_revision(user=cast.writer)
    approved(type(page).objects.get(pk=page.pk), cast)
    assert order(page) == {"website": None, "press": "website", "x": "press", "mastodon": "press"}
    assert Delivery.objects.filter(state=State.SCHEDULED).count() == 4


def test_a_channel_that_is_added_while_the_first_is_uncertain_waits_too(page, cast, channels):
    ordering.choose(page.pk, (0, Release.Rule.HOLD_ALL), by=cast.planner)
    page = approved(page, cast)
    Delivery.objects.filter(channel=channels["website"]).update(state=State.UNCERTAIN)
    Placement.objects.filter(page=page, channel=channels["press"]).delete()
    ordering.arrange(page.pk, by=cast.planner)
    assert order(page) == {"website": None, "x": "website", "mastodon": "website"}


def test_moving_the_first_moves_the_turn_of_the_others(page, cast, channels):
    ordering.choose(page.pk, (0, Release.Rule.HOLD_ALL), by=cast.planner)
    approved(page, cast)
    row = Placement.objects.get(page=page, channel=channels["website"])
    planning.move(row, due_at=timezone.now() + timedelta(hours=5), version=row.version, by=cast.planner)
    assert order(page)["x"] == "press"
    assert Delivery.objects.get(channel=channels["x"]).latest_at is None


def test_the_form_keeps_the_choice_and_autosave_too(page, cast, client):
    client.force_login(cast.writer)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client.post(url, filled(client, url, release_order="in_order", release_minutes="7", release_rule="fit"))
    plan = ReleasePlan.objects.get(page_id=page.pk)
    assert (plan.minutes, plan.rule) == (7, "fit")
    assert 'value="in_order"' in client.get(url).content.decode()
    client.post(url, filled(client, url, summary="Andet."))
    assert ReleasePlan.objects.get(page_id=page.pk).minutes == 7
    client.post(url, filled(client, url, release_order=""))
    assert not ReleasePlan.objects.exists()


def test_a_writer_does_not_change_the_order_of_what_is_planned(page, cast, client):
    page = approved(page, cast)
    client.force_login(cast.writer)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(url, filled(client, url, release_order="in_order"))
    assert answer.context["form"].errors["release_order"]
    assert not ReleasePlan.objects.exists()


class TestTheScreen:
    @pytest.fixture
    def release(self, page, cast):
        ordering.choose(page.pk, (0, Release.Rule.HOLD_ALL), by=cast.planner)
        approved(page, cast)
        return Release.objects.get()

    def url(self, release):
        return reverse("publishing_desk:release", args=[release.pk])

    def test_it_shows_every_channel_in_its_turn(self, release, cast, client):
        client.force_login(cast.duty)
        answer = client.get(self.url(release))
        names = [step.delivery.channel.slug for step in answer.context["steps"]]
        assert names[:2] == ["website", "press"]
        assert set(names[2:]) == {"x", "mastodon"}

    def test_the_rest_is_stopped_and_goes_on(self, release, cast, client):
        client.force_login(cast.duty)
        client.post(self.url(release), {"action": "stop"})
        assert set(Delivery.objects.values_list("state", flat=True)) == {State.HELD}
        client.post(self.url(release), {"action": "go_on"})
        sending.send_due()
        assert Delivery.objects.get(channel__slug="website").state == State.DELIVERED
        assert set(Delivery.objects.exclude(channel__slug="website").values_list("state", flat=True)) == {
            State.SCHEDULED
        }

    @pytest.mark.parametrize(("who", "status"), [("outsider", 302), ("prosecutor", 404)])
    def test_who_has_no_business_there_does_not_see_it(self, release, cast, client, who, status):
        client.force_login(getattr(cast, who))
        assert client.get(self.url(release)).status_code == status

    def test_a_writer_sees_it_and_presses_nothing(self, release, cast, client):
        client.force_login(cast.writer)
        answer = client.get(self.url(release))
        assert answer.status_code in (200, 302)
        assert client.post(self.url(release), {"action": "go_on"}).status_code in (302, 403)
        client.post(self.url(release), {"action": "stop"})
        assert set(Delivery.objects.values_list("state", flat=True)) == {State.SCHEDULED}

    def test_while_the_first_lies_aside_there_is_nothing_to_stop_and_each_obstacle_leads_to_its_channel(
        self, release, cast, client
    ):
        client.force_login(cast.duty)
        mastodon = Delivery.objects.get(channel__slug="mastodon")
        there = reverse("publishing_channels:show", args=[mastodon.channel_id])
        shown = client.get(self.url(release)).content.decode()
        assert 'value="stop"' in shown
        assert there not in shown
        Release.objects.update(findings={str(mastodon.pk): ["Adgangen er udløbet."]}, checked_at=timezone.now())
        Delivery.objects.filter(pk=release.first_id).update(state=State.HELD, next_at=FAR)
        shown = client.get(self.url(release)).content.decode()
        assert 'value="go_on"' in shown
        assert 'value="stop"' not in shown
        assert there in shown
        Release.objects.update(checked_at=None)  # it is looked over anew
        assert there not in client.get(self.url(release)).content.decode()

    def test_one_that_failed_has_a_button_to_decide_about_it(self, release, cast, client):
        client.force_login(cast.duty)
        x = Delivery.objects.get(channel__slug="x")
        button = f'button-secondary" href="{reverse("publishing_desk:delivery", args=[x.pk])}"'
        assert button not in client.get(self.url(release)).content.decode()
        Delivery.objects.filter(pk=x.pk).update(state=State.FAILED, next_at=FAR)
        assert button in client.get(self.url(release)).content.decode()
        Delivery.objects.filter(pk=x.pk).update(dismissed_at=timezone.now())
        assert button not in client.get(self.url(release)).content.decode()

    def test_how_long_after_the_one_before_it_goes_is_said(self, page, cast, client):
        ordering.choose(page.pk, (5, Release.Rule.HOLD_ALL), by=cast.planner)
        approved(page, cast)
        client.force_login(cast.duty)
        assert "5 minut" in client.get(self.url(Release.objects.get())).content.decode()
