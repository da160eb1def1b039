"""The calendar in a real browser: by mouse and by keyboard, and what somebody else does meanwhile."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from campaigns.models import Placement
from cms.models import Post
from publishing.models import Channel
from tests.cast import approve, draft, place, submit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def monday():
    """Monday of next week, at midnight in Copenhagen."""
    today = timezone.localtime(timezone.now(), ZoneInfo("Europe/Copenhagen"))
    day = today.date() + timedelta(days=7 - today.weekday())
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("Europe/Copenhagen"))


@pytest.fixture
def post(cast, monday, scripted_kinds):
    channel = Channel.objects.create(kind="scripted", name="X", slug="x", minimum_gap=1800)
    page = draft(Post, by=cast.writer, title="Lygter", summary="Husk lygter.")
    place(page, channel, due=monday + timedelta(hours=9))
    other = draft(Post, by=cast.writer, title="Optaget", summary="Noget andet.")
    place(other, channel, due=monday + timedelta(days=2, hours=9))
    return approve(submit(page, by=cast.writer), by=cast.editor)


def due(post):
    return timezone.localtime(Placement.objects.get(page=post).due_at, ZoneInfo("Europe/Copenhagen"))


def week(visit, user, monday):
    return visit(f"/admin/calendar/week/?day={monday.date()}", user=user)


def cell(page, day, hour):
    return page.locator(f'.cal [data-day="{day.date()}"][data-hour="{hour:02d}"]')


def item(page, title):
    return page.locator(".cal a.cal-item", has_text=title)


def test_dragged_it_moves_and_undone_by_a_key_it_is_back(visit, cast, monday, post):
    page = week(visit, cast.planner, monday)
    tuesday = monday + timedelta(days=1)
    item(page, "Lygter").drag_to(cell(page, tuesday, 14))
    expect(cell(page, tuesday, 14).locator("a")).to_contain_text("14.00")
    expect(page.get_by_role("status").filter(has_text="Lygter")).to_be_visible()
    assert due(post) == tuesday + timedelta(hours=14)
    page.reload()
    page.keyboard.press("u")
    expect(cell(page, monday, 9).locator("a")).to_contain_text("Lygter")
    assert due(post) == monday + timedelta(hours=9)


def test_a_move_is_taken_back_where_it_is_told(visit, cast, monday, post):
    page = week(visit, cast.planner, monday)
    item(page, "Lygter").drag_to(cell(page, monday + timedelta(days=1), 14))
    page.locator("[data-cal-say]").get_by_role("button", name=re.compile("Fortryd|Undo")).click()
    expect(page.locator(".messages .success")).to_be_visible()
    expect(cell(page, monday, 9).locator("a")).to_contain_text("Lygter")
    assert due(post) == monday + timedelta(hours=9)


def test_where_it_may_not_be_it_says_why_and_goes_to_the_nearest_free_time(visit, cast, monday, post):
    page = week(visit, cast.planner, monday)
    wednesday = monday + timedelta(days=2)
    item(page, "Lygter").drag_to(cell(page, wednesday, 9))
    answer = page.locator("[data-cal-say]")
    expect(answer).to_contain_text("9.00")
    answer.get_by_role("button").first.click()
    expect(cell(page, wednesday, 9).locator("a", has_text="Lygter")).to_contain_text("09.30")


def test_the_other_persons_move_is_seen_without_doing_anything(visit, cast, monday, post):
    watching, moving = week(visit, cast.writer, monday), week(visit, cast.planner, monday)
    friday = monday + timedelta(days=4)
    item(moving, "Lygter").drag_to(cell(moving, friday, 11))
    expect(cell(watching, friday, 11).locator("a")).to_contain_text("Lygter", timeout=15_000)


def test_by_keyboard_it_is_found_opened_and_given_a_new_time(visit, cast, monday, post):
    page = week(visit, cast.planner, monday)
    item(page, "Lygter").focus()
    page.keyboard.press("ArrowRight")
    expect(item(page, "Optaget")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("m")
    page.wait_for_url("**/calendar/*/#id_day")
    page.locator("#id_time").fill("15:15")
    page.keyboard.press("Enter")
    page.wait_for_url("**/calendar/week/?day=*")
    assert due(post) == monday + timedelta(hours=15, minutes=15)


@pytest.mark.parametrize("view", ["week", "day"])
@pytest.mark.parametrize("width", [1280, 390])
def test_weeks_and_days_are_open_to_everybody_and_fit(visit, cast, monday, post, axe, view, width):
    page = visit(f"/admin/calendar/{view}/?day={monday.date()}", user=cast.planner, width=width)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_content_on_no_channel_is_dropped_on_a_day_and_gets_its_channels_at_that_time(visit, cast, monday, post):
    draft(Post, by=cast.editor, title="Uden kanal")
    page = visit(f"/admin/calendar/?month={monday:%Y-%m}", user=cast.editor)
    page.set_viewport_size({"width": 1280, "height": 2600})  # both are on the screen
    page.locator(".cal-tray a.cal-item", has_text="Uden kanal").drag_to(page.locator(f'[data-day="{monday.date()}"]'))
    page.locator("[data-cal-say]").get_by_role("button").first.click()
    expect(page.locator("#road-all-at")).to_have_value(f"{monday:%Y-%m-%d}T09:00")
    page.locator("#id_placements-ADD").click()
    page.locator("[name=placements-0-channel]").select_option(label="X")
    expect(page.locator("[name=placements-0-due_at]")).to_have_value(f"{monday:%d.%m.%Y} 09:00")
