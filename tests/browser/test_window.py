"""The window itself: what all other browser tests stand on."""

import pytest
from playwright.sync_api import expect


def test_a_person_is_logged_in_by_their_cookie(visit, cast):
    page = visit("/admin/", user=cast.editor)
    assert page.url.endswith("/admin/")
    expect(page.get_by_role("main")).to_be_visible()


def test_somebody_without_a_login_meets_the_form(visit, cast):
    cast.editor.set_password("a very long password")
    cast.editor.save()
    page = visit("/admin/")
    page.locator("input[name=username]").fill("editor")
    page.locator("input[name=password]").fill("a very long password")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_sees_faults(visit, axe, width):
    page = visit("/admin/login/", width=width)
    assert not [line for line in axe(page) if line.startswith("image-alt")]
    page.evaluate("document.body.append(Object.assign(new Image(), {src: '/static/x.png'}))")
    assert [line for line in axe(page) if line.startswith("image-alt")]
