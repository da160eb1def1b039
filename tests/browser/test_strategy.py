"""Strategy and coverage in a real browser: readable on a telephone, decided by keyboard, nothing from outside."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from campaigns import loading
from campaigns.models import FocusArea, FocusMapping, Strategy
from cms.models import Post, StoryIndex
from publishing.models import Channel
from tests import cast as people

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def loaded(cast):
    loading.load()
    return Strategy.objects.get()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["initiative", "focusmapping", "anomalies", "strategy", "campaigns_coverage", "next"])
def test_every_page_is_accessible(visit, cast, axe, loaded, name, width):
    url = reverse("strategy:next_year", args=[loaded.pk]) if name == "next" else reverse(f"{name}:index")
    window = visit(url, user=cast.editor, width=width)
    assert axe(window) == []


def test_mappings_are_selected_and_confirmed_by_keyboard(visit, cast, loaded):
    window = visit(reverse("focusmapping:index"), user=cast.editor)
    boxes = window.locator("[data-bulk-action-checkbox]")
    for place in (0, 1):
        boxes.nth(place).focus()
        window.keyboard.press("Space")
    button = window.locator("[data-bulk-action-footer] a[href*='/confirm/']")
    expect(button).to_be_visible()
    button.focus()
    window.keyboard.press("Enter")
    window.locator(".nice-padding form button[type=submit]").focus()
    window.keyboard.press("Enter")
    window.wait_for_url("**/admin/focusmapping/")
    assert FocusMapping.objects.filter(status="confirmed", decided_by=cast.editor).count() == 2


def test_one_click_decides_and_comes_back_to_the_filtered_listing(visit, cast, loaded):
    area = FocusArea.objects.get(key="trivsel")
    window = visit(f"{reverse('focusmapping:index')}?focus_area={area.pk}", user=cast.editor)
    window.locator(".strategy-decide button[value=rejected]").first.click()
    window.wait_for_url(f"**/focusmapping/?focus_area={area.pk}")
    assert FocusMapping.objects.filter(status="rejected", focus_area=area).count() == 1


def test_an_initiative_is_chosen_by_number_in_the_story_form(visit, cast, loaded):
    url = reverse("wagtailadmin_pages:add", args=["cms", "story", StoryIndex.objects.get().pk])
    window = visit(url, user=cast.writer)
    window.locator("#id_initiative_tags-OPEN_MODAL").click()
    window.locator(".modal-content [name=q]").fill("1132")
    row = window.locator(".modal-content input[type=checkbox]")
    expect(row).to_have_count(1)
    row.check()
    window.locator("[data-multiple-choice-submit]").click()
    chosen = window.locator("#id_initiative_tags-0-initiative-chooser, [id^=inline_child_initiative_tags-0]").first
    expect(chosen).to_contain_text("1132")


def test_a_definition_opens_by_keyboard_and_a_number_leads_to_its_stories(visit, cast, axe, loaded, scripted_kinds):
    channel = Channel.objects.create(kind="scripted", name="Rigtig", slug="real")
    page = people.draft(Post, by=cast.writer, title="Lys på", focus_area=FocusArea.objects.get(key="trivsel"))
    due = timezone.now().replace(microsecond=0) - timedelta(seconds=1)
    people.place(page, channel, due=due, latest_at=due + timedelta(hours=1))
    people.approve(people.submit(page, by=cast.writer), by=cast.editor)
    call_command("send_due", verbosity=0)
    window = visit(reverse("campaigns_coverage:index"), user=cast.management)
    definition = window.locator("thead .define").first
    definition.locator("summary").focus()
    window.keyboard.press("Enter")
    expect(definition.locator("p")).to_be_visible()
    window.keyboard.press("Enter")
    window.locator(".coverage-part[data-fate=fate-sent]").first.click()
    expect(window.locator(".coverage-stories tbody th")).to_have_text("Lys på")
    window = visit(reverse("campaigns_coverage:keys"), user=cast.management)
    window.locator("#id_name").fill("Regneark")
    window.keyboard.press("Enter")
    expect(window.locator("#new-key")).to_have_value(re.compile("^pm_"))
    assert axe(window) == []
