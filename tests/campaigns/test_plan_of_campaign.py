"""The plan of a campaign: its weeks by channel, what is missing in a sentence, and its slots from empty to filled."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import Comment

from campaigns import names, slots, timeline, tray
from campaigns.calendar import Entry
from campaigns.models import Campaign, CampaignInitiative, CampaignTarget, Placement, Strategy
from campaigns.planning import Conflict
from campaigns.slots import Slot
from cms.models import Post, Story
from publishing import presenting
from publishing.models import Channel, Delivery, EvidenceRecord
from tests.cast import approve, draft, place, submit

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # ten o'clock in Copenhagen, a Tuesday
BADGES = {key: presenting.badge(key, key) for key in ("empty", "draft", "scheduled", "delivered", "cancelled")}


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(NOW, tick=False), translation.override("en"):
        yield


def entry(days, state, channel="X", pk=1):
    content = None if state == "empty" else pk
    return Entry(pk, content, f"Post {pk}", channel, NOW + timedelta(days=days), BADGES[state])


# --- Pure -----------------------------------------------------------------------------------------------------


def test_what_is_missing_is_said_in_one_sentence():
    planned = [entry(0, "scheduled")] * 12
    assert timeline.missing([*planned, *[entry(9 + n, "empty") for n in range(6)]], NOW) == (
        "6 of 18 posts lack a text; the first is due in 9 days."
    )
    assert "should have gone 2 days ago" in timeline.missing([entry(-2, "empty"), entry(3, "empty")], NOW)
    assert "1 of 13 is not approved yet" in timeline.missing([*planned, entry(1, "draft")], NOW)
    assert timeline.missing(planned, NOW) == "All 12 posts have a text and are approved."
    assert "Nothing is planned yet" in timeline.missing([], NOW)


def test_weeks_run_from_monday_by_channel_and_weeks_of_nothing_are_one():
    found = timeline.weeks(
        [entry(0, "scheduled"), entry(28, "empty", "Web"), entry(34, "draft", "Web")],
        ["Web", "X"],
        date(2026, 11, 25),
        date(2026, 12, 20),
        today=NOW.date(),
    )
    assert [(week.number, week.weeks, [len(cell) for cell in week.cells]) for week in found] == [
        (48, 1, [0, 1]), (49, 3, [0, 0]), (52, 1, [1, 0]), (53, 1, [1, 0]),
    ]  # fmt: skip
    assert found[0].current and found[1].last_number == 51


def test_what_came_to_nothing_does_not_count_towards_a_target():
    found = timeline.aims(
        [entry(0, "delivered"), entry(1, "scheduled"), entry(2, "cancelled"), entry(3, "empty")], ["X"], {"X": 4}
    )
    assert [(aim.written, aim.sent, aim.empty, aim.short, aim.reached) for aim in found] == [(2, 1, 1, 1, False)]


# --- With the site --------------------------------------------------------------------------------------------


@pytest.fixture
def x(scripted_kinds, db):
    return Channel.objects.create(kind="scripted", name="X", slug="x", minimum_gap=600)


@pytest.fixture
def web(scripted_kinds, db):
    return Channel.objects.create(kind="scripted", name="Web", slug="web")


@pytest.fixture
def campaign(db):
    strategy = Strategy.objects.create(year=2023, title="Strategi", status=Strategy.Status.CURRENT)
    goal = strategy.goals.create(key="sund-drift", name_da="Sund drift")
    unit = strategy.pillars.create(key="politi", name_da="Politi").units.create(key="lokal", name_da="Lokal")
    initiative = strategy.initiatives.create(unit=unit, goal=goal, number="1132", title_da="Åben kommunikation")
    made = Campaign.objects.create(
        title="Lys på",
        starts_on=date(2026, 11, 1),
        ends_on=date(2026, 12, 31),
        focus_area=goal.focus_areas.create(key="trivsel", name_da="Trivsel"),
    )
    CampaignInitiative.objects.create(campaign=made, initiative=initiative)
    return made


@pytest.fixture
def slot(cast, campaign, x):
    wanted = Slot("Lygter", x, NOW + timedelta(days=9), campaign.pk, "story", "Hvorfor det betyder noget.")
    return slots.add(wanted, by=cast.planner)


def url(name, *args):
    return reverse(f"campaigns_plans:{name}", args=args)


def typed(slot, **other):
    return {
        "title": "Lygter", "channel": slot.channel_id, "day": "2026-12-03", "time": "10:00", "version": slot.version,
        "campaign": slot.campaign_id, **other,
    }  # fmt: skip


def test_the_plan_is_read_by_all_who_see_the_calendar_and_by_no_prosecutor(as_user, campaign, slot, web, cast):
    CampaignTarget.objects.create(campaign=campaign, channel=web, posts=2)
    page = draft(Post, by=cast.writer, title="Refleks", campaign=campaign)
    place(page, web)  # by the page form: it belongs to the campaign because its content does
    draft(Post, by=cast.writer, title="Uden plads", campaign=campaign)

    for reader in ("management", "writer", "planner"):
        answer = as_user(reader).get(url("plan", campaign.pk))
        html = answer.content.decode()
        assert answer.context["counts"] == {"filled": 0, "drafted": 1, "empty": 1}
        assert [(aim.channel, aim.written, aim.target) for aim in answer.context["aims"]] == [
            ("Web", 1, 2),
            ("X", 0, None),
        ]
        assert url("slot", slot.pk) in html and "Refleks" in html and "Uden plads" in html
        assert (url("new_slot") in html) is (reader == "planner")
    assert as_user("prosecutor").get(url("plan", campaign.pk)).status_code == 404
    assert (
        "Refleks"
        in as_user("planner")
        .get(reverse("campaigns_calendar:list"), {"month": "2026-11", "campaign": campaign.pk})
        .content.decode()
    )


def test_the_plan_asks_the_same_whatever_stands_in_it(as_user, campaign, slot, web, cast):
    client = as_user("planner")

    def asked(amount):
        for number in range(amount):
            page = draft(Post, by=cast.writer, title=f"Refleks {number}", campaign=campaign)
            place(page, web, due=NOW + timedelta(days=number))
            slots.add(Slot("Plads", web, NOW + timedelta(days=number), campaign.pk), by=cast.planner)
        client.get(url("plan", campaign.pk))
        with CaptureQueriesContext(connection) as queries:
            client.get(url("plan", campaign.pk))
        return len(queries)

    few = asked(1)
    assert asked(6) <= few + 1
    with CaptureQueriesContext(connection) as own:
        tray.whole_campaign(campaign.pk, 60, names.read(), cast.planner)
    assert len(own) <= 7, [query["sql"][:120] for query in own]


def test_a_slot_is_added_changed_and_removed_by_form_and_each_leaves_evidence(as_user, campaign, slot, x, refused):
    planner = as_user("planner")
    answer = planner.post(url("new_slot"), typed(slot, title="Nr. 2"))
    assert answer.status_code == 422  # within the channel's gap: said at the time, with one that is free
    against, free = answer.context["form"].errors["time"]
    assert "10.00" in against and "10.15" in free

    answer = planner.post(url("new_slot"), typed(slot, title="Nr. 2", time="11:00"))
    assert answer.url == url("plan", campaign.pk)
    second = Placement.objects.get(note="Nr. 2")
    assert second.wall_time == "2026-12-03T11:00:00" and second.page is None

    planner.post(url("slot", second.pk), typed(second, title="Ny titel", time="12:15"))
    assert planner.post(url("slot", second.pk), typed(second)).status_code == 422  # an old form undoes nothing
    second.refresh_from_db()
    assert (second.note, second.wall_time) == ("Ny titel", "2026-12-03T12:15:00")

    planner.post(url("remove_slot", second.pk))
    assert not Placement.objects.active().filter(pk=second.pk).exists()
    subject = f"placement:{second.key}"
    told = EvidenceRecord.objects.filter(subject=subject).order_by("pk").values_list("kind", flat=True)
    assert list(told) == ["slot.added", "slot.changed", "placement.dropped"]

    for outsider in ("writer", "management", "prosecutor"):
        client = as_user(outsider)
        assert refused(client.post(url("new_slot"), typed(slot, time="15:00")))
        assert refused(client.post(url("remove_slot", slot.pk)))
    assert Placement.objects.active().count() == 1


def test_a_draft_of_a_slot_knows_all_that_the_slot_and_its_campaign_know(as_user, campaign, slot, web, cast):
    beside = slots.add(Slot("Lygter", web, slot.due_at + timedelta(minutes=5), campaign.pk), by=cast.planner)
    writer = as_user("writer")
    form = writer.get(url("draft_slot", slot.pk)).context["form"]
    assert form["kind"].value() == "story"

    sent = {field.html_name: field.value() for field in form if field.value()}
    answer = writer.post(url("draft_slot", slot.pk), {**sent, "also": [beside.pk]})

    story = Story.objects.get()
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert (story.title, story.campaign, story.focus_area) == ("Lygter", campaign, campaign.focus_area)
    assert [tag.initiative.number for tag in story.initiative_tags.all()] == ["1132"] and not story.live
    assert Comment.objects.get(page=story).text == "Hvorfor det betyder noget."
    assert set(Placement.objects.of_page(story.pk)) == {slot, beside}  # the same rows, with their times
    assert writer.get(url("slot", slot.pk)).url == reverse("campaigns_calendar:item", args=[slot.pk])


def test_an_approved_content_that_fills_a_slot_of_its_channel_is_planned(as_user, cast, slot, x):
    page = draft(Post, by=cast.writer, title="Færdig", summary="Husk lys.")
    place(page, x, due=NOW + timedelta(hours=1))
    approve(submit(page, by=cast.writer), by=cast.editor)

    as_user("planner").post(url("fill_slot", slot.pk), {"page": page.pk})
    slot.refresh_from_db()
    assert slot.page_id == page.pk
    assert Delivery.objects.get(placements=slot).due_at == slot.due_at


def test_a_slot_is_filled_once_and_only_with_what_one_may_edit(cast, slot):
    page = draft(Post, by=cast.writer)
    with pytest.raises(PermissionDenied):
        slots.fill([slot], page.pk, by=cast.management)
    stale = Placement.objects.get(pk=slot.pk)
    slots.fill([slot], page.pk, by=cast.writer)
    with pytest.raises(Conflict):
        slots.fill([stale], page.pk, by=cast.writer)
    with pytest.raises(Conflict):
        slots.remove(stale, by=cast.planner)


def test_initiatives_and_targets_are_kept_with_the_campaign_and_a_channel_has_one_target(as_user, campaign, x):
    fields = {
        "title": "Lys på", "starts_on": "2026-11-01", "ends_on": "2026-12-31",
        "initiative_tags-TOTAL_FORMS": 0, "initiative_tags-INITIAL_FORMS": 0,
        "targets-TOTAL_FORMS": 2, "targets-INITIAL_FORMS": 0,
        "targets-0-channel": x.pk, "targets-0-posts": 6, "targets-1-channel": x.pk, "targets-1-posts": 7,
    }  # fmt: skip
    edit = reverse("campaign:edit", args=[campaign.pk])
    planner = as_user("planner")
    assert planner.post(edit, fields).status_code == 200 and not campaign.targets.exists()

    assert planner.post(edit, {**fields, "targets-1-DELETE": "on"}).status_code == 302
    assert [(row.channel, row.posts) for row in campaign.targets.all()] == [(x, 6)]
    assert url("plan", campaign.pk) in planner.get(edit).content.decode()
    assert url("plan", campaign.pk) in planner.get(reverse("campaign:index")).content.decode()


def test_whoever_begins_a_campaign_owns_it_by_name_and_comes_to_its_plan(as_user):
    planner = as_user("planner")
    shown = planner.get(reverse("campaign:add")).content.decode()
    assert "<option" in shown.split('name="owner"')[1] and "selected>Planner" in shown.split('name="owner"')[1]
    lists = {
        f"{name}-{part}": "0" for name in ("initiative_tags", "targets") for part in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    sent = {"title": "Sikker jul", "starts_on": "01.12.2026", "ends_on": "31.12.2026", "objective": "", "audience": ""}
    answer = planner.post(reverse("campaign:add"), {**sent, **lists, "key_messages": "", "focus_area": "", "owner": ""})
    begun = Campaign.objects.get(title="Sikker jul")
    for_ever = {**sent, **lists, "title": "Altid", "ends_on": "31.12.9999", "key_messages": ""}
    refused = planner.post(reverse("campaign:add"), {**for_ever, "focus_area": "", "owner": ""})
    assert list(refused.context["form"].errors) == ["ends_on"]  # no plan has so many weeks
    assert answer.url == url("plan", begun.pk)
    assert "series/add/?campaign=" in planner.get(answer.url).content.decode()
