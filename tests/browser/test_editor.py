"""The editor in a real browser, where it saves by itself."""

import time

import pytest
from playwright.sync_api import expect

from cms.models import Post, PostIndex
from publishing.models import Channel

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SEND_MEANWHILE = "setTimeout(() => document.querySelector('[data-edit-form]').requestSubmit(), 2200)"


def test_who_sends_while_a_new_page_is_being_saved_makes_one_page(visit, cast):
    page = visit(f"/admin/pages/add/cms/post/{PostIndex.objects.get().pk}/", user=cast.writer)
    saved = []

    def slowly(route):
        request = route.request
        if request.method == "POST" and request.resource_type == "fetch" and "preview" not in request.url:
            answer = route.fetch()  # the server has made the page, and the browser does not know yet
            saved.append(answer.status)
            time.sleep(3)
            return route.fulfill(response=answer)
        return route.continue_()

    page.route("**/admin/pages/**", slowly)
    page.locator("[name=title]").fill("Lygter på cykle")
    page.keyboard.press("Tab")
    page.wait_for_timeout(3000)  # the editor compares with what was there when it opened
    page.evaluate(SEND_MEANWHILE)
    page.locator("[name=title]").press("End")
    page.keyboard.type("n")
    page.keyboard.press("Tab")
    page.wait_for_timeout(6000)
    expect(page.locator(".messages .success")).to_be_visible()
    assert saved == [200], "it was saved by itself meanwhile"
    assert Post.objects.filter(title="Lygter på cyklen").count() == 1


def test_what_is_no_date_stays_as_it_was_typed(visit, cast):
    page = visit(f"/admin/pages/add/cms/post/{PostIndex.objects.get().pk}/", user=cast.writer)
    page.locator("#id_placements-ADD").click()
    for name, typed in {"placements-0-due_at": "i morgen kl. 9", "review_date": "31.02.2027"}.items():
        field = page.locator(f"[name={name}]")
        field.fill(typed)
        page.keyboard.press("Escape")
        page.keyboard.press("Tab")
        page.wait_for_timeout(300)
        assert field.input_value() == typed


def test_after_a_refused_save_the_cards_follow_what_is_typed_and_it_is_saved_by_itself(visit, cast):
    page = visit(f"/admin/pages/add/cms/post/{PostIndex.objects.get().pk}/", user=cast.writer, width=1440)
    page.locator("[data-edit-form] button[type=submit]:visible").first.click()
    expect(page.locator(".messages .error")).to_be_visible()
    page.locator("[name=title]").fill("Lygter på cyklen")
    page.keyboard.press("Tab")
    expect(page.frame_locator(".w-preview__iframe").last.locator("body")).to_contain_text("Lygter på cyklen")
    page.wait_for_url("**/edit/")
    assert Post.objects.filter(draft_title="Lygter på cyklen").count() == 1
    page.locator("[name=title]").fill("Lygter på cyklerne")  # Wagtail looks by itself again
    page.keyboard.press("Tab")
    expect(page.frame_locator(".w-preview__iframe").last.locator("body")).to_contain_text("Lygter på cyklerne")


def test_every_channel_begins_in_the_row_that_stands_empty(visit, cast):
    for name in ("En", "To"):
        Channel.objects.create(kind="dry_run", name=name, slug=name.lower())
    page = visit(f"/admin/pages/add/cms/post/{PostIndex.objects.get().pk}/", user=cast.writer)
    page.locator("#id_placements-ADD").click()
    page.locator("[data-road-every-channel]").click()
    chosen = page.locator("[name^=placements-][name$=-channel]").evaluate_all("all => all.map(one => one.value)")
    assert len(chosen) == len(set(chosen)) > 1
    assert "" not in chosen


def test_a_long_headline_is_read_whole_and_stays_one_line(visit, cast):
    page = visit(f"/admin/pages/add/cms/post/{PostIndex.objects.get().pk}/", user=cast.writer)
    field = page.locator("[name=title]")
    field.fill("Nye patruljer på Nørrebrogade i december efter ønske fra butikkerne mellem broen og runddelen")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert field.evaluate("field => field.scrollHeight - field.clientHeight") <= 2
    assert "\n" not in field.input_value()


def test_beside_the_form_the_cards_of_all_channels_stand_below_one_another(visit, cast):
    for name in ("En", "To", "Tre"):
        Channel.objects.create(kind="dry_run", name=name, slug=name.lower())
    page = visit(f"/admin/pages/add/cms/post/{PostIndex.objects.get().pk}/", user=cast.writer, width=1440)
    cards = page.frame_locator(".w-preview__iframe").last.locator(".card")
    expect(cards).to_have_count(3)
    # Both at one moment: the panel beside the form is still sliding in.
    first, second = cards.evaluate_all("cards => cards.slice(0, 2).map(card => card.getBoundingClientRect().toJSON())")
    assert first["x"] == second["x"] and second["y"] >= first["y"] + first["height"]
