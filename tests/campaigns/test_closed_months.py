"""Closed months stand: what changes later is told beside them, and the two together are what is there now."""

import io
import random
from collections import Counter
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns import clock
from campaigns.coverage import (
    Dimension,
    Fate,
    Period,
    Selection,
    closing,
    dossier,
    keep,
    measures,
    reading,
    running,
    since_closing,
    storing,
    told,
    workbook,
)
from campaigns.coverage.corrections import Correction, changes, corrected, differ
from campaigns.coverage.ledger import Ledger
from campaigns.coverage.periods import quarter, whole_year
from campaigns.models import CoverageCorrection, CoverageSnapshot, FocusArea, FocusMapping, Placement, Strategy
from cms.measures.sent import first_sent
from cms.models import Post
from publishing.models import Channel, Delivery, EvidenceRecord, State
from tests import cast as people
from tests.campaigns.test_coverage import AREAS, TOPICS, histories, slowly

OCTOBER, NOW = (2026, 10), datetime(2026, 11, 20, 12, tzinfo=UTC)
IDS = [area.id for area in AREAS]


def publications(appearances, period):
    """Of stories that count, one by one."""
    found = Counter()
    for story in told(appearances, IDS, TOPICS):
        for one in story.appearances:
            if not story.mark and one.fate is Fate.SENT and not one.dry and period.holds(one.at):
                found[story.area] += 1
    return found


@settings(max_examples=150, deadline=None)
@given(before=histories, now=histories, month=st.sampled_from([(2026, 10), (2026, 7), (2027, 2)]))
def test_what_a_month_counted_and_its_corrections_are_what_is_there_now(before, now, month):
    period = Period.of_month(month)
    stories = told(before, IDS, TOPICS)
    stored = storing.book_of(storing.book_to_json(keep(stories, NOW).book(month)))
    again = [storing.parts_of(1, "T", storing.parts_to_json(story.appearances)) for story in stories]
    assert [one.at for parts in again for one in parts] == [one.at for story in stories for one in story.appearances]

    was, found = ({story.key: story for story in told(state, IDS, TOPICS)} for state in (before, now))
    every = [Correction(month, key, "T", NOW, was.get(key), found.get(key)) for key in {*was, *found}]
    both = corrected([one for one in every if differ(one, NOW)], period, NOW)
    for area in (*IDS, None):
        line = stored.line((Dimension.AREA, area))
        change = changes(both, Dimension.AREA, [area]).get(month)
        for mark in ("", "dry", "proposed"):
            for fate in Fate:
                closed, live = (slowly(state, period, NOW).get((area, month, mark, fate), 0) for state in (before, now))
                assert line.tally.of(mark)[fate] == closed
                assert closed + (change.stories.get((mark, fate), 0) if change else 0) == live
        assert line.publications == publications(before, period)[area]
        assert line.publications + (change.publications if change else 0) == publications(now, period)[area]


@pytest.fixture
def frozen():
    with time_machine.travel(datetime(2026, 10, 20, 9, tzinfo=clock.COPENHAGEN), tick=False) as traveller:
        yield traveller


@pytest.fixture
def real(frozen, cast, loaded, scripted_kinds):
    return Channel.objects.create(kind="scripted", name="Rigtig", slug="real")


@pytest.fixture
def tell(cast, real, frozen):
    """One story that was sent."""

    def make(title, area="borgervendt-kommunikation"):
        chosen = FocusArea.objects.filter(key=area).first()
        page = people.draft(Post, by=cast.writer, title=title, summary=title, focus_area=chosen)
        people.place(page, real, due=timezone.now() + timedelta(hours=1))
        people.approve(people.submit(Post.objects.get(pk=page.pk), by=cast.writer), by=cast.editor)
        frozen.shift(timedelta(hours=2))
        call_command("send_due", verbosity=0)

    return make


def close(frozen, moment):
    frozen.move_to(moment)
    return closing.close_due(timezone.now())


def gathered(period=None, **options):
    now = timezone.now()
    return dossier.gather(Strategy.objects.in_force(), period or quarter(2026, 4), now, **options)


