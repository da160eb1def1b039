"""Writing for each channel, as a writer does it: at a desk and on a telephone, by mouse and by keyboard."""

import json

import pytest
from playwright.sync_api import expect

from cms.models import MoreImage, Post
from publishing.models import Channel
from tests import cast as people
from tests.newsroom import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def post(cast, address):
    photo = Channel.objects.create(
        kind="dry_run", name="Foto", slug="foto", config={"look": "photo", "characters": "100"}
    )
    short = Channel.objects.create(kind="dry_run", name="Kort", slug="kort", config={"characters": "50"})
    page = people.draft(Post, by=cast.writer, social_image=picture(), social_image_alt="Et torv.")
    page.more_images = [MoreImage(image=picture("bro.png", "teal"), alt="En bro.")]
    page.save_revision(user=cast.writer)
    for channel in (photo, short):
        people.place(page, channel)
    return page


def test_the_part_of_a_further_image_is_chosen_by_keyboard_and_shown(visit, cast, post, axe):
    page = visit(f"/admin/pages/{post.pk}/edit/", user=cast.writer)
    shown = page.frame_locator("#w-preview-iframe").first
    card = shown.locator(".card[data-name=Foto]")
    card.locator("[data-crop-open]").first.click()
    card.locator("[data-crop-open]").last.click()
    crop = card.locator(".crop:visible")
    expect(crop).to_have_count(1)
    crop.locator("[value='1/1']").check()
    crop.locator(".crop__box").focus()
    for key in ("ArrowLeft", "ArrowLeft", "-"):
        page.keyboard.press(key)
    assert axe(page, "#w-preview-iframe") == []
    crop.locator("[data-crop-use]").click()
    expect(card.locator("[data-crop-forget]")).to_be_attached()  # drawn anew from the form
    [box] = json.loads(page.locator("[name=variants-0-crops]").input_value()).values()
    x, _y, width, height = box
    assert width * 1700 == pytest.approx(height * 956, abs=2), "a square"
    assert 0 <= x < (1 - width) / 2, "to the left of the middle"
    whole, cut = (card.locator(".seen img").nth(number) for number in (0, 1))
    assert cut.get_attribute("width") == cut.get_attribute("height"), "the very picture that will leave"
    assert whole.get_attribute("width") != whole.get_attribute("height"), "the first one goes as before"


def test_on_a_telephone_the_room_is_told_under_the_text_and_a_card_leads_to_its_field(visit, cast, post):
    page = visit(f"/admin/pages/{post.pk}/edit/", user=cast.writer, width=390)
    page.locator("#id_summary").fill("Et opslag, som er længere end de halvtreds tegn, den korte har.")
    counts = page.locator(".road-counts li")
    expect(counts).to_have_count(2)
    expect(counts.filter(has_text="Kort")).to_have_attribute("data-over", "")
    page.locator("[data-side-panel-toggle=preview]").first.click()
    shown = page.frame_locator("#w-preview-iframe").first
    shown.locator(".tones [value=both]").check()
    expect(shown.locator(".seen__tone--twin:visible")).to_have_count(2)
    shown.locator(".card[data-name=Kort]").locator("[data-do=text]").first.click()
    text = page.locator("[name=variants-0-text]")
    expect(text).to_be_focused()
    text.fill("Kort nok.")
    expect(page.locator(".road-counts li").filter(has_text="Kort")).not_to_have_attribute("data-over", "")
