"""The duty desk, the calendar and the front page in a real browser: by keyboard, on a telephone, and for everybody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.models import Post
from publishing import sending
from publishing.adapters.base import CannotTell
from publishing.errors import ContentRejected, OutcomeUnknown
from publishing.models import Channel, Delivery, FeedKey, State
from publishing.models.delivery import FAR
from tests.cast import approve, draft, place, submit
from tests.publishing import scripted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def script(scripted_kinds):
    return scripted.Scripted.script


@pytest.fixture
def channels(script):
    config = {"place": "Politiets side", "address": "https://facebook.example.org/"}
    return {
        "x": Channel.objects.create(kind="scripted", name="X", slug="x"),
        "web": Channel.objects.create(kind="scripted", name="Bluesky", slug="bluesky"),
        "hand": Channel.objects.create(kind="scripted_by_hand", name="Facebook", slug="facebook", config=config),
    }


def post(cast, title, *where, due=None):
    page = draft(Post, by=cast.writer, title=title, summary=f"{title}: husk lys.")
    for channel in where:
        place(page, channel, due=due or timezone.now())
    return approve(submit(page, by=cast.writer), by=cast.editor)


@pytest.fixture
def scene(cast, channels, script):
    """Something uncertain, failed, planned, in approval, by hand, and sent."""
    script.answers = [OutcomeUnknown("The answer was lost.")]
    script.findings = [CannotTell("Nobody knows.", ({"text": "husk lys", "permalink": "https://x.example.org/1"},))]
    post(cast, "Uvist", channels["x"])
    sending.send_due()
    Delivery.objects.update(state=State.UNCERTAIN, next_at=FAR, findings=[{"text": "Uvist: husk lys", "at": "15.30"}])
    script.answers = [ContentRejected("Too long.", "HTTP 413")]
    post(cast, "Afvist", channels["x"])
    sending.send_due()
    post(cast, "Sendt", channels["web"], channels["hand"])
    sending.send_due()
    post(cast, "Planlagt", channels["x"], channels["web"], due=timezone.now() + timedelta(hours=2))
    waiting = draft(Post, by=cast.writer, title="Til godkendelse", summary="Husk lys.")
    place(waiting, channels["x"], due=timezone.now() + timedelta(hours=3))
    submit(waiting, by=cast.writer)
    draft(Post, by=cast.writer, title="Uden plads")
    return {
        delivery.headline + delivery.channel.slug: delivery for delivery in Delivery.objects.select_related("channel")
    }


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_of_the_desk_is_open_to_everybody_and_fits(visit, axe, cast, scene, width):
    page = visit("/admin/", user=cast.duty, width=width)
    live = Channel.objects.create(kind="feed", name="Live", slug="live")
    FeedKey.objects.make(channel=live, name="Avisen", by=cast.duty)
    down = Delivery.objects.filter(pk=scene["Sendtbluesky"].pk)
    down.update(withdraw_next_at=FAR, withdraw_reason="Forkert", state_reason="Adgangen er væk.")
    paths = [
        "/admin/",
        "/admin/desk/",
        "/admin/desk/deliveries/",
        f"/admin/desk/deliveries/{scene['Uvistx'].pk}/",
        f"/admin/desk/deliveries/{scene['Afvistx'].pk}/",
        f"/admin/desk/deliveries/{scene['Sendtfacebook'].pk}/",
        f"/admin/desk/deliveries/{scene['Sendtbluesky'].pk}/take-down/?everywhere=1",
        f"/admin/desk/deliveries/{scene['Sendtbluesky'].pk}/going-down/",
        "/admin/channels/feeds/",
        "/admin/desk/health/",
        "/admin/desk/held/",
        "/admin/calendar/",
        "/admin/calendar/list/",
    ]
    faults = {}
    for path in paths:
        page.goto(path)
        faults[path] = axe(page, context="main")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, path
    assert {path: found for path, found in faults.items() if found} == {}


def test_the_calendar_is_walked_with_the_arrow_keys_and_enter_opens(visit, cast, channels):
    now = timezone.localtime().replace(day=15, hour=12, minute=0)
    for title, when in (("Første", now), ("Anden", now + timedelta(hours=2)), ("Tredje", now + timedelta(days=1))):
        place(draft(Post, by=cast.writer, title=title), channels["x"], due=when)
    page = visit("/admin/calendar/", user=cast.planner)

    def focused():
        return page.evaluate("document.activeElement.querySelector('.cal-item__title').innerText")

    page.locator("a.cal-item").first.focus()
    assert "Første" in focused()
    page.keyboard.press("ArrowDown")
    assert "Anden" in focused()
    page.keyboard.press("ArrowRight")
    assert "Tredje" in focused()
    page.keyboard.press("ArrowLeft")
    assert "Første" in focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/calendar/*/")
    assert "Første" in page.title()


def test_choosing_a_filter_shows_it_and_the_address_keeps_it(visit, cast, channels):
    for channel in (channels["x"], channels["web"]):
        page = draft(Post, by=cast.writer, title=f"Kun {channel.name}")
        place(page, channel, due=timezone.now() + timedelta(minutes=5))
    page = visit("/admin/calendar/", user=cast.planner)
    with page.expect_navigation():
        page.select_option("[name=channel]", label="Bluesky")
    assert f"channel={channels['web'].pk}" in page.url
    titles = page.locator("table .cal-item__title").all_inner_texts()
    assert ["Kun Bluesky" in title for title in titles] == [True]


def test_an_uncertain_post_is_decided_by_keyboard_and_the_page_follows(visit, cast, scene, script):
    page = visit(f"/admin/desk/deliveries/{scene['Uvistx'].pk}/", user=cast.duty)
    button = page.get_by_role("button").and_(page.locator(".desk-verdict:nth-of-type(2) button"))
    button.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("[data-desk-moving]").count() == 1
    sending.send_due()
    page.wait_for_selector('.desk-head [data-state="delivered"], .desk-head [data-state="read_back"]')


def test_what_was_typed_stays_when_the_page_has_changed_meanwhile(visit, cast, scene):
    delivery = scene["Uvistx"]
    Delivery.objects.filter(pk=delivery.pk).update(next_at=timezone.now() + timedelta(seconds=90))
    page = visit(f"/admin/desk/deliveries/{delivery.pk}/", user=cast.duty)
    page.fill("[name=reason]", "Vejen er åben igen")
    Delivery.objects.filter(pk=delivery.pk).update(attempt_number=7)
    page.wait_for_selector("[data-desk-changed]:visible")
    assert page.input_value("[name=reason]") == "Vejen er åben igen"


def test_the_text_to_post_by_hand_is_copied(visit, cast, scene):
    delivery = scene["Sendtfacebook"]
    page = visit(
        f"/admin/desk/deliveries/{delivery.pk}/",
        user=cast.duty,
        permissions=["clipboard-read", "clipboard-write"],
    )
    page.click('[data-desk-copy="hand-text"]')
    page.wait_for_function(
        "(button => button.textContent === button.dataset.done)(document.querySelector('[data-done]'))"
    )
    assert page.evaluate("navigator.clipboard.readText()") == delivery.message.text
