"""A day at the planning desk without a mouse: whatever is done, Tab gets there and Enter does it. In the demo."""

import csv
import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from campaigns.importing import template
from campaigns.models import Campaign, ClosedPeriod, Placement, PlanTemplate, SavedView, Series, TonightRead
from cms.models import DigestWish
from publishing.models import Delivery, State, StopOrder

pytestmark = [pytest.mark.screens, pytest.mark.django_db(transaction=True)]
FURTHEST = 150  # as often as anybody would press Tab
HERE = "wanted => wanted === document.activeElement"


class Hands:
    """Both on the keyboard. ``to`` fails where Tab does not lead."""

    def __init__(self, page):
        self.page = page

    def to(self, selector, **which):
        wanted = self.page.locator(selector, **which).first
        expect(wanted).to_be_visible()
        for _press in range(FURTHEST):
            if wanted.evaluate(HERE):
                return wanted
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {selector}.")

    def type(self, selector, text):
        self.to(selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def set(self, selector, value):
        """A date or a time: its parts stand in the order of the browser's language."""
        self.to(selector).fill(value)

    def press(self, selector, key="Enter", **which):
        self.to(selector, **which)
        self.page.keyboard.press(key)


@pytest.fixture
def sit_down(visit, address, demo):
    def sit(username, path):
        return Hands(visit(path, user=get_user_model().objects.get(username=username), width=1440))

    return sit


def in_days(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_a_slot_is_added_to_a_campaign_and_its_draft_begun(sit_down):
    campaign = Campaign.objects.order_by("pk").first()
    hands = sit_down("redaktor", reverse("campaigns_plans:plan", args=[campaign.pk]))
    hands.press(f"main a.button[href^='{reverse('campaigns_plans:new_slot')}']")
    hands.page.wait_for_url("**/slots/new/**")
    hands.type("#id_title", "Reflekser til børn")
    hands.press("#id_channel", "ArrowDown")
    hands.set("#id_day", in_days(40))
    hands.set("#id_time", "10:20")
    hands.page.keyboard.press("Enter")
    hands.press("a.cal-item", has_text="Reflekser til børn")
    hands.press("main a.button >> nth=0")
    hands.press("main form.plan-form button[type=submit]")
    hands.page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    slot = Placement.objects.get(page__draft_title__contains="Reflekser til børn")
    assert slot.campaign == campaign and timezone.localtime(slot.due_at).minute == 20


def test_a_meeting_gets_its_posts_from_a_template_and_a_campaign_is_copied(sit_down):
    before = Placement.objects.count()
    found = PlanTemplate.objects.get(name="Borgermøde")
    hands = sit_down("redaktor", reverse("campaigns_plans:use_template", args=[found.pk]))
    hands.type("#id_title", "Borgermøde i Valby")
    hands.set("#id_day", in_days(60))
    hands.press("input[name=channels] >> nth=0", "Space")
    hands.press("main form[method=get] button[type=submit]")
    hands.press("main form[method=post] button[type=submit]")
    hands.page.wait_for_url(re.compile(r"/admin/plans/\d+/"))
    made = Placement.objects.count() - before
    assert made >= 4
    hands.press(f"main a.button[href$='{reverse('campaigns_plans:copy', args=[Campaign.objects.latest('pk').pk])}']")
    hands.press("main form[method=post] button[type=submit]")
    hands.page.wait_for_url(re.compile(r"/admin/plans/\d+/$"))
    assert Placement.objects.count() == before + 2 * made


def test_a_series_is_set_up_in_words_and_one_of_it_left_out(sit_down):
    hands = sit_down("redaktor", reverse("campaigns_series:add"))
    hands.type("#id_title", "Natteravnene")
    hands.press("input[name=channels] >> nth=0", "Space")
    for day in (4, 5):
        box = hands.to(f"input[name=weekdays] >> nth={day}")
        if not box.is_checked():
            hands.page.keyboard.press("Space")
    hands.set("#id_at", "21:00")
    hands.set("#id_starts_on", in_days(3))
    expect(hands.page.locator("[data-series-words]")).to_contain_text("fredag og lørdag")
    hands.press("main form .desk-buttons button[type=submit]")
    hands.page.wait_for_url(re.compile(r"/admin/series/\d+/$"))
    series = Series.objects.get(title="Natteravnene")
    hands.press("main form[action*='skip'] button")
    expect(hands.page.locator("main")).to_contain_text("sprunget over")
    assert series.occurrences.filter(skipped_at__isnull=False).count() == 1


def test_a_plan_is_brought_in(sit_down, tmp_path):
    path = tmp_path / "plan.csv"
    lines = [template.heading(), *template.rows(timezone.localdate())]
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file, delimiter=";").writerows(lines)
    hands = sit_down("redaktor", reverse("campaigns_calendar:bring_in"))
    with hands.page.expect_file_chooser() as chooser:
        hands.press("#id_file")
    chooser.value.set_files(path)
    hands.press("main form button[type=submit]")
    hands.page.wait_for_url(re.compile(r"/bring-in/.+/"))
    hands.to("main button[name=discard]")


def test_the_tone_is_checked_tonight_is_read_and_everything_is_stopped(sit_down):
    hands = sit_down("vagt", reverse("campaigns_calendar:tone"))
    unread = hands.page.locator(".tone-item form").count()
    hands.press(".tone-item form button")
    expect(hands.page.locator(".tone-item form")).to_have_count(unread - 1)
    hands.page.goto("/admin/")
    reads = "form[action$='/tonight/read/'] button"
    with hands.page.expect_navigation():
        hands.press(reads)
    expect(hands.page.locator(reads)).to_have_count(0)
    assert TonightRead.objects.filter(by__username="vagt").exists()
    hands.page.keyboard.press("Control+Alt+s")
    hands.press("dialog button.duty-dialog__go")
    expect(hands.page.locator("dialog[open]")).to_have_count(0)
    assert StopOrder.objects.filter(lifted_at__isnull=True, by__username="vagt").exists()


def test_a_view_of_the_calendar_is_kept_and_opened_again(sit_down):
    hands = sit_down("redaktor", reverse("campaigns_calendar:list") + "?state=draft&mine=on")
    hands.type(".cal-bar__keep input[name=name]", "Mine kladder")
    hands.page.keyboard.press("Enter")
    expect(hands.page.locator("main")).to_contain_text("Mine kladder")
    hands.page.goto(reverse("campaigns_calendar:month"))
    hands.press("main a", has_text="Mine kladder")
    hands.page.wait_for_url("**/list/**")
    assert SavedView.objects.get(name="Mine kladder").user.username == "redaktor"
    hands.press("main form[action*='/forget/'] button")
    expect(hands.page.get_by_text("Mine kladder", exact=True)).to_have_count(0)


def test_a_time_is_closed_for_a_topic(sit_down):
    hands = sit_down("redaktor", reverse("closedperiod:add"))
    hands.type("#id_title", "Prøvealarm")
    hands.type("#id_starts_at", f"{timezone.localdate() + timedelta(days=9):%d.%m.%Y} 08:00")
    hands.page.keyboard.press("Escape")  # the chooser of dates covers what comes next
    hands.type("#id_ends_at", f"{timezone.localdate() + timedelta(days=9):%d.%m.%Y} 12:00")
    hands.page.keyboard.press("Escape")
    hands.type("#id_reason", "Sirenerne prøves.")
    hands.type("#id_words", "sirene*")
    hands.press("main form footer button[type=submit], main form button[type=submit].button >> nth=0")
    hands.page.wait_for_url(re.compile(r"closedperiod/$"))
    assert ClosedPeriod.objects.get(title="Prøvealarm").words == "sirene*"


def test_the_letters_about_what_waits_are_chosen(sit_down):
    hands = sit_down("vagt", reverse("wagtailadmin_account") + "#tab-notifications")
    hands.to("#id_digest-rhythm").select_option(index=2)
    hands.press("main form button[type=submit] >> nth=-1")
    hands.page.wait_for_load_state()
    assert DigestWish.objects.filter(user__username="vagt").exists()


def test_what_was_held_is_decided_item_by_item(sit_down):
    hands = sit_down("vagt", reverse("publishing_desk:held"))
    held = Delivery.objects.held().count()
    hands.press("main input[name=chosen] >> nth=0", "Space")
    chosen = hands.page.locator("main input[name=chosen]:checked").get_attribute("value")
    hands.press("main button[value=drop]")
    expect(hands.page.locator("main input[name=confirmed]")).to_have_count(1)
    hands.press("main form button[type=submit] >> nth=0")
    expect(hands.page.locator(f"main input[name=chosen][value='{chosen}']")).to_have_count(0)
    assert Delivery.objects.get(pk=chosen).state == State.CANCELLED and Delivery.objects.held().count() <= held
