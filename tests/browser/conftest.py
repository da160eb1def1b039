"""A live site in a real Chromium. Every test in this folder is marked ``browser``.

    def test_the_calendar_reads_well(visit, cast, axe):
        page = visit("/admin/", user=cast.planner, width=390)
        assert axe(page) == []

Whatever a page asks of another host, and whatever the Content-Security-Policy refuses, fails the test.
"""

import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect
from wagtail.models import Site

HERE = Path(__file__).parent
expect.set_options(timeout=15_000)  # a busy machine is no fault
WIDTHS = {1280: 900, 390: 844}  # a desk and a telephone
RULES = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]},
}


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def address(live_server, settings, tmp_path, cast):
    """The address of the live site, which knows it; images go to a folder of this test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.port = urlsplit(live_server.url).hostname, urlsplit(live_server.url).port
    site.save()
    yield live_server.url
    wait_until_nobody_is_answered(live_server.url, live_server.thread.httpd)


def wait_until_nobody_is_answered(address, server):
    """What a closed window asked for, as a page that saves itself, is written before the rows are put back."""
    requests.get(f"{address}/static/nothing", timeout=30)  # whoever stood in line before it has been let in
    deadline = time.monotonic() + 30
    ours = server.process_request_thread  # not those of a platform's fake, whose callers keep their lines open
    while answering := [one.name for one in threading.enumerate() if getattr(one, "_target", None) == ours]:
        assert time.monotonic() < deadline, f"Requests are still being answered by {answering}."
        time.sleep(0.01)


@pytest.fixture
def visit(chromium, address):
    """Open an address in a window of its own: ``visit(path, user=None, width=1280, scheme="light", **context)``.

    A window of the same ``user`` is logged in by cookie; ``page.context.new_page()`` gives another tab.
    """
    contexts, outside, refused = [], [], []

    def note_request(request):
        if request.url.startswith(("http", "ws")) and not request.url.startswith(address):
            outside.append(request.url)

    def note_message(message):
        if "Content Security Policy" in message.text:
            refused.append(message.text)

    def open_window(path="/", *, user=None, width=1280, scheme="light", **options):
        context = chromium.new_context(
            base_url=address,
            viewport={"width": width, "height": WIDTHS.get(width, 900)},
            color_scheme=scheme,
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
            **options,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        context.on("request", note_request)
        context.on("console", note_message)
        if user is not None:
            context.add_cookies([session_cookie(user, address)])
        page = context.new_page()
        page.goto(path)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert outside == [], "A page asked something of another host."
    assert refused == [], "A page uses what the Content-Security-Policy refuses."


def session_cookie(user, address):
    """What a browser has after this person logged in."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": address}


@pytest.fixture
def axe():
    """What speaks against WCAG 2.1 AA on a page, one readable line a fault; ``context`` is a CSS selector."""

    def look(page, context=None):
        found = Axe().run(page, context=context, options=RULES).response["violations"]
        return [
            f"{fault['id']} ({fault['impact']}): {fault['help']} at {' '.join(map(str, node['target']))}"
            for fault in found
            for node in fault["nodes"]
        ]

    return look
