"""The figures beside the heat map stand when their period has ended; what they were measured against is told too."""

import io
import json
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from campaigns.coverage import (
    Book,
    Period,
    dossier,
    ended,
    measures,
    outside,
    paper,
    report,
    storing,
    structure,
    workbook,
)
from campaigns.coverage.measures import Definition, Figure, Source, Unit
from campaigns.coverage.periods import quarter, whole_year
from campaigns.models import CoverageFigures, CoverageSnapshot, FocusArea, FocusMapping, Strategy
from publishing.models import EvidenceRecord

OCTOBER = Period.of_month((2026, 10))
THEN, LATER = datetime(2026, 11, 2, 8, tzinfo=UTC), datetime(2026, 11, 9, 8, tzinfo=UTC)


def test_months_quarters_and_years_end_each_in_its_turn():
    over = list(ended._over(date(2025, 11, 1), date(2026, 4, 1)))
    months = [Period.of_month(month) for month in ((2025, 11), (2025, 12), (2026, 1), (2026, 2), (2026, 3))]
    assert over == [*months[:2], quarter(2025, 4), whole_year(2025), *months[2:], quarter(2026, 1)]
    assert list(ended._over(date(2026, 10, 1), date(2026, 10, 31))) == []


def shut(month, **fields):
    """A month that closed with nothing in it."""
    strategy, book = Strategy.objects.in_force(), storing.book_to_json(Book())
    fields = {"closed_at": THEN, "definitions": 1, "book": book, "topics": [], "aims": [], **fields}
    CoverageSnapshot.objects.create(strategy=strategy, month=date(*month, 1), **fields)


class Desk:
    """A source whose figures somebody changes afterwards."""

    def __init__(self):
        self.hours, self.open, self.units = [2.0, 4.0], 1, {"Nord": "2"}

    def figures(self, period, now):
        by_unit = tuple((_("unit") + f" {name}", count) for name, count in self.units.items())
        return [
            Figure("hours", measures.middle(self.hours), Unit.HOURS, len(self.hours)),
            Figure("open", self.open, parts=by_unit),
            Figure("reports", len(self.hours), parts=by_unit),
        ]


@pytest.fixture
def desk(monkeypatch, loaded):
    """In the place of every other source, with another one beside it that grows for long."""
    found = Desk()
    monkeypatch.setattr(measures, "_sources", {})
    meanings = {"hours": Definition("Hours", "Median."), "reports": Definition("Reports", "Filed.")}
    meanings["open"] = Definition("Open", "Now.", momentary=True)
    measures.register("desk", Source(lambda: "Desk", found.figures, meanings))
    likes = Source(lambda: "Likes", lambda period, now: [Figure("likes", found.open)], {}, grows=True)
    measures.register(
        "likes", Source(likes.heading, likes.figures, {"likes": Definition("Likes", "Seen.")}, grows=True)
    )
    shut((2026, 10))
    return found


def told(period=OCTOBER, now=LATER):
    return {figure.key: figure for section in ended.sections(period, now) for figure in section.figures}


@pytest.mark.django_db
def test_what_is_counted_otherwise_later_stands_beside_it_and_never_in_it(desk):
    assert ended.close_due(THEN) == 1
    desk.hours, desk.open = [2.0, 4.0, 9.0], 5
    with translation.override("en"):
        assert (told()["hours"].value, told()["hours"].since) == (3.0, "")
        assert ended.close_due(LATER) == 0
        found = told()
    assert (found["hours"].value, found["hours"].since) == (3.0, "4.0 hours")
    assert (found["reports"].value, found["reports"].since) == (2, "3")
    assert (found["open"].value, found["open"].since) == (1, "")
    assert found["likes"].value == 5
    section = ended.sections(OCTOBER, LATER)[0]
    assert (section.stands, section.noticed_at) == (THEN, LATER)
    assert ended.sections(OCTOBER, LATER)[1].stands is None

    desk.hours = [4.0, 2.0]
    ended.close_due(LATER)
    assert told()["hours"].since == "" and CoverageFigures.objects.get().noticed_at is None
    assert EvidenceRecord.objects.get(kind="coverage.figures").payload["definitions"] == 1