@pytest.mark.django_db
def test_a_month_closes_once_at_midnight_in_copenhagen_and_a_later_take_down_is_a_correction(
    tell, frozen, as_user, refused, monkeypatch
):
    tell("Lygter")
    tell("Cykler")
    assert not close(frozen, datetime(2026, 10, 31, 22, 59, tzinfo=UTC)).closed
    assert close(frozen, datetime(2026, 10, 31, 23, 1, tzinfo=UTC)).closed == [OCTOBER]
    assert close(frozen, datetime(2026, 11, 1, 8, tzinfo=UTC)) == closing.Done([], 0)
    assert EvidenceRecord.objects.get(kind="coverage.closed").payload["stories"] == 2

    Delivery.objects.filter(headline="Cykler").update(state=State.WITHDRAWN)
    assert close(frozen, datetime(2026, 11, 2, 8, tzinfo=UTC)).corrected == 1
    assert closing.close_due(timezone.now()).corrected == 0
    found = gathered()
    row = next(row for row in found.found.areas if row.area.key == "borgervendt-kommunikation")
    assert row.months[OCTOBER].counted == {Fate.SENT: 2} and row.publications == 2
    change = found.standing.changes(Dimension.AREA, [row.area.id])[OCTOBER]
    assert (change.stories, change.publications) == ({("", Fate.SENT): -1, ("", Fate.WITHDRAWN): 1}, -1)

    manager = as_user("management")
    page = manager.get(reverse("campaigns_coverage:index"))
    assert page.context["begins"] == ""
    year = manager.get(reverse("campaigns_coverage:index"), {"year": "2026"})
    assert "oktober 2026" in year.context["begins"] and "coverage-begins" in year.content.decode()
    before = manager.get(reverse("campaigns_coverage:index"), {"year": "2026", "quarter": "1"})
    glance = before.content.decode().split('class="coverage-glance"')[1].split("</dl>")[0]
    assert "oktober 2026" in before.context["finding"] and glance.count("data mangler") == 2  # and never 0
    (line,) = [line for line in page.context["table"].rows if line.row.area.id == row.area.id]
    assert [bool(cell.corrected) for cell in line.cells] == [True, False, False]
    assert [row["title"] for row in manager.get(line.cells[0].url).context["rows"]] == ["Cykler"]
    with monkeypatch.context() as patched:  # behind a number of a closed month nothing that is open is read
        patched.setattr(reading, "appearances", None)
        ledger = Ledger(Strategy.objects.in_force(), timezone.now())
        behind = ledger.behind(quarter(2026, 4), Selection(), month=OCTOBER)
    assert [story.title for story in behind] == ["Lygter", "Cykler"]
    behind = manager.get(next(part.url for part in line.cells[0].parts)).context["rows"]
    assert {row["story"].title for row in behind} == {"Lygter", "Cykler"}
    csv = manager.get(reverse("campaigns_coverage:index"), {"format": "csv"}).content.decode()
    assert "Rettelser;;Borgervendt kommunikation;oktober 2026;-1;" in csv
    with translation.override("da"):
        [said] = since_closing.said(found)
        book = openpyxl.load_workbook(io.BytesIO(workbook.xlsx(found)))
    assert (said.month, said.title) == ("oktober 2026", "Cykler")
    assert said.was.startswith("sendt, Borgervendt kommunikation, 1 ")
    assert said.now == "trukket tilbage, Borgervendt kommunikation"
    rows = [tuple(cell.value for cell in row)[:4] for sheet in book for row in sheet.iter_rows()]
    assert (said.month, said.title, said.was, said.now) in rows
    assert refused(as_user("prosecutor").get(reverse("campaigns_coverage:corrections")))

    Delivery.objects.filter(headline="Cykler").update(state=State.DELIVERED)
    assert closing.close_due(timezone.now() + timedelta(hours=1)).corrected == 1
    assert not gathered().standing.corrections and CoverageCorrection.objects.count() == 2


