"""Thousands of items in a month and in the tray: lists come a page at a time, and say how much there is."""

import itertools
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from campaigns import calendar, names, tray
from campaigns.agenda import Wish
from campaigns.models import Placement
from campaigns.tray import Part
from campaigns.views import calendar as views
from campaigns.views import calendar_list
from campaigns.views.paging import Pages
from cms.models import Post
from publishing.models import Channel
from tests.cast import draft

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def november(db, monkeypatch):
    monkeypatch.setattr(calendar_list, "ITEMS", 5)
    monkeypatch.setattr(views, "TRAY", 3)
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def channels(scripted_kinds):
    return [Channel.objects.create(kind="scripted", name=name, slug=name.lower()) for name in ("X", "Mastodon")]


@pytest.fixture
def full(cast, channels):
    """Twelve items in the month, each on two channels; in the tray three without a time, four slots, six unplaced."""
    due = [NOW + timedelta(hours=7 * number) for number in range(12)]
    pages = [draft(Post, by=cast.writer, title=f"Opslag {number:02}") for number in range(12)]
    for page, moment in zip(pages, due, strict=True):
        for channel in channels:
            Placement.objects.create(page=page, channel=channel, due_at=moment)
    for number in range(3):
        Placement.objects.create(page=draft(Post, by=cast.writer, title=f"Uden tid {number}"), channel=channels[0])
    for number in range(4):
        moment = NOW + timedelta(days=40 + number)
        Placement.objects.create(channel=channels[1], due_at=moment, note=f"Plads {number}")
    for number in range(6):
        draft(Post, by=cast.editor, title=f"Uden plads {number}")


def at(client, name, **query):
    return client.get(reverse(f"campaigns_calendar:{name}"), query)


def shown(answer):
    return [item.first.title for day, _marks in answer.context["days"] for item in day.items]


def test_the_pages_of_a_list_hold_every_item_once_and_lead_on(as_user, full):
    client = as_user("archive")
    answer, found = at(client, "list", month="2026-11"), []
    for number in (1, 2, 3):
        assert answer.context["pages"].total == 12
        assert f'aria-current="page"><span class="w-sr-only">Side {number}</span>' in answer.content.decode()
        labels = re.findall(r'cal-pages" aria-label="([^"]+)"', answer.content.decode())
        assert len(set(labels)) == len(labels) == 2  # above and below the list, told apart
        found.append(shown(answer))
        links = re.findall(r'<a href="([^"]+)" rel="next">', answer.content.decode())
        if links:
            answer = client.get(links[0].replace("&amp;", "&"))
    assert not links
    assert found == [[f"Opslag {n:02}" for n in part] for part in (range(5), range(5, 10), range(10, 12))]


def test_a_page_that_is_not_there_shows_one_that_is(as_user, full, subtests):
    client = as_user("archive")
    for side in ("0", "-1", "x", "99999999999999999999", "²"):
        with subtests.test(side=side):
            assert shown(at(client, "list", month="2026-11", side=side))
            assert at(client, "tray", side=side).context["tray"].items


def test_a_page_asks_as_much_whichever_it_is(as_user, full):
    client = as_user("archive")

    def asked(**query):
        with CaptureQueriesContext(connection) as queries:
            at(client, "list", month="2026-11", **query)
        return len(queries)

    asked()
    assert asked(side=1) == asked(side=3)


def test_what_is_wished_for_is_counted_and_stays_on_the_way(as_user, full, channels):
    answer = at(as_user("archive"), "list", month="2026-11", state="draft", channel=channels[0].pk)
    assert answer.context["pages"].total == 12
    assert len(shown(answer)) == 5
    assert answer.context["pages"].after.endswith(f"?month=2026-11&state=draft&channel={channels[0].pk}&side=2")


def test_the_tray_beside_the_plan_says_how_much_there_is_and_leads_to_all_of_it(as_user, full):
    client = as_user("planner")
    answer = at(client, "month")
    assert [item.title for item in answer.context["tray"].items] == ["Uden tid 0", "Uden tid 1", "Uden tid 2"]
    assert answer.context["tray"].total == 13
    whole = reverse("campaigns_calendar:tray")
    assert f'href="{whole}"' in answer.content.decode()
    titles = []
    for side in (1, 2, 3):
        found = at(client, "tray", side=side).context
        assert (found["tray"].total, found["pages"].last) == (13, 3)
        titles += [item.title for item in found["tray"].items]
    assert titles == [
        *(f"Uden tid {number}" for number in range(3)),
        *(f"Plads {number}" for number in range(4)),
        *(f"Uden plads {number}" for number in reversed(range(6))),
    ]


def test_a_tray_that_is_shown_whole_leads_nowhere(as_user, cast):
    draft(Post, by=cast.writer, title="Kladde")
    assert reverse("campaigns_calendar:tray") not in at(as_user("archive"), "month").content.decode()


def test_the_parts_of_the_tray_are_the_whole_one_cut(full, cast, channels, subtests):
    named = names.read()
    wishes = [{}, {"state": "empty"}, {"state": "draft"}, {"mine": cast.editor.pk}, {"channel": channels[0].pk}]
    for wish, limit in itertools.product(wishes, (1, 2, 5, 50)):
        with subtests.test(wish=wish, limit=limit):
            whole = tray.read(Part(NOW, Wish(**wish), 1000), named)
            assert whole.total == len(whole.items) > 0
            starts = range(0, whole.total, limit)
            cut = [tray.read(Part(NOW, Wish(**wish), limit, start=start), named) for start in starts]
            assert [item for part in cut for item in part.items] == list(whole.items)
            assert {part.total for part in cut} == {whole.total}


def test_who_may_edit_what_lies_there_is_told_with_it(full, cast):
    """As Wagtail tells of one page after the other."""
    for user in (cast.writer, cast.editor, cast.archive, cast.admin):
        items = [item for item in tray.read(Part(NOW, Wish(), 100, user=user), names.read()).items if item.page_id]
        one_by_one = [Page.objects.get(pk=item.page_id).permissions_for_user(user).can_edit() for item in items]
        assert [item.editable for item in items] == one_by_one


def test_the_outsider_sees_no_tray(as_user, full):
    assert at(as_user("outsider"), "tray").status_code == 302


def test_a_slot_of_the_days_shown_stands_there_and_in_the_tray(full, channels):
    slot = Placement.objects.create(channel=channels[0], due_at=NOW + timedelta(hours=1), note="I dag")
    rows = Placement.objects.active().between(*calendar.bounds(NOW.date(), NOW.date()))
    entries, found = tray.beside(rows, Part(NOW, Wish(), 100), names.read())
    assert slot.pk in {entry.pk for entry in entries}
    assert slot.pk in {item.placement for item in found.items}
    assert len(entries) == rows.count()


@pytest.mark.parametrize(("start", "numbers"), [(0, [1, 2, 0, 9]), (40, [1, 0, 4, 5, 6, 0, 9]), (80, [1, 0, 8, 9])])
def test_the_way_shows_the_ends_and_what_is_near(start, numbers):
    pages = Pages(start, 10, 85, "/list/?month=2026-11")
    assert [number for number, _url in pages.near] == numbers
    assert (pages.begins, pages.ends) == (start + 1, min(start + 10, 85))
    assert pages.of(1) == "/list/?month=2026-11"
    assert pages.of(2) == "/list/?month=2026-11&side=2"