@pytest.mark.django_db
def test_what_moved_between_its_parts_is_told_with_them_in_the_language_of_the_reader(desk):
    ended.close_due(THEN)
    desk.units = {"Nord": "1", "Syd": "1"}
    ended.close_due(LATER)
    for language, unit in (("en", "unit"), ("da", "enhed")):
        with translation.override(language):
            assert told()["reports"].parts == ((f"{unit} Nord", "2"),)
            assert told()["reports"].since == f"2 ({unit} Nord: 1, {unit} Syd: 1)"


@pytest.mark.django_db
def test_a_period_that_has_not_ended_is_counted_as_things_are(desk):
    ended.close_due(THEN)
    desk.hours = [8.0]
    assert told(quarter(2026, 4))["hours"].value == 8.0
    assert [row.first for row in CoverageFigures.objects.all()] == [OCTOBER.first]


@pytest.mark.django_db
def test_the_real_figures_stand_as_they_were_counted_and_every_form_tells_what_differs(loaded, as_user):
    shut((2026, 10))
    ended.close_due(THEN)
    live = {section.key: section for section in measures.sections(OCTOBER, THEN)}
    stands = {section.key: section for section in ended.sections(OCTOBER, LATER)}
    kept = {key for key, source in measures.sources() if not source.grows}
    assert kept >= {"court", "lead_time", "quality", "compliance"}
    assert {key for key, section in stands.items() if section.stands} == kept
    assert all(list(stands[key].figures) == list(live[key].figures) for key in kept)

    row = CoverageFigures.objects.get()
    row.since = json.loads(json.dumps(row.figures))
    for sections in row.since.values():
        next(figure for figure in sections["court"] if figure[0] == "court_sent")[1] = 7
    row.save()
    found = dossier.gather(Strategy.objects.in_force(), OCTOBER, LATER)
    book = openpyxl.load_workbook(io.BytesIO(workbook.xlsx(found)))
    rows = [[str(cell.value) for cell in row] for sheet in book for row in sheet.iter_rows()]
    assert any(row[2:3] == ["0"] and row[-1] == "7" for row in rows)
    assert "court_sent" in next(line for line in report.as_csv(found).splitlines() if line.endswith(",7"))
    figures = outside.as_dict(found, outside.Dimension.AREA)["figures"]["court"]
    assert next(one for one in figures if one["key"] == "court_sent")["now"] == "7"
    assert paper.pdf(found).startswith(b"%PDF")
    beside = as_user("management").get(reverse("campaigns_coverage:beside"), {"year": "2026", "quarter": "4"})
    assert beside.status_code == 200


@pytest.mark.django_db
def test_other_initiatives_and_another_target_since_the_quarter_closed_are_told(loaded, as_user):
    area = FocusArea.objects.get(key="borgervendt-kommunikation")
    FocusArea.objects.update(target_per_quarter=6)
    FocusMapping.objects.filter(initiative__number="1132").update(status="confirmed")
    strategy, now = Strategy.objects.in_force(), datetime(2027, 1, 4, 8, tzinfo=UTC)
    topics, areas = structure.topics_of(strategy), structure.areas_of(strategy)
    aims = [[one.id, one.aim_of(2026, 4)] for one in areas]
    shut((2026, 12), closed_at=now, topics=storing.topics_to_json(topics), aims=aims)

    def denominators():
        return {one.key: one for one in dossier.gather(strategy, quarter(2026, 4), now).denominators}

    assert denominators() == {}
    FocusMapping.objects.filter(initiative__number="1132", focus_area=area).update(status="proposed")
    FocusArea.objects.filter(pk=area.pk).update(target_per_quarter=9)
    one = denominators()[area.key]
    assert (one.was - one.now, one.went, one.came) == (1, ("1132",), ())
    assert (one.target_was, one.target_now) == (6, 9)
    page = as_user("management").get(reverse("campaigns_coverage:corrections"), {"year": "2026", "quarter": "4"})
    assert area.name in page.content.decode() and "− 1132" in page.content.decode()
