"""What coverage is counted from: the real road, from draft to receipt, and what stays when content goes."""

import json
from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns import clock, planning
from campaigns.coverage import Fate, Period, cover, measures, reading
from campaigns.coverage.periods import quarter_of
from campaigns.models import FocusArea, Placement, Strategy, Unit
from cms.models import CommunicationInitiative, Post
from publishing import stopping
from publishing.models import Channel, Delivery
from tests import cast as people
from tests.cast import deletion_before_it_was_refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def frozen():
    """The 24th of November 2026 at nine; ``move_to`` goes on from there."""
    with time_machine.travel(datetime(2026, 11, 24, 9, 0, tzinfo=clock.COPENHAGEN), tick=False) as traveller:
        yield traveller


@pytest.fixture
def channel(frozen, db, scripted_kinds):
    return Channel.objects.create(kind="scripted", name="Scripted", slug="scripted")


@pytest.fixture
def area(loaded):
    return FocusArea.objects.get(key="borgervendt-kommunikation")


@pytest.fixture
def write(cast, initiative, area):
    """A draft by the writer, tagged, with a time in an hour."""

    def make(*channels, numbers=("1132",), title="Cykellygter", summary="Husk lys.", **fields):
        page = people.draft(Post, by=cast.writer, title=title, summary=summary, **{"focus_area": area, **fields})
        page.initiative_tags = [CommunicationInitiative(initiative=initiative(number)) for number in numbers]
        page.save_revision(user=cast.writer)
        for channel in channels:
            people.place(page, channel)
        return Post.objects.get(pk=page.pk)

    return make


@pytest.fixture
def approved(write, cast):
    def make(*channels, **fields):
        return people.approve(people.submit(write(*channels, **fields), by=cast.writer), by=cast.editor)

    return make


def read():
    return reading.read(Strategy.objects.in_force(), timezone.now()).appearances


def send(frozen, hours=2):
    frozen.shift(timedelta(hours=hours))
    call_command("send_due", verbosity=0)


def test_from_draft_to_receipt(approved, write, channel, frozen, initiative, area, cast):
    page = write(channel, owner_unit=Unit.objects.get(key="hr"))
    (draft,) = read()
    assert (draft.story, draft.fate, draft.area, draft.kind) == (f"page:{page.pk}", Fate.PREPARED, area.pk, "post")
    assert draft.initiatives == {initiative("1132").pk}
    people.approve(people.submit(page, by=cast.writer), by=cast.editor)
    (planned,) = read()
    assert (planned.fate, planned.at) == (Fate.PLANNED, Placement.objects.get().due_at)
    send(frozen)
    (sent,) = read()
    assert (sent.fate, sent.at) == (Fate.SENT, Delivery.objects.get().sent_at)
    same = ("story", "area", "initiatives", "unit", "kind", "title", "channel", "dry")
    assert {getattr(one, name) == getattr(sent, name) for one in (draft, planned) for name in same} == {True}


def test_a_draft_is_told_by_its_latest_version(write, channel, cast, initiative):
    page = write(channel)
    page.focus_area = FocusArea.objects.get(key="trivsel")
    page.initiative_tags = [CommunicationInitiative(initiative=initiative("1118"))]
    page.save_revision(user=cast.writer)
    (draft,) = read()
    assert (draft.area, draft.initiatives) == (page.focus_area_id, {initiative("1118").pk})


def test_what_was_sent_stays_when_the_content_is_deleted(approved, channel, frozen, initiative, area):
    page = approved(channel)
    send(frozen)
    (before,) = read()
    with deletion_before_it_was_refused():
        page.delete()
    assert not Placement.objects.exists()
    assert read() == [before]


def test_what_is_held_missed_or_given_up_is_told_apart(approved, write, channel, frozen, cast):
    Channel.objects.filter(pk=channel.pk).update(minimum_gap=0)
    titles = ("held", "missed", "dropped", "late", "free")
    pages = {title: approved(channel, title=title, summary=title) for title in titles[:3]}
    pages["late"] = write(channel, title="late", summary="late")
    deliveries = {row.headline: row for row in Delivery.objects.all()}
    stopping.hold(deliveries["held"], reason="Afventer", by=cast.duty)
    planning.drop(Placement.objects.get(page=pages["dropped"]), reason="Aflyst", by=cast.planner)
    Delivery.objects.filter(headline="missed").update(latest_at=timezone.now() + timedelta(minutes=1))
    send(frozen)
    fates = {one.title: one.fate for one in read()}
    expected = {"held": Fate.HELD, "missed": Fate.MISSED, "dropped": Fate.CANCELLED, "late": Fate.MISSED}
    assert fates == expected


def test_dry_runs_say_so(approved, channel, frozen):
    Channel.objects.filter(pk=channel.pk).update(dry_run=True)
    approved(channel)
    send(frozen)
    assert [(one.fate, one.dry) for one in read()] == [(Fate.SENT, True)]


