"""Series in the plan: made once, moved, left out or worded alone, changed without touching what people have done."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from campaigns import planning, series, series_changes
from campaigns.models import Campaign, Occurrence, Placement, Series
from cms import approval
from cms.models import Post
from publishing.models import Channel, Delivery, State
from publishing.scheduling import NotPossible
from tests.cast import approve, draft, place, submit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # a Tuesday, ten o'clock in Copenhagen
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def november(db):
    with time_machine.travel(NOW, tick=False), translation.override("en"):
        yield


@pytest.fixture
def channel(scripted_kinds):
    return Channel.objects.create(kind="scripted", name="X", slug="x")


def values(**fields):
    defaults = {
        "title": "Cykellygter",
        "rule": "FREQ=WEEKLY;BYDAY=TU,TH",
        "at": time(16),
        "starts_on": date(2026, 11, 24),
        "until": date(2026, 12, 20),
    }
    return Series(**{**defaults, **fields})


@pytest.fixture
def lights(cast, channel):
    return series_changes.begin(values(), [channel], now=NOW, by=cast.planner)[0]


def slots(row, **sought):
    return list(row.occurrences.with_all().filter(**sought).order_by("on"))


def change(row, channel, cast, *, start=None, chosen=(), **fields):
    kept = {name: getattr(row, name) for name in series_changes.FIELDS}
    new = Series(**{**kept, **fields})
    return series_changes.change(row, new, [channel], start=start, chosen=chosen, now=NOW, by=cast.planner)[0]


def test_slots_are_made_once_however_often_it_runs(lights, cast):
    assert [one.on.day for one in slots(lights)] == [24, 26, 1, 3, 8, 10, 15, 17]
    assert {one.placement.due_at.hour for one in slots(lights)} == {15}
    assert all(one.placement.note == "Cykellygter" and one.untouched for one in slots(lights))
    before = Placement.objects.count()
    call_command("expand_series")
    assert (series.expand(lights, NOW, by=cast.planner).slots, Placement.objects.count()) == (0, before)


def test_what_was_moved_left_out_deleted_or_worded_is_never_made_again(lights, cast):
    first, second, third, fourth = slots(lights)[:4]
    planning.move(first.placement, due_at=NOW + 2 * DAY, version=1, by=cast.planner)
    series.skip(second, by=cast.planner)
    page = series.reword(third, by=cast.planner)
    fourth.placement.delete()
    series.expand_all(NOW)
    assert Occurrence.objects.count() == 8
    first, second, third, fourth = slots(lights)[:4]
    assert first.moved and not first.untouched
    assert second.skipped and second.placement.cancelled_at
    assert third.reworded and third.placement.page_id == page
    assert fourth.skipped and fourth.placement is None
    series.unskip(second, NOW, by=cast.planner)
    series.unskip(fourth, NOW, by=cast.planner)
    assert [one.untouched for one in slots(lights)[:4]] == [False, True, False, True]
    series.expand_all(NOW)
    assert Placement.objects.active().count() == 8


def test_what_was_sent_cannot_be_left_out_nor_worded_again(lights, cast, channel):
    one = slots(lights)[0]
    Placement.objects.filter(pk=one.placement_id).update(page=draft(Post, by=cast.writer))
    page = one.placement.page or Placement.objects.get(pk=one.placement_id).page
    approve(submit(page.specific, by=cast.writer), by=cast.editor)
    one.placement.refresh_from_db()
    one.placement.delivery.state = State.DELIVERED
    one.placement.delivery.save()
    for verb in (series.skip, series.reword):
        with pytest.raises(NotPossible):
            verb(slots(lights)[0], by=cast.planner)


def test_empty_slots_follow_a_change_and_what_was_touched_stays_unless_chosen(lights, cast, channel):
    first, second, third = slots(lights)[1:4]
    planning.move(first.placement, due_at=NOW + 2 * DAY, version=1, by=cast.planner)
    series.reword(second, by=cast.planner)
    series.reword(third, by=cast.planner)
    fourth = slots(lights)[4]
    Placement.objects.filter(pk=fourth.placement_id).update(note="Lygter: kontrol på Nørrebrogade")
    new = values(at=time(17))
    touched = series_changes.affected(lights, new, [channel], None, NOW)
    assert {one.occurrence.on for one in touched} == {first.on, second.on, third.on, fourth.on}
    change(lights, channel, cast, at=time(17), title="Lys på cyklen", chosen=[second.pk])
    hours = [one.placement.due_at.hour for one in slots(lights)]
    assert hours == [16, 9, 16, 15, 15, 16, 16, 16]  # UTC: what was touched and not chosen stays where it was
    assert [one.moved for one in slots(lights)][:4] == [False, True, False, True]
    assert slots(lights)[4].placement.note == "Lygter: kontrol på Nørrebrogade"
    assert slots(lights)[5].placement.note == "Lys på cyklen"
    assert Placement.objects.active().count() == 8


def test_what_is_planned_is_moved_only_when_it_was_chosen_and_goes_along_with_its_delivery(lights, cast, channel):
    one = slots(lights)[2]
    page = series.reword(one, by=cast.planner)
    approve(submit(Post.objects.get(pk=page), by=cast.planner), by=cast.editor)
    change(lights, channel, cast, at=time(18))
    row = Placement.objects.get(pk=one.placement_id)
    assert (row.due_at.hour, row.delivery.due_at.hour, row.delivery.state) == (15, 15, State.SCHEDULED)
    change(Series.objects.get(pk=lights.pk), channel, cast, at=time(19), chosen=[one.pk])
    row.refresh_from_db()
    assert (row.due_at.hour, row.delivery.due_at.hour) == (18, 18)
    change(Series.objects.get(pk=lights.pk), channel, cast, rule="FREQ=WEEKLY;BYDAY=MO", chosen=[one.pk])
    assert Placement.objects.get(pk=row.pk).delivery.state == State.CANCELLED
    assert {one.day.weekday() for one in slots(lights) if not one.skipped} == {0}


def test_from_a_day_on_it_becomes_a_series_of_its_own(lights, cast, channel):
    kept = slots(lights)[5]
    series.reword(kept, by=cast.planner)
    new = change(lights, channel, cast, start=date(2026, 12, 8), at=time(12))
    lights.refresh_from_db()
    assert lights.until == date(2026, 12, 7) and new.follows == lights
    assert [one.placement.due_at.hour for one in slots(lights)] == [15] * 4
    assert [(one.on.day, one.placement.due_at.hour) for one in slots(new)] == [(8, 11), (10, 15), (15, 11), (17, 11)]
    series.expand_all(NOW)
    assert Placement.objects.active().count() == 8


def test_paused_nothing_new_comes_and_ended_the_empty_slots_go(lights, cast, channel):
    Occurrence.objects.filter(on=date(2026, 12, 17)).delete()
    series.pause(lights, by=cast.planner)
    assert series.expand(lights, NOW, by=None).slots == 0
    assert series.resume(lights, NOW, by=cast.planner).slots == 1
    series.reword(slots(lights)[2], by=cast.planner)
    assert series.end(lights, NOW, drop_empty=True, by=cast.planner) == (7, 1)
    series.expand_all(NOW)
    assert [one.reworded for one in slots(lights)] == [True]


def test_put_back_or_worded_twice_is_done_once(lights, cast, channel):
    page = draft(Post, by=cast.writer)
    place(page, channel, due=NOW + 200 * DAY)
    approve(submit(page, by=cast.writer), by=cast.editor)
    yearly = values(rule="FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5", page_id=page.pk, until=None)
    row, _made = series_changes.begin(yearly, [channel], now=NOW, by=cast.planner)
    seen_by_both = [slots(row)[0], slots(row)[0]]
    for one in seen_by_both:
        series.unskip(one, NOW, by=cast.planner)
    planned = Delivery.objects.filter(due_at__lt=NOW + 100 * DAY, state=State.SCHEDULED)
    assert planned.count() == 1  # not the same words twice in one minute
    series.skip(slots(row)[0], by=cast.planner)
    assert not planned.exists()
    seen_by_both = [slots(row)[0], slots(row)[0]]
    for one in seen_by_both:
        series.unskip(one, NOW, by=cast.planner)
    assert planned.count() == 1
    seen_by_both = [slots(lights)[2], slots(lights)[2]]
    series.reword(seen_by_both[0], by=cast.planner)
    with pytest.raises(NotPossible):
        series.reword(seen_by_both[1], by=cast.planner)


def test_what_is_left_out_is_not_sent_though_it_was_approved_a_moment_ago(lights, cast, channel):
    page = series.reword(slots(lights)[2], by=cast.planner)
    seen = slots(lights)[2]
    assert seen.placement.delivery is None
    approve(submit(Post.objects.get(pk=page), by=cast.planner), by=cast.editor)
    series.skip(seen, by=cast.planner)
    assert Delivery.objects.get().state == State.CANCELLED
    row = Placement.objects.get(pk=slots(lights)[3].placement_id)
    Placement.objects.filter(pk=row.pk).update(page=page)
    row.refresh_from_db()
    approval.schedule(row.page.specific, approval.current(row.page.specific), by=cast.editor)
    assert row.delivery is None and Delivery.objects.filter(state=State.SCHEDULED).count() == 1
    planning.drop(row, reason="Given up.", by=cast.planner)
    assert not Delivery.objects.filter(state=State.SCHEDULED).exists()


def test_a_slot_that_was_filled_meanwhile_stays_when_its_series_ends(lights, cast):
    seen = slots(lights)
    page = draft(Post, by=cast.writer)
    Placement.objects.filter(pk=seen[0].placement_id).update(page=page)
    series.discard(seen)
    assert [one.placement.page_id for one in slots(lights)] == [page.pk]


def test_from_a_day_on_is_split_once(lights, cast, channel):
    change(lights, channel, cast, start=date(2026, 12, 8), at=time(12))
    with pytest.raises(NotPossible):
        change(lights, channel, cast, start=date(2026, 12, 8), at=time(12))
    assert Series.objects.count() == 2


def test_a_series_goes_on_when_whoever_made_it_is_gone(cast, channel):
    page = draft(Post, by=cast.writer)
    place(page, channel, due=NOW + 200 * DAY)
    approve(submit(page, by=cast.writer), by=cast.editor)
    Series.objects.all().delete()
    yearly = values(rule="FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5", page_id=page.pk, until=None)
    yearly.save()
    yearly.channels.set([channel])
    assert series.expand_all(NOW) == 1
    assert slots(yearly)[0].placement.delivery.state == State.SCHEDULED


def test_a_text_that_was_approved_is_placed_again_and_planned_and_never_twice_in_thirty_days(cast, channel):
    page = draft(Post, by=cast.writer)
    place(page, channel, due=NOW + DAY)
    approve(submit(page, by=cast.writer), by=cast.editor)
    weekly = values(rule="FREQ=WEEKLY;INTERVAL=5;BYDAY=TU", starts_on=date(2026, 12, 1), page_id=page.pk, until=None)
    row, made = series_changes.begin(weekly, [channel], now=NOW, by=cast.planner)
    first, second, third = slots(row)
    assert first.placement.page is None and "the same words may come again after 30 days" in made.why[0]
    assert second.placement.delivery.state == third.placement.delivery.state == State.SCHEDULED
    assert second.placement.delivery.message_sha256 == third.placement.delivery.message_sha256
    other = draft(Post, by=cast.writer, title="Anden", summary="Noget andet.")
    new = Series(**{name: getattr(row, name) for name in series_changes.FIELDS} | {"page": other})
    listed = series_changes.affected(row, new, [channel], None, NOW)
    assert {one.occurrence.pk for one in listed} == {second.pk, third.pk} and all(one.text for one in listed)
    change(row, channel, cast, page=other, chosen=[second.pk])
    pages = [one.placement.page_id for one in slots(row)]
    assert pages == [other.pk, other.pk, page.pk]  # what was planned and not chosen keeps its text
    kladde = draft(Post, by=cast.writer)
    unapproved = values(rule="FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5", page_id=kladde.pk)
    row, _made = series_changes.begin(unapproved, [channel], now=NOW, by=cast.planner)
    assert slots(row)[0].placement.delivery is None


class Expansion(TestCase):
    @given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from("smwde")), max_size=8))
    @settings(max_examples=12)
    def test_after_whatever_people_do_and_however_often_it_runs_there_is_one_slot_a_day(self, deeds):
        now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
        channel = Channel.objects.create(kind="dry_run", name="T", slug="t")
        row = values(until=None)
        row.save()
        row.channels.set([channel])
        with time_machine.travel(now, tick=False):
            for days, deed in [(0, "e"), *deeds, (0, "e")]:
                found = slots(row)
                one = found[days % len(found)] if found else None
                place = one.placement if one else None
                if deed == "e":
                    series.expand(row, now + timedelta(days=days), by=None)
                elif place is not None and deed == "m":
                    Placement.objects.filter(pk=place.pk).update(due_at=now + timedelta(days=days))
                elif place is not None and deed == "s":
                    Placement.objects.filter(pk=place.pk).update(cancelled_at=now)
                elif place is not None and deed == "d":
                    place.delete()
            latest = max((days for days, deed in deeds if deed == "e"), default=0)
            series.expand(row, now + timedelta(days=latest), by=None)
        keys = [one.on for one in slots(row)]
        assert len(keys) == len(set(keys)) and Placement.objects.count() <= len(keys)


def form(channel, **fields):
    return {
        "title": "Cykellygter", "channels": [channel.pk], "pattern": "weekly", "weekdays": ["1", "3"], "every": "1",
        "nth": "1", "nth_day": "0", "month_day": "1", "month": "1", "at": "16:00", "starts_on": "2026-11-24",
        "ends": "until", "until": "2026-12-20", "on_holidays": "skip", "excluded": "8.12.2026", **fields,
    }  # fmt: skip


def test_the_form_says_it_in_words_lists_the_dates_and_makes_the_series(as_user, channel):
    client = as_user("planner")
    said = client.get(reverse("campaigns_series:words"), form(channel)).context["said"]
    assert len(said.dates) == 7
    answer = client.post(reverse("campaigns_series:add"), form(channel), follow=True)
    row = Series.objects.get()
    assert answer.status_code == 200
    assert (row.rule, row.on_holidays, row.excluded) == ("FREQ=WEEKLY;BYDAY=TU,TH", "skip", ["2026-12-08"])
    assert row.occurrences.count() == 7
    shown = client.get(reverse("campaigns_series:edit", args=[row.pk])).context["form"]
    assert (shown["pattern"].value(), shown["weekdays"].value()) == ("weekly", [1, 3])


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("weekdays", {"weekdays": []}),
        ("raw", {"pattern": "raw", "raw": "FREQ=HOURLY"}),
        ("until", {"until": "2026-11-01"}),
        ("until", {"until": ""}),
        ("until", {"until": "9999-12-31"}),
        ("starts_on", {"starts_on": "0206-12-01"}),
        ("starts_on", {"starts_on": "0001-01-01"}),
        ("raw", {"pattern": "raw", "raw": "FREQ=DAILY;UNTIL=99991231", "ends": "never"}),
        ("count", {"ends": "count", "count": "900"}),
        ("excluded", {"excluded": "i morgen"}),
        ("pattern", {"pattern": "raw", "raw": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "ends": "never"}),
        ("at", {"at": "23:30"}),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_typed_is_lost(as_user, channel, field, fields):
    Channel.objects.update(quiet_from=time(22), quiet_until=time(6))
    answer = as_user("planner").post(reverse("campaigns_series:add"), form(channel, **fields))
    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["title"].value() == "Cykellygter"
    assert not Series.objects.exists()


def test_the_same_text_more_often_than_every_thirty_days_is_refused_at_the_form(as_user, cast, channel):
    page = draft(Post, by=cast.writer)
    answer = as_user("planner").post(reverse("campaigns_series:add"), form(channel, page=page.pk))
    assert list(answer.context["form"].errors) == ["page"]


def test_what_was_touched_is_asked_about_before_the_series_is_changed(as_user, cast, channel, lights):
    one = slots(lights)[2]
    series.reword(one, by=cast.planner)
    client, url = as_user("planner"), reverse("campaigns_series:edit", args=[lights.pk])
    asked = client.post(url, form(channel, at="17:00", excluded=""))
    assert [row.occurrence.pk for row, _badge in asked.context["touched"]] == [one.pk]
    assert Series.objects.get().at == time(16)
    client.post(url, form(channel, at="17:00", excluded="", decided="1", follow=[one.pk]))
    assert {row.placement.due_at.hour for row in slots(lights)} == {16}


def test_its_page_and_the_calendar_show_what_belongs_to_it(as_user, cast, lights, django_assert_max_num_queries):
    series.skip(slots(lights)[1], by=cast.planner)
    client = as_user("planner")
    url = reverse("campaigns_series:show", args=[lights.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        html = client.get(url).content.decode()
    lights.channels.add(Channel.objects.create(kind="scripted", name="Y", slug="y"))
    assert series.expand(lights, NOW, by=None).slots == 8
    with django_assert_max_num_queries(len(few)):
        client.get(url)
    assert html.count("series-slots__skipped") == 1 and html.count("put-back") == 1
    assert (
        reverse("campaigns_series:show", args=[lights.pk])
        in client.get(reverse("campaigns_series:index")).content.decode()
    )
    item = slots(lights)[4].placement
    assert url in client.get(reverse("campaigns_calendar:item", args=[item.pk])).content.decode()
    assert url in client.get(reverse("campaigns_calendar:list")).content.decode()


def test_slots_are_left_out_put_back_and_worded_from_its_page(as_user, lights):
    client = as_user("planner")
    one = slots(lights)[3]
    for what, skipped in (("skip", True), ("put-back", False)):
        client.post(reverse("campaigns_series:act", args=[one.pk, what]))
        assert slots(lights)[3].skipped is skipped
    client.post(reverse("campaigns_series:act", args=[one.pk, "reword"]))
    assert slots(lights)[3].reworded
    for what in ("pause", "resume", "end"):
        client.post(reverse("campaigns_series:rest", args=[lights.pk, what]), {"drop": "1"})
    assert [row.reworded for row in slots(lights)] == [True]


def test_who_may_not_plan_reads_and_outsiders_and_prosecutors_see_nothing(as_user, refused, cast, channel, lights):
    show, add = reverse("campaigns_series:show", args=[lights.pk]), reverse("campaigns_series:add")
    skip = reverse("campaigns_series:act", args=[slots(lights)[0].pk, "skip"])
    end = reverse("campaigns_series:rest", args=[lights.pk, "end"])
    words, index = reverse("campaigns_series:words"), reverse("campaigns_series:index")
    client = as_user("writer")
    assert client.get(show).status_code == 200
    assert all(refused(client.post(url)) for url in (add, skip, end)) and refused(client.get(words))
    for who in ("outsider", "prosecutor"):
        client = as_user(who)
        assert all(refused(client.get(url)) for url in (show, add, words, index))
        assert all(refused(client.post(url)) for url in (skip, end))
    with pytest.raises(PermissionDenied):
        series.skip(slots(lights)[0], by=cast.writer)
    assert len([one for one in slots(lights) if one.untouched]) == 8


def test_a_series_that_fails_stops_none_of_the_others(lights, cast, channel):
    broken = values(title="Brudt", rule="FREQ=NEVER")
    broken.save()
    broken.channels.set([channel])
    Occurrence.objects.filter(on=date(2026, 12, 17)).delete()
    with pytest.raises(ExceptionGroup):
        series.expand_all(NOW)
    assert lights.occurrences.count() == 8


def test_slots_serve_the_campaign_of_the_series(cast, channel):
    campaign = Campaign.objects.create(title="Lys på", starts_on=date(2026, 10, 1), ends_on=date(2027, 2, 28))
    row, _made = series_changes.begin(values(campaign=campaign), [channel], now=NOW, by=cast.planner)
    assert campaign.placements.count() == row.occurrences.count() == 8
