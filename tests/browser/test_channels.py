"""Channels in a real browser: every page for everybody, and connecting by way of another site, without a script."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from publishing import adapters, credentials, oauth, picking, verifying
from publishing.adapters.base import Candidate
from publishing.models import Channel, Consent
from tests.fakes.oauth import FakeOAuth

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def linked_kind(monkeypatch, settings):
    monkeypatch.setitem(adapters.KINDS, "linked", "tests.publishing.linked.Linked")
    settings.PUBLISHING_ALLOWED_PRIVATE_HOSTS = ["127.0.0.1"]


@pytest.fixture
def platform():
    with FakeOAuth() as fake:
        yield fake


@pytest.fixture
def linked(platform, cast):
    return Channel.objects.create(kind="linked", name="Forbundet", slug="linked", config={"server": platform.url})


@pytest.fixture
def scene(linked):
    """Channels in every state."""
    now = timezone.now()
    Channel.objects.create(kind="dry_run", name="Prøve", slug="proeve", dry_run=True)
    Channel.objects.create(
        kind="bluesky", name="Bluesky", slug="bluesky", health="fault", health_problem="Adgangskoden er forkert.",
        paused_at=now, paused_reason="Adgangskoden er forkert.", paused_by_fault=True, config={"handle": "x.example"},
    )  # fmt: skip
    Channel.objects.create(
        kind="mastodon", name="Mastodon", slug="mastodon", health="ok", account_name="@politi@example.org",
        access_expires_at=now + timedelta(days=3), config={"instance": "https://example.org"},
    )  # fmt: skip
    return Channel.objects.in_bulk(field_name="slug")


def picking_one(channel, cast):
    """A login has given three pages, and somebody has to pick."""
    names = ("Politi Nord", "Politi Syd", "Politiets museum for de lange navne i den lange gade")
    pages = [Candidate(str(key), name, note=f"https://social.example/{key}") for key, name in enumerate(names)]
    shut = replace(pages[2], problem="Du må ikke slå op som denne side: bed dens administrator om adgang til indhold.")
    sealed = credentials.seal(picking.packed({}, [*pages[:2], shut]))
    return Consent.objects.create(channel=channel, channel_version=0, by=cast.channels, step="picking", sealed=sealed)


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_of_the_channels_is_open_to_everybody_and_fits(visit, axe, cast, scene, width):
    page = visit("/admin/channels/", user=cast.channels, width=width)
    shown = scene["mastodon"].pk
    paths = [
        "",
        "new/",
        "new/bluesky/",
        "capabilities/",
        f"{shown}/",
        f"{shown}/edit/",
        f"{shown}/try/?what=image",
        f"{shown}/pause/",
        f"{scene['bluesky'].pk}/",
        f"consents/{picking_one(scene['linked'], cast).key}/",
    ]
    for path in paths:
        page.goto(f"/admin/channels/{path}")
        assert axe(page, "#main") == [], path
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(overflow) <= 0, path


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_channel_is_connected_by_way_of_the_platforms_own_page(
    chromium, address, cast, linked, platform, settings, scripts
):
    from tests.browser.conftest import session_cookie

    settings.BASE_URL = address
    refused = []
    context = chromium.new_context(base_url=address, java_script_enabled=scripts, locale="en-GB")
    context.set_default_timeout(15_000)
    context.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    context.add_cookies([session_cookie(cast.channels, address)])
    page = context.new_page()
    page.goto(f"/admin/channels/{linked.pk}/")
    page.get_by_role("button", name=re.compile("Connect|Forbind")).click()
    page.wait_for_url(re.compile("/consents/"))
    oauth.prepare(Consent.objects.select_related("channel", "by").get())  # the worker; the page follows by itself
    page.wait_for_url(re.compile(r"/authorize\?"))
    assert page.url.startswith(platform.url)
    page.locator("#yes").click()
    page.wait_for_url(re.compile("/consents/"))
    oauth.finish(Consent.objects.select_related("channel", "by").get())
    verifying.verify(Channel.objects.get())
    expect(page.locator("#main")).to_contain_text("@politi")
    assert refused == []
    context.close()
