"""Every screen that staff get to in the demo, walked by links in a real browser: open to everybody, at every width.

The demo is walked for it shows every state. A screen is looked at once, by whoever gets to it first.
"""

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from cms.models import Story
from publishing.models import Release

pytestmark = [pytest.mark.screens, pytest.mark.django_db(transaction=True)]

WALKERS = ("redaktor", "ledelse", "vagt", "anklager")
# Wagtail's own screens, files, and what a GET would do instead of showing.
NOT_WALKED = re.compile(
    r"/admin/(?:log(?:out|in)|account|api|jsi18n|users|groups|sites|locales|images|documents|redirects|collections"
    r"|workflows|tasks|reports|search|settings|styleguide|editing-sessions|pages/(?!add/|\d+/edit/))"
)
FILES = re.compile(r"[./](?:csv|xlsx|pdf|ics|png|svg|json|zip)(?:/|$|\?)|[?&](?:export|as|format)=")
WIDTHS = (1440, 768, 390)
# A form that the server would refuse: tests without a browser do not see it.
UNSIGNED = """[...document.querySelectorAll('form[method=post]')]
    .filter(form => !form.matches('[data-controller~=w-session]'))  // Wagtail's own, signed by a header
    .filter(form => !form.querySelector('[name=csrfmiddlewaretoken]')).map(form => form.action)"""
LINKS = "[...document.querySelectorAll('a[href]')].map(a => a.href)"


def shape(path):
    """Screens of one shape differ in numbers and keys only."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}|\d+", "N", path)


def asked_for(name):
    """Screens that have more on them than the first of their shape that a link leads to."""
    if name != "redaktor":
        return []
    written = {story.pk: story.get_latest_revision_as_object() for story in Story.objects.order_by("pk")}
    several = next(pk for pk, content in written.items() if content.more_images.all())
    threads = next(pk for pk, content in written.items() if content.parts.all())
    return [
        reverse("campaigns_calendar:tray"),
        reverse("publishing_desk:release", args=[Release.objects.first().pk]),
        *(reverse("wagtailadmin_pages:edit", args=[pk]) for pk in (several, threads)),
        reverse("incidents:correct", args=[Story.objects.live().first().pk]),
    ]


def screens(page, address, seen, also=()):
    """Goes from screen to screen, each shape once; gives the path where the browser stands."""
    first = ["/admin/", *also]  # everybody's own front page, and what is asked for, are looked at in any case
    waiting = list(first)
    while waiting:
        path = waiting.pop(0)
        if path in first:
            first.remove(path)
        elif shape(urlsplit(path).path) in seen:
            continue
        seen.add(shape(urlsplit(path).path))
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        answer = page.goto(path)
        if answer is None or not answer.ok or "text/html" not in answer.headers.get("content-type", ""):
            continue
        yield path
        for link in page.evaluate(LINKS):
            if not link.startswith(f"{address}/admin/"):
                continue
            there = link.removeprefix(address).split("#")[0]
            if not NOT_WALKED.match(there) and not FILES.search(there):
                waiting.append(there)


def test_every_screen_is_open_to_everybody_at_every_width(visit, axe, address, demo):
    faults, seen = {}, set()
    for name in WALKERS:
        page = visit("/admin/", user=get_user_model().objects.get(username=name), width=WIDTHS[0])
        for path in screens(page, address, seen, asked_for(name)):
            found = axe(page, context="main")
            found += [f"The server would refuse the form to {action}" for action in page.evaluate(UNSIGNED)]
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                if wide > 0:
                    found.append(f"{wide} px too wide at {width} px")
            if found:
                faults[path] = found
    assert faults == {}
    assert len(seen) > 60
    assert {"/admin/court/", "/admin/court/N/", "/admin/court/cases/N/"} <= seen, "the prosecutor's own"
