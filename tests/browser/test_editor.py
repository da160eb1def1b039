"""The editor in a real browser, where it saves by itself."""

import time

import pytest
from playwright.sync_api import expect

from cms.models import Post, PostIndex

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
