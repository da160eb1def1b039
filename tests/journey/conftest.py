"""A running product, and people who work in it with a real browser."""

import pytest

from cms.demo.people import PASSWORD
from tests.journey import product as products


@pytest.fixture(scope="module")
def product(tmp_path_factory):
    with products.running(tmp_path_factory.mktemp("product")) as running:
        yield running


@pytest.fixture
def person(chromium, product):
    """Somebody of the demo's cast, logged in by the form in a window of their own."""
    windows = []

    def log_in(username):
        context = chromium.new_context(
            base_url=product.url,
            viewport={"width": 1280, "height": 900},
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
        )
        context.set_default_timeout(60_000)
        windows.append(context)
        page = context.new_page()
        page.goto("/admin/login/")
        page.fill("[name=username]", username)
        page.fill("[name=password]", PASSWORD)
        page.get_by_role("button", name="Log ind").click()
        page.wait_for_url("**/admin/")
        return page

    yield log_in
    for context in windows:
        context.close()
