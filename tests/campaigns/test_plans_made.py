"""Plans made from plans: last year's campaign at new times, and a template around an event."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from campaigns import copying, proposing, slots, standard_plans, templates_of_plans
from campaigns.models import Campaign, CampaignTarget, Placement, PlanStep, PlanTemplate
from campaigns.proposing import Wished
from campaigns.slots import Slot
from campaigns.templates_of_plans import Event
from cms.models import Post
from cms.models.approvals import Approval
from publishing.models import Channel, Delivery, EvidenceRecord
from tests.cast import approve, draft, place, submit

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # ten o'clock in Copenhagen, a Tuesday
QUIET = {"quiet_from": time(22), "quiet_until": time(7)}


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(NOW, tick=False), translation.override("en"):
        yield


def ordinary(day):
    return ""


def wish(wall, channel, title="A"):
    return Wished(title, channel, wall)


def settled(*wishes, taken=None, holiday=ordinary):
    return proposing.settle(wishes, taken or {}, NOW, holiday)


# --- Pure -----------------------------------------------------------------------------------------------------


def test_a_copy_keeps_the_weekday_whatever_day_is_asked_for():
    monday = date(2025, 10, 6)
    assert copying.next_start(monday, date(2026, 1, 1)) == date(2026, 10, 5)
    assert copying.next_start(monday, date(2027, 1, 1)) == date(2027, 10, 4)
    assert copying.shift(monday, date(2026, 10, 7)) == 364  # a Wednesday: the Monday of that week
    assert {copying.shift(monday, date(2026, 10, day)) % 7 for day in range(1, 29)} == {0}


def test_each_takes_its_place_before_the_next_one_looks_and_what_clashes_goes_to_the_nearest_free_time():
    x = Channel(pk=1, name="X", minimum_gap=1800, **QUIET)
    nine = datetime(2026, 12, 1, 9, 0)
    first, second, night = settled(wish(nine, x), wish(nine, x, "B"), wish(datetime(2026, 12, 1, 23, 0), x, "C"))

    assert (first.wall, first.clashes) == (nine, [])
    assert second.wall == datetime(2026, 12, 1, 9, 30) and second.moved and len(second.clashes) == 1
    assert night.wall == datetime(2026, 12, 2, 7, 0)
    (taken,) = settled(wish(nine, x), taken={1: [datetime(2026, 12, 1, 8, 10, tzinfo=UTC)]})
    assert taken.wall == datetime(2026, 12, 1, 9, 45)


def test_what_has_passed_has_no_time_and_odd_hours_and_public_holidays_are_said():
    x = Channel(pk=1, name="X")
    (passed,) = settled(wish(datetime(2026, 11, 24, 9, 0), x))
    assert passed.due_at is None and passed.clashes
    (missing,) = settled(wish(datetime(2027, 3, 28, 2, 30), x))
    assert missing.wall == datetime(2027, 3, 28, 3, 30) and missing.clashes
    (feast,) = settled(wish(datetime(2026, 12, 25, 9, 0), x), holiday=lambda day: "Juledag")
    assert "Juledag" in feast.notes[0] and not feast.clashes


def test_an_event_fills_in_what_a_template_leaves_open_and_nothing_else():
    event = Event("Møde på Amager", datetime(2026, 12, 15, 19, 0), "Kulturhuset")
    assert event.fill("{event} i {place} kl. {time} {nonsense} {0}") == (
        "Møde på Amager i Kulturhuset kl. 19:00 {nonsense} {0}"
    )
    steps = [
        PlanStep(pk=1, days=-14, time=time(16), title="Kom: {event}"),
        PlanStep(pk=2, days=0, time=time(12), title="I dag"),
    ]
    x, web = Channel(pk=1, name="X"), Channel(pk=2, name="Web")
    found = templates_of_plans.wishes_of(steps, event, [x], {1: [web, x], 2: []})
    assert [(one.title, one.channel.name, one.wall) for one in found] == [
        ("Kom: Møde på Amager", "Web", datetime(2026, 12, 1, 16)),
        ("Kom: Møde på Amager", "X", datetime(2026, 12, 1, 16)),
        ("I dag", "X", datetime(2026, 12, 15, 12)),
    ]


# --- With the site --------------------------------------------------------------------------------------------


@pytest.fixture
def x(scripted_kinds, db):
    return Channel.objects.create(kind="scripted", name="X", slug="x")


def url(name, *args):
    return reverse(f"campaigns_plans:{name}", args=args)


@pytest.fixture
def last_year(cast, x):
    """Sent on a Tuesday of October in summer time, with an empty slot after the clocks went back."""
    made = Campaign.objects.create(title="Lys på", starts_on=date(2026, 10, 19), ends_on=date(2026, 12, 31))
    CampaignTarget.objects.create(campaign=made, channel=x, posts=4)
    page = draft(Post, by=cast.writer, title="Lygter", summary="Husk lys.", campaign=made, journal_number="J-1")
    place(page, x, due=NOW + timedelta(hours=1), campaign=made, withdraw_at=NOW + timedelta(hours=25))
    approve(submit(page, by=cast.writer), by=cast.editor)
    Placement.objects.filter(page=page).update(due_at=datetime(2026, 10, 20, 7, 0, tzinfo=UTC))  # 9.00 in summer
    slots.add(Slot("Refleks", x, datetime(2026, 12, 1, 8, 0, tzinfo=UTC), made.pk, "story", "Hvorfor"), by=cast.planner)
    return made


def test_a_copy_is_shown_before_it_is_made_of_new_drafts_that_nobody_approved(as_user, cast, last_year, x, refused):
    planner = as_user("planner")
    shown = planner.get(url("copy", last_year.pk))
    proposed = shown.context["proposed"]
    assert Campaign.objects.count() == 1 and Post.objects.count() == 1
    assert [one.wall for one in proposed] == [datetime(2027, 10, 19, 9), datetime(2027, 11, 30, 9)]  # Tuesdays at nine

    typed = {"title": "Lys på igen", "starts_on": "2027-10-20", "with_texts": "on"}
    ticked = [one.wished.key for one in proposed]
    answer = planner.post(url("copy", last_year.pk), {**typed, "make": ticked})

    made = Campaign.objects.get(title="Lys på igen")
    assert answer.url == url("plan", made.pk)
    assert (made.starts_on, made.targets.get().posts) == (date(2027, 10, 18), 4)
    copy = Post.objects.exclude(campaign=last_year).get()
    assert (copy.title, copy.summary, copy.campaign, copy.journal_number) == ("Lygter", "Husk lys.", made, "")
    assert not Approval.objects.filter(page_id=copy.pk).exists() and copy.owner == cast.planner
    sent, empty = Placement.objects.filter(campaign=made).order_by("due_at")
    assert (sent.page_id, sent.wall_time, sent.delivery) == (copy.pk, "2027-10-19T09:00:00", None)
    assert (empty.page, empty.note, empty.brief.kind) == (None, "Refleks", "story")
    assert Delivery.objects.count() == 1
    assert EvidenceRecord.objects.filter(kind="campaign.copied").count() == 1

    again = planner.post(url("copy", last_year.pk), {**typed, "make": ticked})  # pressed twice
    assert again.status_code == 422 and Campaign.objects.count() == 2
    for outsider in ("writer", "management", "prosecutor"):
        assert refused(as_user(outsider).get(url("copy", last_year.pk)))


def test_what_is_ticked_away_and_the_texts_can_stay_behind(as_user, last_year):
    planner = as_user("planner")
    typed = {"title": "Uden tekster", "starts_on": "2027-10-18"}
    key = planner.get(url("copy", last_year.pk), typed).context["proposed"][0].wished.key
    planner.post(url("copy", last_year.pk), {**typed, "make": [key]})
    (only,) = Placement.objects.filter(campaign__title="Uden tekster")
    assert (only.page, only.note) == (None, "Lygter") and Post.objects.count() == 1
    for day in ("2026-10-19", "9999-12-31", "0001-01-01"):
        assert planner.get(url("copy", last_year.pk), {**typed, "starts_on": day}).context["form"].errors


def test_a_template_is_used_around_an_event_and_its_slots_are_seen_first(as_user, x, refused):
    standard_plans.begin()
    template = PlanTemplate.objects.get(name="Borgermøde")
    planner, use = as_user("planner"), url("use_template", template.pk)
    typed = {"title": "Møde på Amager", "day": "2026-12-02", "time": "19:00", "place": "Kulturhuset"}
    assert planner.get(use, typed).context["form"].errors.keys() == {"channels"}

    typed["channels"] = [x.pk]
    proposed = planner.get(use, typed).context["proposed"]
    assert len(proposed) == 4 and not Placement.objects.exists()
    assert [bool(one.clashes) for one in proposed] == [True, False, False, False]  # the invitation is too late
    planner.post(use, {**typed, "make": [one.wished.key for one in proposed]})

    made = Campaign.objects.get()
    assert (made.title, made.starts_on, made.ends_on) == ("Møde på Amager", date(2026, 11, 30), date(2026, 12, 12))
    rows = list(Placement.objects.filter(campaign=made, due_at__isnull=False).order_by("due_at"))
    assert [row.wall_time[:16] for row in rows] == ["2026-11-30T16:00", "2026-12-02T12:00", "2026-12-12T16:00"]
    invitation = Placement.objects.get(campaign=made, due_at=None)
    assert "Møde på Amager" in invitation.note and "Kulturhuset" in invitation.brief.hint

    typed.update({"campaign": made.pk, "title": "Endnu et møde", "day": "2027-01-20"})
    keys = [one.wished.key for one in planner.get(use, typed).context["proposed"]]
    planner.post(use, {**typed, "make": keys[:1]})
    assert Campaign.objects.count() == 1 and Placement.objects.filter(campaign=made).count() == 5
    for outsider in ("management", "prosecutor"):
        assert refused(as_user(outsider).get(use))


def test_staff_change_the_templates_and_a_second_set_up_leaves_them_so(as_user):
    standard_plans.begin()
    template = PlanTemplate.objects.get(name="Tryghedsvandring")
    page = as_user("editor").get(reverse("plantemplate:edit", args=[template.pk]))
    assert page.status_code == 200
    PlanTemplate.objects.exclude(pk=template.pk).delete()
    standard_plans.begin()
    assert PlanTemplate.objects.count() == 1