@pytest.mark.django_db
def test_targets_and_denominators_stand_as_they_were_when_the_quarter_closed(tell, frozen, initiative, cast):
    tell("Lygter")
    FocusArea.objects.update(target_per_quarter=6)
    FocusMapping.objects.filter(initiative__number="1132").update(status="confirmed")
    before = gathered().found
    close(frozen, datetime(2027, 1, 2, 8, tzinfo=UTC))
    FocusArea.objects.update(target_per_quarter=1)
    FocusMapping.objects.update(status="confirmed")
    closed, later = gathered().found, gathered(quarter(2027, 1)).found
    assert [(row.target, row.relevant) for row in closed.areas] == [(row.target, row.relevant) for row in before.areas]
    assert closed.total.relevant < later.total.relevant and {row.target for row in later.areas} == {1}


@pytest.mark.django_db
def test_a_story_moved_after_its_approval_says_so_and_one_moved_back_does_not(tell, real, cast, frozen):
    tell("Lygter")
    row = Placement.objects.get()
    assert row.first_planned_for == row.due_at
    for distance, moved in ((timedelta(hours=3), 1), (timedelta(0), 0)):
        Placement.objects.update(due_at=row.due_at + distance)
        assert gathered().found.total.total.moved == moved


STATES = [State.SCHEDULED, State.DELIVERED, State.WITHDRAWN, State.HELD, State.MISSED, State.FAILED, State.CANCELLED]