def test_what_was_taken_down_is_withdrawn(approved, channel, frozen):
    approved(channel)
    send(frozen)
    Delivery.objects.update(state="withdrawn")
    assert [one.fate for one in read()] == [Fate.WITHDRAWN]


def test_a_page_that_is_updated_stays_out_since_it_first_was(write, frozen, cast, loaded):
    website = Channel.objects.create(kind="website", name="Website", slug="website")
    story = people.draft(by=cast.writer, focus_area=FocusArea.objects.first())
    people.place(story, website)
    people.approve(people.submit(story, by=cast.writer), by=cast.editor)
    send(frozen)
    (first,) = read()
    story = type(story).objects.get(pk=story.pk).get_latest_revision_as_object()
    story.summary = "Rettet."
    story.save_revision(user=cast.writer)
    frozen.shift(timedelta(days=40))
    people.approve(people.submit(type(story).objects.get(pk=story.pk), by=cast.writer), by=cast.editor)
    assert read() == [first], "while the update waits"
    send(frozen)
    assert Delivery.objects.filter(state="delivered").count() == 2
    assert read() == [first]


def test_what_is_approved_again_with_other_tags_counts_for_those(approved, channel, frozen, initiative, cast):
    page = approved(channel).get_latest_revision_as_object()
    page.initiative_tags = [CommunicationInitiative(initiative=initiative("1118"))]
    page.focus_area = FocusArea.objects.get(key="trivsel")
    page.save_revision(user=cast.writer)
    people.approve(people.submit(Post.objects.get(pk=page.pk), by=cast.writer), by=cast.editor)
    send(frozen)
    (sent,) = read()
    assert (sent.area, sent.initiatives) == (page.focus_area_id, {initiative("1118").pk})


def test_an_empty_slot_is_no_story(channel, loaded):
    Placement.objects.create(channel=channel, due_at=timezone.now())
    assert read() == []


def test_reading_takes_the_same_queries_however_much_there_is(approved, write, channel, frozen):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            reading.read(Strategy.objects.in_force(), timezone.now())
        return len(captured)

    approved(channel)
    write(channel, title="Kladde", summary="En anden.")
    few = queries()
    for number in range(4):
        approved(channel, title=f"T{number}", summary=f"Nr. {number}", numbers=("1118", "1132"))
    assert queries() == few <= 9


def run(*args):

    output = StringIO()
    call_command("coverage", *args, stdout=output)
    return output.getvalue()


def test_the_command_gives_the_figures_of_the_module(approved, channel, frozen, area):
    approved(channel)
    send(frozen)
    data = json.loads(run("--from", "2026-10-01", "--to", "2026-12-31", "--format", "json"))
    facts = reading.read(Strategy.objects.in_force(), timezone.now())
    period = Period(datetime(2026, 10, 1).date(), datetime(2026, 12, 31).date())
    found = cover(facts.appearances, facts.areas, facts.topics, period=period, now=timezone.now())
    mine = next(row for row in data["focus_areas"] if row["key"] == area.key)
    assert mine["months"]["2026-11"]["sent"] == 1
    assert data["total"]["total"]["sent"] == found.total.total.counted[Fate.SENT] == 1
    assert [row["number"] for row in data["initiatives"] if row["stories"]] == ["1132"]
    assert len(data["initiatives"]) == 81
    assert (data["strategy"], data["from"], data["to"]) == (2023, "2026-10-01", "2026-12-31")


def test_the_command_writes_csv_and_text_and_defaults_to_this_quarter(approved, channel, frozen):
    approved(channel)
    send(frozen)
    lines = run("--format", "csv").splitlines()
    assert "month,borgervendt-kommunikation,Borgervendt kommunikation,2026-11,1,0" in "\n".join(lines)
    figures = sum(
        len(section.figures) for section in measures.sections(quarter_of(timezone.localdate()), timezone.now())
    )
    assert len(lines) == 1 + 8 * 4 + 81 + figures
    text = run()
    assert "2026-10" in text
    assert "Borgervendt kommunikation  -        1+0" in text


def test_the_command_says_what_is_wrong_with_a_period_or_year(loaded):
    with pytest.raises(CommandError, match="before it begins"):
        run("--from", "2026-12-01", "--to", "2026-11-30")
    with pytest.raises(CommandError, match="1999"):
        run("--strategy", "1999")
    with pytest.raises(CommandError, match="invalid day"):
        run("--from", "24.11.2026")


def test_no_cell_of_the_csv_is_a_formula(loaded):
    FocusArea.objects.filter(key="trivsel").update(name_da="=cmd|' /C calc'!A0", name_en="=cmd")
    assert ",'=cmd" in run("--format", "csv")
    assert ",=cmd" not in run("--format", "csv")


def test_without_a_strategy_there_is_a_report_all_the_same(db):
    assert json.loads(run("--format", "json"))["focus_areas"] == []
