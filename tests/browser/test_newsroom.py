"""The newsroom in a browser: accessible at both widths and in both schemes, by keyboard, without scripts, on paper."""

from contextlib import suppress

import pytest
from playwright.sync_api import TimeoutError, expect

from cms.models import CampaignPage, CourtResult, StoryIndex
from tests.cms.videos.films import film
from tests.newsroom import picture

PAGES = {
    "front page": "/",
    "story": "/historier/torvet-er-aabent/",
    "English story": "/historier/the-square-is-open/",
    "campaign": "/kampagner/lys-paa/",
    "judgment": "/domme/to-aars-faengsel/",
    "section": "/historier/",
    "archive": "/arkiv/",
    "focus area": "/arkiv/emne/trivsel/",
    "search": "/soeg/?q=torvet",
    "fruitless search": "/soeg/?q=findesikke",
    "not found": "/findes-ikke/",
    "withdrawn": "/historier/vaek/",
    "password": "/historier/kun-for-nogle/",
}


@pytest.fixture
def full(newsroom):
    common = {"focus_area": newsroom.area, "owner_unit": newsroom.unit, "summary": "Alle er velkomne på torvet."}
    text = [
        ("paragraph", "<p>Kom forbi på torsdag.</p>"),
        ("heading", "Sådan gør vi"),
        ("quote", {"quote": "Dejligt.", "source": "En nabo"}),
        ("advice", {"heading": "Det kan du gøre", "text": "<p>Ring 114.</p>"}),
        ("image", {"image": picture("billede.png"), "caption": "Et billede"}),
    ]
    image = {"social_image": picture(), "social_image_alt": "Torvet i sol."}
    newsroom.story = newsroom.publish(title="Torvet er åbent", body=text, **image, **common)
    newsroom.publish(title="The square is open", language="en", body=text, video=film(), **common)
    newsroom.publish(CampaignPage, title="Lys på", **image, **common)
    newsroom.publish(CourtResult, title="To års fængsel", appeal="open", judged_on="2026-11-20", **common)
    newsroom.take_down(newsroom.publish(title="Væk", **common))
    page = newsroom.publish(title="Kun for nogle", **common)
    page.view_restrictions.create(restriction_type="password", password="sesam")
    return newsroom


def test_every_page_is_accessible_and_fits_at_both_widths_and_in_both_schemes(full, visit, axe):
    for width, scheme in ((1280, "light"), (390, "light"), (390, "dark"), (1280, "dark")):
        page = visit("/robots.txt", width=width, scheme=scheme)
        for name, address in PAGES.items():
            page.goto(address)
            assert axe(page) == [], (name, width, scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)


def test_it_is_read_without_scripts_and_searched_by_keyboard(full, visit):
    page = visit("/", java_script_enabled=False)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Gå til indholdet").or_(page.locator("a.skip"))).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    page.locator("#q-top").focus()
    page.keyboard.type("torvet er åbent")
    page.keyboard.press("Enter")
    page.wait_for_url("**/soeg/?q=torvet+er+%C3%A5bent")
    page.get_by_role("heading", name="Torvet er åbent").get_by_role("link").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Torvet er åbent")


def test_focus_can_be_seen_on_everything_that_takes_it(full, visit):
    page = visit("/historier/torvet-er-aabent/")
    for _stop in range(20):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, s.outlineWidth] })()"
        )
        assert style == ["solid", "3px"], page.evaluate("document.activeElement.outerHTML")


def test_nothing_is_kept_in_the_browser(full, visit):
    page = visit("/")
    for address in PAGES.values():
        if "kun-for-nogle" not in address:  # a form with a password needs one against forgery
            page.goto(address)
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_on_paper_there_is_the_story_and_where_it_came_from(full, visit):
    page = visit("/historier/torvet-er-aabent/")
    page.emulate_media(media="print")
    for gone in ("nav", ".find", ".skip", "section:has(#related)"):
        for one in page.locator(gone).all():
            expect(one).to_be_hidden()
    expect(page.locator(".printed")).to_have_text(page.url)
    expect(page.locator(".text", has_text="Kom forbi")).to_be_visible()


def test_the_editor_sees_the_public_page_while_writing(full, visit):
    page = visit(f"/admin/pages/{full.story.pk}/edit/", user=full.cast.editor)
    frame = page.frame_locator("iframe#w-preview-iframe")  # open of itself on a wide screen
    expect(frame.locator("body")).to_contain_text("Torvet er åbent", timeout=20_000)
    page.locator("select[name=preview_mode]").select_option("website")
    expect(frame.locator(".lead")).to_have_text("Alle er velkomne på torvet.", timeout=20_000)
    # Wagtail takes stock of the form two seconds after it was loaded: what is typed before is seen with the next word.
    for number in range(10):
        page.locator("textarea[name=summary]").fill(f"Nyt resumé, ikke godkendt, {number}.")
        with suppress(TimeoutError):
            frame.get_by_text("Nyt resumé, ikke godkendt").wait_for(timeout=2_000)
            break
    expect(frame.locator(".lead")).to_contain_text("Nyt resumé, ikke godkendt")
    expect(frame.get_by_role("heading", level=1)).to_have_text("Torvet er åbent")
    expect(frame.locator("figure.hero img")).to_have_js_property("complete", True)
    assert "Nyt resumé" not in visit("/historier/torvet-er-aabent/").content()


def test_the_address_made_while_typing_keeps_danish_letters_readable(cast, visit):
    page = visit(f"/admin/pages/add/cms/story/{StoryIndex.objects.get().pk}/", user=cast.writer)
    page.locator("#id_title").press_sequentially("Åben dør på Ærøvej")
    expect(page.locator("#id_slug")).to_have_value("aaben-doer-paa-aeroevej")