class World:
    """Placements and deliveries that come, change and go at random, on both sides of the ends of months."""

    def __init__(self, seed, frozen, cast):
        self.random, self.frozen = random.Random(seed), frozen
        self.areas = [None, *FocusArea.objects.values_list("pk", flat=True)]
        self.channels = [Channel.objects.create(kind="scripted", name=n, slug=n, dry_run=n == "d") for n in "abd"]
        self.pages = [people.draft(Post, by=cast.writer, title=f"S{n}", summary=f"S{n}").pk for n in range(6)]
        self.number = 0

    def moment(self):
        """Somewhere between September and December, often at the very end of a month."""
        edge = datetime(2026, self.random.choice([10, 11, 12]), 1, tzinfo=clock.COPENHAGEN).astimezone(UTC)
        return edge + timedelta(minutes=self.random.choice([-1, 0, 1, self.random.randint(-40000, 40000)]))

    def add(self):
        self.number += 1
        page, channel = self.random.choice(self.pages), self.random.choice(self.channels)
        due, area = self.moment(), self.random.choice(self.areas)
        row = Placement.objects.create(page_id=page, channel=channel, due_at=due, focus_area_id=area)
        if self.random.random() < 0.8:
            self.plan(row, due)

    def plan(self, row, due):
        state = self.random.choice(STATES)
        out = state in (State.DELIVERED, State.WITHDRAWN)
        unit = self.random.choice(["", "unit:7 ", "unit:8 "])
        row.delivery = Delivery.objects.create(
            channel=row.channel, headline=f"S{row.page_id}", message_json={}, message_sha256="0", due_at=due,
            state=state, next_at=due, sent_at=due + timedelta(minutes=2) if out else None,
            labels=f" page:{row.page_id} type:post {unit}placement:{row.key.hex} ",
        )  # fmt: skip
        row.save()

    def change(self):
        row = self.random.choice(list(Placement.objects.all()))
        if row.delivery is None:
            return self.plan(row, row.due_at)
        went = row.delivery.state in (State.DELIVERED, State.WITHDRAWN)  # which is never undone
        state = self.random.choice(STATES[1:3] if went else STATES)
        due, out = row.delivery.due_at if went else self.moment(), state in STATES[1:3]
        Delivery.objects.filter(pk=row.delivery_id).update(
            state=state, due_at=due, sent_at=due + timedelta(minutes=2) if out else None
        )
        Placement.objects.filter(pk=row.pk).update(focus_area=self.random.choice(self.areas))


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_over_random_histories_the_ledger_agrees_with_counting_everything_again(
    seed, frozen, cast, loaded, scripted_kinds, monkeypatch
):
    world = World(seed, frozen, cast)
    strategy = Strategy.objects.in_force()
    kept_at_close = {}
    for moment in (datetime(2026, 10, 9), datetime(2026, 11, 1, 3), datetime(2026, 12, 3, 9)):
        frozen.move_to(moment.replace(tzinfo=UTC))
        for _n in range(12):
            world.add()
        for _n in range(6 if kept_at_close else 0):
            world.change()
        facts = reading.read(strategy, timezone.now())
        stories = told(facts.appearances, [area.id for area in facts.areas], facts.topics)
        whole = keep(stories, timezone.now())
        for month in closing.close_due(timezone.now()).closed:
            kept_at_close[month] = whole.books.get(month)
    for _n in range(8):
        world.change()
    world.add()
    frozen.shift(timedelta(hours=1))
    now = timezone.now()
    closing.close_due(now)
    facts = reading.read(strategy, now)
    assert set(kept_at_close) >= {(2026, 10), (2026, 11)}

    channel = world.channels[0].pk
    parts = [
        Selection(), Selection(channel=channel), Selection(unit=7), Selection(kind="post"), Selection(unit=9),
        Selection(channel=channel, unit=7), Selection(channel=channel, without=frozenset({"unit"})),
        Selection(without=frozenset({"kind"})),
    ]  # fmt: skip
    slowly_entered = {}
    for selection in parts:
        with monkeypatch.context() as patched:
            patched.setattr(Ledger, "_enter_parts", lambda ledger, kept, closed, selection: ledger._enter_stories(
                kept, whole_year(2026), selection
            ))  # fmt: skip
            slowly_entered[selection] = Ledger(strategy, now).stand(whole_year(2026), selection)
    if seed % 2:
        assert running.count(now, many=1)
    for selection in parts:
        stories = told(selection.of(facts.appearances), [area.id for area in facts.areas], facts.topics)
        live, standing = keep(stories, now), Ledger(strategy, now).stand(whole_year(2026), selection)
        for place, at in live.ends.next.items():
            assert standing.kept.ends.next[place] == at
        assert standing.kept.ends.last == live.ends.last
        slow = slowly_entered[selection].kept
        written = [{month: book for month, book in one.books.items() if book.lines} for one in (standing.kept, slow)]
        assert (standing.counted_at, standing.kept.ends, written[0]) == (now, slow.ends, written[1])
        for month in whole_year(2026).months():
            keys = {place for book in (live, standing.kept) for place in book.book(month).lines}
            for dimension, key in keys:
                stands = standing.kept.book(month).line((dimension, key))
                if month in kept_at_close and not selection:
                    closed = kept_at_close[month]
                    assert stands == (closed.line((dimension, key)) if closed else type(stands)())
                change = standing.changes(dimension, [key]).get(month)
                expected = live.book(month).line((dimension, key))
                for mark in ("", "dry", "proposed"):
                    for fate in Fate:
                        since = change.stories.get((mark, fate), 0) if change else 0
                        place = seed, selection, month, dimension, key, mark, fate
                        assert stands.tally.of(mark)[fate] + since == expected.tally.of(mark)[fate], place
                assert stands.publications + (change.publications if change else 0) == expected.publications
    assert CoverageSnapshot.objects.count() == len(kept_at_close)
    out = {}
    for row in Placement.objects.filter(delivery__sent_at__isnull=False).exclude(channel__dry_run=True):
        out[row.page_id] = min(row.delivery.sent_at, out.get(row.page_id, row.delivery.sent_at))
    with measures.together() if seed % 2 else nullcontext():  # the shorter are taken from the longer
        for period in (whole_year(2026), quarter(2026, 4), Period.of_month(OCTOBER), Period.of_month((2026, 11))):
            assert first_sent(period) == {page: at for page, at in out.items() if period.holds(at)}
    if seed == 0:
        day = Period(date(2026, 10, 5), date(2026, 11, 4))
        assert Ledger(strategy, now).stand(day).kept.books.keys() <= {(2026, 10), (2026, 11)}
