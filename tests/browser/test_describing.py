"""What the library says of a picture is offered as its alternative text, where a writer chooses it; and no later."""

import pytest
from playwright.sync_api import expect

from cms.models import StoryIndex
from tests.newsroom import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def described(address):
    image = picture("torv.png")
    image.description = "Et torv i sol."
    image.save()
    return image


def pick(page, chooser, image, *, again=False):
    if again:
        page.locator(f"{chooser} [aria-label=Handlinger]").click()
    page.locator("[data-chooser-action-choose]:visible").and_(
        page.locator(f"{chooser} *, .w-dropdown__content *")
    ).first.click()
    page.locator(f".modal a[href*='/chosen/{image.pk}/']").click()
    expect(page.locator(".modal")).to_have_count(0)


def test_a_picture_brings_its_description_along_and_the_writer_decides(visit, cast, described, axe):
    bare = picture("IMG_0001.png", "teal")
    page = visit(f"/admin/pages/add/cms/story/{StoryIndex.objects.get().pk}/", user=cast.writer)
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.locator("[name=title]").fill("Torvet")
    alt, chooser = page.locator("[name=social_image_alt]"), "#id_social_image-chooser"
    pick(page, chooser, described)
    expect(alt).to_have_value("Et torv i sol.")
    expect(page.locator(".road-offered")).to_have_count(1)
    assert axe(page, "#id_social_image_alt-wrapper, .road-offered") == []
    pick(page, chooser, bare, again=True)
    expect(alt).to_have_value("")  # never the name of a file, nor what was said of another picture
    alt.fill("Torvet, set fra broen.")
    pick(page, chooser, described, again=True)
    expect(alt).to_have_value("Torvet, set fra broen.")
    expect(page.locator(".road-offered")).to_have_count(0)
    assert faults == [], "a field that is no picture changes too"


def test_further_pictures_bring_theirs(visit, cast, described):
    page = visit(f"/admin/pages/add/cms/story/{StoryIndex.objects.get().pk}/", user=cast.writer)
    page.locator("#id_more_images-OPEN_MODAL").click()
    page.locator(f".modal [type=checkbox][value='{described.pk}']").check()
    page.locator(".modal [data-multiple-choice-submit]").click()
    expect(page.locator("[name=more_images-0-alt]")).to_have_value("Et torv i sol.")
