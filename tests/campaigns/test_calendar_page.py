"""The calendar in the admin: what is planned, what wants a time, and moving it through a form."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from campaigns import agenda, calendar, clock
from campaigns.agenda import Wish
from campaigns.models import Campaign, FocusArea, Goal, Initiative, Pillar, Placement, Strategy, Unit
from cms.models import CommunicationInitiative, Post, Story
from publishing import sending, stopping
from publishing.models import Channel, Delivery, State
from tests.cast import approve, draft, place, submit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # ten o'clock in Copenhagen


@pytest.fixture(autouse=True)
def november(db):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def channel(scripted_kinds):
    return Channel.objects.create(kind="scripted", name="X", slug="x")


@pytest.fixture
def other(scripted_kinds):
    return Channel.objects.create(kind="scripted", name="Mastodon", slug="mastodon")


@pytest.fixture
def as_user(client, cast):
    def log_in(key):
        client.force_login(getattr(cast, key))
        return client

    return log_in


def month(client, **query):
    return client.get(reverse("campaigns_calendar:month"), query)


def titles(answer):
    days = [day for week, _band in answer.context["weeks"] for day in week.days]
    return [item.first.title for day in days for item in day.items]


def post(by, title, channel, **fields):
    page = draft(Post, by=by, title=title, summary=f"Husk {title}.", **fields)
    place(page, channel, due=NOW + timedelta(hours=3))
    return page


def test_the_outsider_sees_no_plan(as_user, cast, channel):
    page = post(cast.writer, "Lygter", channel)
    client = as_user("outsider")
    for url in (
        reverse("campaigns_calendar:month"),
        reverse("campaigns_calendar:list"),
        reverse("campaigns_calendar:item", args=[page.placements.get().pk]),
    ):
        answer = client.get(url)
        assert answer.status_code == 302
        assert "/login/" in answer.url or answer.url == "/admin/"


def test_each_state_stands_with_its_shape_and_its_word(as_user, cast, channel):
    post(cast.writer, "Kladden", channel)
    submit(post(cast.writer, "Den anden", channel), by=cast.writer)
    approve(submit(post(cast.writer, "Den tredje", channel), by=cast.writer), by=cast.editor)
    answer = month(as_user("archive"))
    [day] = [day for week, _band in answer.context["weeks"] for day in week.days if day.items]
    assert day.date == date(2026, 11, 24)
    assert {item.first.title: item.badge.key for item in day.items} == {
        "Kladden": "draft",
        "Den anden": "in_approval",
        "Den tredje": "scheduled",
    }
    html = answer.content.decode()
    for item in day.items:
        cell = html.split(item.first.title)[0].rsplit("<a", 1)[1] + html.split(item.first.title)[1].split("</a>")[0]
        assert item.badge.shape in cell
        assert item.badge.label in cell
        assert "X" in cell


def test_filters_live_in_the_address_and_stay_on_the_way_to_another_month(as_user, cast, channel, other):
    goal = Goal.objects.create(
        strategy=Strategy.objects.create(year=2026, title="Strategi"), key="taettere", name_da="Tættere på"
    )
    area = FocusArea.objects.create(goal=goal, key="inddragelse", name_da="Borgerinddragelse")
    campaign = Campaign.objects.create(title="Lys på", starts_on=date(2026, 10, 1), ends_on=date(2027, 2, 1))
    post(cast.writer, "Lygter", channel, focus_area=area)
    page = post(cast.planner, "Reflekser", other)
    page.placements.update(campaign=campaign)
    approve(submit(page, by=cast.planner), by=cast.editor)
    client = as_user("writer")
    assert sorted(titles(month(client))) == ["Lygter", "Reflekser"]
    assert titles(month(client, channel=channel.pk)) == ["Lygter"]
    assert titles(month(client, state="draft")) == ["Lygter"]
    assert titles(month(client, state="scheduled")) == ["Reflekser"]
    assert titles(month(client, focus_area=area.pk)) == ["Lygter"]
    assert titles(month(client, campaign=campaign.pk)) == ["Reflekser"]
    assert titles(month(client, mine="on")) == ["Lygter"]
    answer = month(client, month="2026-11", channel=channel.pk)
    assert answer.context["urls"]["after"].endswith(f"?month=2026-12&channel={channel.pk}")


@pytest.mark.parametrize(
    "query", [{"month": "2026-13"}, {"month": "x"}, {"month": "0001-01"}, {"day": "x"}, {"channel": "99", "state": "x"}]
)
def test_an_address_that_makes_no_sense_shows_this_month(as_user, query):
    for name in ("month", "list"):
        answer = as_user("archive").get(reverse(f"campaigns_calendar:{name}"), query)
        assert answer.status_code == 200
        assert answer.context["month"] == date(2026, 11, 1)


def test_a_full_day_leads_to_that_day(as_user, cast, channel):
    for number in range(16):
        post(cast.writer, f"Opslag {number}", channel)
    client = as_user("archive")
    html = month(client).content.decode()
    assert "+12" in html
    assert reverse("campaigns_calendar:day") + "?day=2026-11-24" in html
    assert client.get(reverse("campaigns_calendar:day"), {"day": "2026-11-24"}).content.decode().count("Opslag ") == 16
    answer = client.get(reverse("campaigns_calendar:list"), {"day": "2026-11-24"})
    assert sum(len(day.items) for day, _marks in answer.context["days"]) == 16


def test_a_month_with_hundreds_of_items_takes_as_many_queries_as_one_with_few(
    as_user, cast, channel, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = as_user("archive")
    for number in range(3):
        approve(submit(post(cast.writer, f"Opslag {number}", channel), by=cast.writer), by=cast.editor)
        post(cast.writer, f"Kladde {number}", channel)
    month(client)
    with CaptureQueriesContext(
        connection,
    ) as few:
        month(client)
    pages = [draft(Post, by=cast.writer, title=f"Flere {number}") for number in range(20)]
    Placement.objects.bulk_create(
        Placement(page=page, channel=channel, due_at=NOW + timedelta(hours=hour))
        for page in pages
        for hour in range(1, 21)
    )
    with django_assert_max_num_queries(len(few) + 1):
        answer = month(client)
    days = [day for week, _band in answer.context["weeks"] for day in week.days]
    assert sum(len(day.shown) + day.more for day in days) > 300
    assert len(titles(answer)) < 50  # of the rest it says how much there is


@pytest.mark.parametrize(
    ("key", "most"), [("planner", 15), ("writer", 15), ("legal", 15), ("editor", 16), ("duty", 16)]
)
def test_the_month_with_its_menu_and_badges_takes_fifteen_queries(
    as_user, cast, channel, key, most, django_assert_max_num_queries
):
    """Whoever may stop is offered every channel and campaign on every page, which is one more."""
    submit(post(cast.writer, "Til godkendelse", channel), by=cast.writer)
    draft(Post, by=cast.writer, title="Uden plads")
    Placement.objects.create(page=draft(Post, by=cast.writer, title="Uden tid"), channel=channel)
    Placement.objects.create(channel=channel, due_at=NOW + timedelta(days=1), note="Plads")
    held = approve(submit(post(cast.writer, "Holdt", channel), by=cast.writer), by=cast.editor)
    Delivery.objects.filter(placements__page=held).update(state=State.HELD)
    client = as_user(key)
    month(client)
    with django_assert_max_num_queries(most):
        html = month(client).content.decode()
    assert "Uden plads" in html
    waiting = {"planner": 0, "writer": 0, "legal": 0, "editor": 2, "duty": 2}[key]
    assert (f'"data-waiting": "{waiting}"' in html) == bool(waiting)


@pytest.mark.parametrize("state", ["", "draft"])
def test_what_the_month_shows_of_a_day_is_what_the_whole_plan_begins_with(as_user, cast, channel, other, state):
    pages = [draft(Post, by=cast.writer, title=f"Flere {number}") for number in range(5)]
    dice, start = random.Random(4), NOW - timedelta(days=1, hours=11)
    Placement.objects.bulk_create(
        Placement(
            page=dice.choice([*pages, None]),
            channel=dice.choice([channel, other]),
            due_at=start + timedelta(minutes=10 * dice.randrange(3 * 144)),
        )
        for _number in range(90)
    )
    answer = month(as_user("archive"), state=state)
    shown = [day for week, _band in answer.context["weeks"] for day in week.days]
    wish = Wish(state=state)
    whole = calendar.weeks(2026, 11, agenda.between(*edges(2026, 11), wish), today=NOW.date())

    def told(days):
        return [(day.date, [[one.pk for one in item.entries] for item in day.shown], day.more) for day in days]

    assert told(shown) == told(day for week in whole for day in week.days)
    assert max(day.more for day in shown) > 10


def edges(year, number):
    days = calendar.grid(year, number)
    return calendar.bounds(days[0][0], days[-1][-1])


def test_the_tray_holds_what_wants_a_time_a_place_or_a_text(as_user, cast, channel):
    undated = draft(Post, by=cast.writer, title="Uden tid")
    Placement.objects.create(page=undated, channel=channel)
    draft(Post, by=cast.writer, title="Uden kanal")
    slot = Placement.objects.create(channel=channel, due_at=NOW + timedelta(days=3), note="Fredagsopslag")
    Placement.objects.create(channel=channel, due_at=NOW - timedelta(days=3), note="Gammel plads")
    placed = post(cast.writer, "Med tid", channel)
    client = as_user("planner")
    answer = month(client)
    assert [item.title for item in answer.context["tray"].items] == ["Uden tid", "Fredagsopslag", "Uden kanal"]
    html = answer.content.decode().split('class="cal-tray"')[1]
    assert reverse("campaigns_calendar:item", args=[slot.pk]) in html
    assert placed.title not in html
    mine = month(as_user("editor"), mine="on").context["tray"]
    assert (mine.items, mine.total) == ((), 0)


def test_content_that_one_may_not_edit_is_no_link_in_the_tray(as_user, cast):
    page = draft(Post, by=cast.writer, title="Uden kanal")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert edit in month(as_user("planner")).content.decode()
    assert edit in month(as_user("writer")).content.decode()
    assert edit not in month(as_user("archive")).content.decode()


def test_a_content_that_is_out_on_one_channel_and_uncertain_on_another_tells_both(as_user, cast, channel, other):
    page = draft(Post, by=cast.writer, title="To kanaler")
    place(page, channel, due=NOW)
    place(page, other, due=NOW + timedelta(minutes=5))
    approve(submit(page, by=cast.writer), by=cast.editor)
    sending.send_due()
    Delivery.objects.filter(channel=other).update(state=State.UNCERTAIN)
    html = month(as_user("archive")).content.decode()
    cell = html.split("cal-item__where")[1].split("</a>")[0]
    assert "●" in cell
    assert "?" in cell


# --- moving ---------------------------------------------------------------------------------------------------


def item(placement):
    return reverse("campaigns_calendar:item", args=[placement.pk])


def asked(placement, day="2026-11-25", time="14:30", **more):
    return {"day": day, "time": time, f"version-{placement.pk}": placement.version, **more}


def test_a_planner_gives_a_planned_post_a_new_time_and_its_delivery_follows(as_user, cast, channel):
    page = approve(submit(post(cast.writer, "Lygter", channel), by=cast.writer), by=cast.editor)
    placement = page.placements.get()
    client = as_user("planner")
    form = client.get(item(placement)).content.decode()
    assert 'value="2026-11-24"' in form
    assert 'value="13:00"' in form
    answer = client.post(item(placement), asked(placement))
    assert answer.url.endswith("?month=2026-11")
    placement.refresh_from_db()
    assert clock.to_wall(placement.due_at) == datetime(2026, 11, 25, 14, 30)
    assert Delivery.objects.get().due_at == placement.due_at
    assert placement.version == 2


@pytest.mark.parametrize("key", ["writer", "prosecutor", "legal", "management", "archive", "outsider"])
def test_only_a_planner_moves(as_user, cast, channel, key):
    placement = post(cast.writer, "Lygter", channel).placements.get()
    client = as_user(key)
    if key != "outsider":
        assert 'type="time"' not in client.get(item(placement)).content.decode()
    assert client.post(item(placement), asked(placement)).status_code in (302, 404)
    placement.refresh_from_db()
    assert placement.version == 1


@pytest.mark.parametrize(
    ("day", "time"),
    [("2026-11-23", "10:00"), ("2027-03-28", "02:30"), ("", "10:00"), ("2026-11-25", ""), ("i dag", "x")],
)
def test_a_time_that_cannot_be_used_is_explained_at_its_field_and_stays_typed(as_user, cast, channel, day, time):
    placement = post(cast.writer, "Lygter", channel).placements.get()
    answer = as_user("planner").post(item(placement), asked(placement, day, time))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "error" in html
    assert not day or f'value="{day}"' in html
    placement.refresh_from_db()
    assert placement.version == 1


def test_a_hint_is_given_when_an_hour_comes_twice(as_user, cast, channel):
    placement = post(cast.writer, "Lygter", channel).placements.get()
    answer = as_user("planner").post(item(placement), asked(placement, "2027-10-31", "02:30"), follow=True)
    placement.refresh_from_db()
    assert placement.due_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert len(list(answer.context["messages"])) == 2


def test_a_conflict_is_said_at_the_field(as_user, cast, channel):
    channel.minimum_gap = 3600
    channel.save()
    placement = post(cast.writer, "Lygter", channel).placements.get()
    place(draft(Post, by=cast.writer, title="En anden"), channel, due=datetime(2026, 11, 25, 13, 0, tzinfo=UTC))
    answer = as_user("planner").post(item(placement), asked(placement))
    assert answer.status_code == 422
    assert "14.00" in answer.content.decode() or "14:00" in answer.content.decode()


def test_who_was_overtaken_by_another_is_told_and_undoes_nothing(as_user, cast, channel):
    placement = post(cast.writer, "Lygter", channel).placements.get()
    client = as_user("planner")
    client.post(item(placement), asked(placement))
    late = client.post(item(placement), asked(placement, time="16:00"))
    assert late.status_code == 422
    placement.refresh_from_db()
    assert clock.to_wall(placement.due_at).hour == 14


def test_a_move_by_form_leads_back_to_the_view_one_came_from_with_its_filters(as_user, cast, channel):
    placement = post(cast.writer, "Lygter", channel).placements.get()
    client = as_user("planner")
    week = reverse("campaigns_calendar:week") + f"?day=2026-11-24&channel={channel.pk}"
    shown = client.get(item(placement), headers={"referer": f"http://testserver{week}"})
    assert shown.context["whence"] == shown.context["calendar_url"] == week
    answer = client.post(item(placement), asked(placement, whence=week))
    assert answer.url == reverse("campaigns_calendar:week") + f"?channel={channel.pk}&day=2026-11-25"
    placement.refresh_from_db()
    for elsewhere in ("https://example.org/admin/calendar/week/", reverse("wagtailadmin_home"), "/nowhere/"):
        answer = client.post(item(placement), asked(placement, time="15:00", whence=elsewhere))
        assert answer.url.endswith("/calendar/?month=2026-11")
        placement.refresh_from_db()


def test_an_item_moves_as_one_by_form_as_by_mouse_until_somebody_says_otherwise(as_user, cast, channel, other):
    page = draft(Post, by=cast.writer, title="To kanaler")
    first = place(page, channel, due=NOW + timedelta(hours=1))
    second = place(page, other, due=NOW + timedelta(hours=1, minutes=5))
    shown = as_user("planner").get(item(first)).content.decode()
    assert "checked" in shown.split(f'name="also" value="{second.pk}"')[1].split(">")[0]
    kept = as_user("planner").post(item(first), asked(first, time="25:00")).content.decode()
    assert "checked" not in kept.split(f'name="also" value="{second.pk}"')[1].split(">")[0]


def test_what_the_calendar_shows_as_one_item_moves_as_one_from_its_first_minute_to_its_last(
    as_user, cast, channel, other
):
    page = draft(Post, by=cast.writer, title="To kanaler")
    first = place(page, channel, due=NOW + timedelta(hours=1))
    last = place(page, other, due=NOW + timedelta(hours=1) + calendar.TOGETHER)
    shown = as_user("planner").get(item(first)).content.decode()
    assert f'name="also" value="{last.pk}"' in shown


def test_the_other_channels_move_along_with_their_distance_all_or_none(as_user, cast, channel, other):
    page = draft(Post, by=cast.writer, title="To kanaler")
    first = place(page, channel, due=NOW + timedelta(hours=1))
    second = place(page, other, due=NOW + timedelta(hours=1, minutes=5), latest_at=NOW + timedelta(hours=2))
    data = {**asked(first), f"version-{second.pk}": second.version, "also": second.pk}
    client = as_user("planner")
    other.quiet_from, other.quiet_until = "14:32", "15:00"
    other.save()
    refused = client.post(item(first), data)
    assert refused.status_code == 422
    assert "Mastodon" in refused.context["form"].errors["time"][0]
    assert refused.context["form"].errors["time"][-1].startswith("Ledig tid: ")
    first.refresh_from_db()
    assert first.version == 1
    other.quiet_from = other.quiet_until = None
    other.save()
    client.post(item(first), data)
    first.refresh_from_db()
    second.refresh_from_db()
    assert second.due_at - first.due_at == timedelta(minutes=5)
    assert second.latest_at - second.due_at == timedelta(minutes=55)


def test_what_is_out_cannot_be_moved(as_user, cast, channel):
    page = draft(Post, by=cast.writer, title="Sendt")
    placement = place(page, channel, due=NOW)
    approve(submit(page, by=cast.writer), by=cast.editor)
    sending.send_due()
    client = as_user("planner")
    assert 'type="time"' not in client.get(item(placement)).content.decode()
    assert client.post(item(placement), asked(placement)).status_code == 422
    assert Delivery.objects.get().state == State.DELIVERED


def test_what_is_held_is_moved_only_by_who_may_release_it(as_user, cast, channel):
    page = approve(submit(post(cast.writer, "Lygter", channel), by=cast.writer), by=cast.editor)
    placement = page.placements.get()
    stopping.hold(Delivery.objects.get(), reason="Terror", by=cast.duty)
    assert as_user("planner").post(item(placement), asked(placement)).status_code == 422
    assert Delivery.objects.get().state == State.HELD
    assert as_user("duty").post(item(placement), asked(placement)).status_code == 302
    assert Delivery.objects.get().state == State.SCHEDULED


def test_approved_content_that_gets_a_time_is_planned_without_a_new_approval(as_user, cast, channel):
    page = draft(Post, by=cast.writer, title="Lygter", summary="Husk lygter.")
    placement = Placement.objects.create(page=page, channel=channel)
    approve(submit(page, by=cast.writer), by=cast.editor)
    assert not Delivery.objects.exists()
    client = as_user("planner")
    assert [entry.badge.key for entry in month(client).context["tray"].items] == ["approved"]
    client.post(item(placement), asked(placement))
    delivery = Delivery.objects.get()
    assert clock.to_wall(delivery.due_at) == datetime(2026, 11, 25, 14, 30)
    assert month(client).context["tray"].total == 0


def test_a_draft_that_gets_a_time_is_not_planned(as_user, cast, channel):
    page = draft(Post, by=cast.writer, title="Lygter")
    placement = Placement.objects.create(page=page, channel=channel)
    as_user("planner").post(item(placement), asked(placement))
    placement.refresh_from_db()
    assert placement.due_at
    assert not Delivery.objects.exists()


def test_a_dropped_placement_is_not_to_be_found(as_user, cast, channel):
    placement = post(cast.writer, "Lygter", channel).placements.get()
    Placement.objects.update(cancelled_at=timezone.now())
    assert as_user("planner").get(item(placement)).status_code == 404
    assert titles(month(as_user("planner"))) == []


def test_it_is_narrowed_to_a_unit_a_type_and_an_initiative(as_user, cast, channel, other):
    strategy = Strategy.objects.create(year=2026, title="Strategi")
    unit = Unit.objects.create(
        pillar=Pillar.objects.create(strategy=strategy, key="p", name_da="Søjle"), key="u", name_da="Færdsel"
    )
    initiative = Initiative.objects.create(strategy=strategy, unit=unit, number="1132", title_da="Åben kommunikation")
    tagged = post(cast.writer, "Lygter", channel, owner_unit=unit)
    CommunicationInitiative.objects.create(page=tagged, initiative=initiative)
    story = draft(Story, by=cast.writer, title="Torvet", summary="Vi mødes.")
    place(story, other, due=NOW + timedelta(hours=4))
    client = as_user("writer")
    assert titles(month(client, unit=unit.pk)) == ["Lygter"]
    assert titles(month(client, kind="story")) == ["Torvet"]
    assert titles(month(client, initiative="1132")) == ["Lygter"]
    assert titles(month(client, initiative="9999")) == []
    assert titles(month(client, kind="findes ikke")) == ["Lygter", "Torvet"]


def test_a_view_is_kept_by_name_and_is_ones_own(as_user, cast, channel):
    client = as_user("planner")
    keep = {
        "name": "X i dag",
        "view": "week",
        "channel": channel.pk,
        "next": "https://example.org",
        "day": "2026-11-24",
    }
    address = client.post(reverse("campaigns_calendar:keep"), keep).url
    assert address == reverse("campaigns_calendar:week") + f"?channel={channel.pk}"
    assert [one["url"] for one in month(client).context["kept"]] == [address]
    client.post(reverse("campaigns_calendar:keep"), {**keep, "view": "list"})  # the same name again
    [kept] = month(client).context["kept"]
    assert kept["url"].startswith(reverse("campaigns_calendar:list"))
    assert month(as_user("writer")).context["kept"] == []
    assert client.post(reverse("campaigns_calendar:forget", args=[kept["pk"]])).status_code == 404
    client = as_user("planner")
    client.post(reverse("campaigns_calendar:forget", args=[kept["pk"]]))
    for name in (" ", "a" * 41, "a\x00b"):
        client.post(reverse("campaigns_calendar:keep"), {"name": name, "view": "month"})
    assert month(client).context["kept"] == []
