"""The prosecutor's form on a telephone: how many taps it takes, and what happens when the connection drops."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cms.court import reporting
from cms.court.models import Report
from tests.cms.court.desk import Square

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 25


@pytest.fixture
def square(cast):
    return Square()


class Thumb:
    """Counts: a tap is one, a field that is filled in is one."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def tap(self, selector):
        self.count += 1
        self.page.locator(selector).click()

    def choose(self, field, value):
        self.tap(f'[data-field="{field}"] label:has([value="{value}"])')

    def write(self, field, text):
        self.count += 1
        self.page.locator(f'[name="{field}"]').fill(text)


def saved(page):
    said = "document.querySelector('[data-state]').textContent"
    page.wait_for_function(f"() => /^(Gemt|Saved) (kl\\. )?\\d/.test({said})")


def begin(visit, cast):
    page = visit("/admin/court/", user=cast.prosecutor, width=390)
    thumb = Thumb(page)
    thumb.tap(".court-start button")
    page.wait_for_selector("[data-court]")
    return page, thumb


@pytest.mark.parametrize("rested", [False, True], ids=["at once", "after a pause"])
def test_a_new_prosecutor_files_a_conviction_in_few_taps(visit, cast, square, record_property, rested):
    page, thumb = begin(visit, cast)
    thumb.write("police_number", "0100-70001-00001-26")
    thumb.write("court_number", "SS 1-1/2026")
    thumb.choose("unit", square.unit.pk)
    thumb.write("t1-age", "31")
    thumb.choose("t1-sex", "man")
    thumb.choose("t1-plea", "denies")
    thumb.write("t1-offences", "røveri")
    thumb.choose("t1-outcome", "convicted")
    thumb.tap("label:has(#id_t1-prison)")
    thumb.write("t1-prison_years", "3")
    thumb.choose("t1-stance", "accepted")
    thumb.choose("t1-prosecution", "accepted")
    thumb.choose("restrictions_answer", "none")
    thumb.write("said_0", "Manden truede ekspedienten med en kniv.")
    thumb.tap('[data-field="said_0_open"] label')
    thumb.choose("defence_told", "now")
    thumb.choose("victim_told", "no")
    thumb.choose("senior_told", "no")
    thumb.tap("label:has(#id_declared)")
    if rested:  # everything is saved before the last tap
        page.wait_for_function("() => document.querySelector('[data-state]').textContent.startsWith('Gemt')")
        page.wait_for_timeout(1500)
    thumb.tap("button[name=file]")
    page.wait_for_url(re.compile("/read/$"))
    record_property("interactions", thumb.count)
    print(f"interactions: {thumb.count}")
    assert thumb.count <= MOST
    report = Report.objects.get()
    assert report.state == Report.State.FILED
    summary = report.page.get_latest_revision_as_object().summary
    assert "31-årig mand" in summary and "3 års fængsel for røveri" in summary
    assert "Manden truede ekspedienten med en kniv." in summary


def test_the_text_grows_while_it_is_written_and_is_kept_at_each_change(visit, cast, square):
    page, thumb = begin(visit, cast)
    thumb.write("t1-offences", "røveri")
    thumb.choose("t1-outcome", "convicted")
    page.wait_for_function("() => document.querySelector('[data-said-text]').textContent.includes('røveri')")
    page.reload()
    assert page.input_value('[name="t1-offences"]') == "røveri"


def test_what_is_written_without_a_connection_waits_on_the_telephone_and_catches_up(visit, cast, square):
    page, thumb = begin(visit, cast)
    thumb.write("police_number", "1")
    saved(page)
    page.context.set_offline(True)
    thumb.write("court_number", "SS 1-1/2026")
    thumb.choose("t1-outcome", "acquitted")
    page.wait_for_selector('[data-state][data-tone="kept"]')
    assert Report.objects.get().case.court_number == ""
    assert page.evaluate("() => Object.keys(localStorage).some((key) => key.startsWith('court:'))")
    page.context.set_offline(False)
    page.wait_for_selector('[data-state]:not([data-tone="kept"])')
    saved(page)
    report = Report.objects.get()
    assert (report.case.court_number, report.defendants.get().outcome) == ("SS 1-1/2026", "acquitted")
    assert not page.evaluate("() => Object.keys(localStorage).some((key) => key.startsWith('court:'))")


def test_what_was_only_on_the_telephone_is_there_again_after_the_browser_was_closed(visit, cast, square):
    page, thumb = begin(visit, cast)
    address = page.url
    page.route("**/save/", lambda route: route.abort())
    thumb.tap('[data-add="t"]')
    thumb.write("t2-age", "24")
    page.wait_for_selector('[data-state][data-tone="kept"]')
    page.unroute("**/save/")
    page.goto(address)
    assert page.input_value('[name="t2-age"]') == "24"
    saved(page)
    assert Report.objects.get().defendants.get(number=2).age == 24


def test_nothing_is_filed_without_a_connection(visit, cast, square):
    page, thumb = begin(visit, cast)
    page.context.set_offline(True)
    thumb.write("police_number", "1")
    thumb.tap("button[name=file]")
    page.wait_for_selector('[data-state][data-tone="kept"]')
    assert "/read/" not in page.url
    assert page.input_value('[name="police_number"]') == "1"


def test_what_stops_the_filing_is_the_first_thing_seen_and_leads_to_its_field(visit, cast, square):
    page, thumb = begin(visit, cast)
    page.goto(f"{page.url}#told")  # where one came from before
    thumb.write("police_number", "0100-70001-00001-26")
    thumb.tap("button[name=file]")
    stops = page.locator("[data-faults]")
    expect(stops).to_be_focused()
    expect(stops).to_be_in_viewport()
    assert "#" not in page.url
    stops.locator("a").first.click()
    expect(page.locator('[name="court_number"]')).to_be_in_viewport()


def test_the_step_shown_is_where_one_is_though_later_ones_are_hidden(visit, cast, square):
    page, _thumb = begin(visit, cast)
    assert page.locator(".court-steps [aria-current]").get_attribute("href") == "#judgment"


def test_the_last_step_shows_the_words_as_they_were_just_changed(visit, cast, square):
    page, thumb = begin(visit, cast)
    thumb.write("t1-offences", "røveri")
    thumb.choose("t1-outcome", "convicted")
    page.locator("#send").scroll_into_view_if_needed()
    expect(page.locator("[data-cards]")).to_contain_text("røveri")
    page.evaluate("""() => {
        const field = document.querySelector('[name="t1-offences"]');
        field.value = 'vold';
        field.dispatchEvent(new Event('input', {bubbles: true}));
    }""")
    expect(page.locator("[data-cards]")).to_contain_text("vold")
    beside = "() => { const all = document.querySelector('.cards__all'); return all.scrollWidth > all.clientWidth; }"
    assert page.evaluate(beside), "Channels lie beside one another: the button is one thumb away."


def test_another_window_that_saved_is_not_undone_and_a_person_decides(visit, cast, square):
    page, thumb = begin(visit, cast)
    thumb.write("t1-age", "31")
    saved(page)
    other = page.context.new_page()
    other.goto(page.url)
    Thumb(other).write("t1-age", "32")
    saved(other)
    # The first window wrote before; its window id is not the last that saved.
    thumb.write("police_number", "1")
    page.wait_for_selector("[data-newer]:not([hidden])")
    assert Report.objects.get().defendants.get().age == 32
    page.locator("[data-newer-load]").click()
    page.wait_for_load_state()
    assert page.input_value('[name="t1-age"]') == "32"


@pytest.mark.parametrize("width", [390, 1280])
def test_the_form_reads_well_for_everybody(visit, cast, square, axe, width):
    report = reporting.start(cast.prosecutor)
    page = visit(reverse("court:report", args=[report.key]), user=cast.prosecutor, width=width)
    assert axe(page, "main") == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def test_it_is_filled_in_by_keyboard(visit, cast, square):
    report = reporting.start(cast.prosecutor)
    page = visit(reverse("court:report", args=[report.key]), user=cast.prosecutor)
    page.locator('[name="t1-sex"][value="man"]').focus()
    page.keyboard.press("ArrowRight")
    assert page.locator('[name="t1-sex"][value="woman"]').is_checked()
    page.locator('[name="t1-outcome"][value="convicted"]').focus()
    page.keyboard.press("Space")
    page.locator("#id_t1-fine").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("5000")
    assert page.input_value('[name="t1-fine_amount"]') == "5000"


def test_without_a_script_it_is_a_plain_form(visit, cast, square):
    page = visit("/admin/court/", user=cast.prosecutor, width=390, java_script_enabled=False)
    page.locator(".court-start button").click()
    page.locator('[name="police_number"]').fill("1")
    page.locator('[data-field="t1-outcome"] label:has([value="convicted"])').click()
    page.locator('[data-add="t"]').click()
    assert page.locator(".court-defendant").count() == 2
    assert page.input_value('[name="police_number"]') == "1"
