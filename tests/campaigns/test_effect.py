"""Press clippings and manual figures: entered by hand or as a table, with evidence; nothing twice, nothing made up."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation

from campaigns.coverage import effect, measures, press
from campaigns.coverage.facts import Period
from campaigns.coverage.measures import Unit as Kind
from campaigns.importing import reading, values
from campaigns.importing.rows import Status
from campaigns.models import FocusArea, ManualFigure, PressClipping, Unit
from campaigns.models.manual_figure import Measure
from campaigns.tables import checking, clippings, figures
from publishing.models import EvidenceRecord

pytestmark = pytest.mark.django_db
JULY = Period(date(2026, 7, 1), date(2026, 7, 31))
NOW = timezone.make_aware(datetime(2026, 9, 1, 9))


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def figure(measure=Measure.CALLS, first=JULY.first, last=JULY.last, value=100, **more):
    more.setdefault("source", "The service centre")
    return ManualFigure.objects.create(measure=measure, first=first, last=last, value=Decimal(value), **more)


def clipping(**more):
    return PressClipping.objects.create(**{"day": date(2026, 7, 3), "outlet": "Bladet", "title": "Lygter", **more})


def table(text):
    return reading.read("x.csv", text.encode())


def said(sections, key):
    return {one.key: one.said() for one in sections if one.key == key}[key]


# --- What is wrong is said at its cell


FAULTY = (
    "Measure;From;To;Unit;Focus area;Value;Answers;Source\n"
    "Ring;1.7.2026;31.7.2026;;;ten;;Centre\n"
    "Calls to 114;1.7.2026;32.7.2026;;;10;;Centre\n"
    "Calls to 114;31.7.2026;1.7.2026;;;10,5;;Centre\n"
    "Survey;1.7.2026;31.7.2026;Nowhere;;120;;Poll\n"
    "Tips;1.7.2026;31.7.2099;;;10;;\n"
)


def test_every_problem_of_a_table_is_told_by_row_and_column(loaded):
    lines = checking.check(table(FAULTY), figures.TABLE)
    found = {line.number: {fault.cell: fault.sentence for fault in line.faults} for line in lines}
    assert set(found[2]) == {"A2", "F2"} and "Calls to 114" in found[2]["A2"]
    assert found[3] == {"C3": "“32.7.2026” is no date. Write it as 24.11.2026."}
    assert set(found[4]) == {"C4", "F4"}
    assert found[5] == {"D5": "There is no unit “Nowhere”."}
    assert set(found[6]) == {"H6"}
    assert {line.status for line in lines} == {Status.STOPPED}


def test_a_table_without_its_columns_says_which(loaded):
    assert [field.key for field in checking.missing(table("Titel;Dato\nx;1.7.2026"), clippings.TABLE)] == ["outlet"]


def test_what_is_counted_is_not_counted_twice(loaded):
    figure()
    rows = "Measure;From;To;Value;Source\n"
    overlap = checking.check(table(rows + "Calls to 114;15.7.2026;15.8.2026;9;Centre"), figures.TABLE)[0]
    other = checking.check(table(rows + "Calls to 114;1.7.2026;31.7.2026;9;Centre"), figures.TABLE)[0]
    same = checking.check(table(rows + "Calls to 114;1.7.2026;31.7.2026;100,00;The service centre"), figures.TABLE)[0]
    inside = checking.check(table(rows + "Tips;1.7.2026;31.7.2026;9;A\nTips;3.7.2026;4.7.2026;8;A"), figures.TABLE)
    assert (overlap.status, overlap.faults[0].cell) == (Status.STOPPED, "B2")
    assert (other.status, same.status) == (Status.DIFFERS, Status.THERE)
    assert [line.status for line in inside] == [Status.NEW, Status.STOPPED]


@pytest.mark.parametrize(
    ("text", "number"), [("1.234,5", "1234.5"), ("1234.5", "1234.5"), ("62,5 %", "62.5"), ("12", "12"), ("-3", "-3")]
)
def test_numbers_are_read_as_danes_write_them(text, number):
    assert values.decimal(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "ti", "1,2,3", "1.2.3", "inf"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError):
        values.decimal(text)


# --- Brought in


CLIPPINGS = (
    "Dato;Medie;Titel;Link;Initiativ;Indsatsområde;Tone\n"
    "1.7.2026;Bladet;Lygter til alle;https://example.org/1;1132;Borgervendt kommunikation;positiv\n"
    "2.7.2026;Avisen;Hvor er politiet?;;;;critical\n"
)


def bring(client, content, name="pressclipping", **more):
    file = SimpleUploadedFile("tal.csv", content.encode())
    return client.post(reverse(f"{name}:bring_in"), {"file": file, **more})


def test_a_table_is_looked_at_first_and_entered_once(as_user, loaded):
    with translation.override("da"):
        content = CLIPPINGS.replace("positiv", str(PressClipping.Tone.POSITIVE.label)).replace("critical", "neutral")
        content = content.replace(
            "Borgervendt kommunikation", FocusArea.objects.get(key="borgervendt-kommunikation").name
        )
    client = as_user("editor")
    page = bring(client, content)
    assert page.context["new"] == 2, page.context["lines"]
    assert PressClipping.objects.count() == 0
    cells = page.context["cells"]
    for expected in (2, 2):
        client.post(reverse("pressclipping:bring_in"), {"cells": cells, "enter": "1"})
        assert PressClipping.objects.count() == expected
    row = PressClipping.objects.get(title="Lygter til alle")
    assert (row.initiative.number, row.tone, row.by.username) == ("1132", "positive", "editor")
    assert EvidenceRecord.objects.filter(kind="pressclipping.entered", actor="editor").count() == 2


def test_the_dry_run_shows_the_number_as_it_was_read_and_the_cells_of_what_cannot_be(as_user, loaded):
    content = (
        "Måling;Fra;Til;Værdi;Svar;Kilde\n"
        "Tips;1.7.2026;31.7.2026;1.234;;Centret\n"
        "Undersøgelse;1.7.2026;31.7.2026;62,5;400;Måling\n"
        "Tips;32.8.2026;31.8.2026;7;;Centret\n"
    )
    page = bring(as_user("management"), content, "manualfigure").content.decode()
    assert "Tips, 01.07.2026 – 31.07.2026: 1.234" in page
    assert "Undersøgelse, 01.07.2026 – 31.07.2026: 62,5 %" in page
    assert "Tips · 32.8.2026 · 31.8.2026 · 7 · Centret" in page


def test_nothing_or_nonsense_is_refused_in_words(as_user, loaded):
    client = as_user("editor")
    for sent in ({}, {"cells": "no"}, {"cells": "{}"}, {"cells": "[[]]"}, {"cells": "[1, 2]"}):
        answer = client.post(reverse("manualfigure:bring_in"), {**sent, "enter": "1"})
        assert answer.status_code == 422
        assert answer.context["form"].errors


def test_the_templates_are_read_back_without_a_problem(as_user, loaded):
    client = as_user("management")
    for name, known in {"pressclipping": clippings.TABLE, "manualfigure": figures.TABLE}.items():
        for form in ("csv", "xlsx"):
            content = client.get(reverse(f"{name}:template", args=[form])).content
            lines = checking.check(reading.read(f"x.{form}", content), known)
            assert lines and {line.status for line in lines} == {Status.NEW}, [line.faults for line in lines]
        assert client.get(reverse(f"{name}:template", args=["exe"])).status_code == 404


# --- Entered by hand


FORM = {"measure": "calls", "first": "2026-07-01", "last": "2026-07-31", "value": "120", "source": "The service centre"}


def test_each_change_of_a_figure_stands_in_the_evidence(as_user, loaded):
    client = as_user("management")
    client.post(reverse("manualfigure:add"), FORM)
    row = ManualFigure.objects.get()
    client.post(reverse("manualfigure:edit", args=[row.pk]), {**FORM, "value": "130"})
    client.post(reverse("manualfigure:edit", args=[row.pk]), {**FORM, "value": "130"})
    client.post(reverse("manualfigure:delete", args=[row.pk]))
    records = EvidenceRecord.objects.filter(subject=f"manualfigure:{row.pk}").order_by("pk")
    assert [record.kind.partition(".")[2] for record in records] == ["entered", "changed", "removed"]
    assert (records[1].payload["before"]["value"], records[1].payload["now"]["value"]) == ("120.00", "130.00")
    assert {record.actor for record in records} == {"management"}


WRONG = (
    ({"value": "12.5"}, "value"),
    ({"last": "2026-06-01"}, "last"),
    ({"last": "2099-01-01"}, "last"),
    ({"first": "2026-07-31"}, "first"),
    ({"measure": "survey", "value": "101", "answers": "10"}, "value"),
    ({"measure": "survey", "value": "50"}, "answers"),
)


def test_a_mistake_is_told_at_its_field(as_user, loaded):
    figure()
    client, good = as_user("editor"), {**FORM, "first": "2026-07-15", "last": "2026-08-15"}
    for wrong, field in WRONG:
        answer = client.post(reverse("manualfigure:add"), {**good, **wrong})
        assert field in answer.context["form"].errors, wrong
    assert ManualFigure.objects.count() == 1


def test_the_same_clipping_twice_is_refused_in_words(as_user, loaded):
    clipping()
    said = as_user("editor").post(
        reverse("pressclipping:add"), {"day": "2026-07-03", "outlet": "Bladet", "title": "Lygter"}
    )
    assert list(said.context["form"].errors) == ["__all__"]
    assert PressClipping.objects.count() == 1


def test_who_may_see_and_who_may_enter(as_user, loaded, refused):
    figure(), clipping()
    for name in ("pressclipping", "manualfigure"):
        listing, adds = reverse(f"{name}:index"), [reverse(f"{name}:{view}") for view in ("add", "bring_in")]
        for key in ("editor", "management", "writer", "legal"):
            assert as_user(key).get(listing).status_code == 200
        for key, may in (("editor", True), ("management", True), ("writer", False), ("outsider", False)):
            for url in [*adds, reverse(f"{name}:template", args=["csv"])]:
                assert refused(as_user(key).get(url)) is not may, (key, url)
        assert refused(as_user("outsider").get(listing))
        assert {as_user("prosecutor").get(url).status_code for url in (listing, adds[1])} == {404}


# --- In the coverage


def test_what_nobody_entered_is_missing_and_not_0(loaded):
    assert {one.said() for one in (*effect.figures(JULY, NOW), *press.figures(JULY, NOW))} == {"data missing"}


def test_days_without_a_figure_are_told(loaded):
    figure(last=date(2026, 7, 10), value=40)
    figure(first=date(2026, 7, 11), last=date(2026, 7, 20), value=60)
    unit, area = Unit.objects.first(), FocusArea.objects.first()
    figure(unit=unit, value=7)
    figure(focus_area=area, value=8)
    figure(first=date(2026, 7, 25), last=date(2026, 8, 5), value=1000)  # not whole in July
    calls = next(one for one in effect.figures(JULY, NOW) if one.key == "calls")
    assert calls.said() == "100"
    assert dict(calls.parts) == {"Data is missing for": "11 days", unit.name: "7", area.name: "8"}


def test_a_survey_of_few_is_told_as_counts_and_the_latest_stands_first(loaded):
    figure(Measure.SURVEY, last=date(2026, 7, 10), value="62.5", answers=400, source="Spring")
    figure(Measure.SURVEY, first=date(2026, 7, 11), value=50, answers=4, source="Autumn")
    survey = next(one for one in effect.figures(JULY, NOW) if one.key == "survey")
    assert (survey.unit, survey.said()) == (Kind.SHARE, "2 of 4")
    assert [said for _name, said in survey.parts] == ["2 of 4", "63 % (250 of 400)"]
    assert "proves nothing" in measures.definitions()["survey"].text


def test_the_press_is_counted_by_tone_outlet_and_focus_area(loaded, django_assert_num_queries):
    area = FocusArea.objects.first()
    clipping(tone="positive", focus_area=area)
    clipping(outlet="BLADET", day=date(2026, 7, 4))
    clipping(day=JULY.last + timedelta(days=1))
    with django_assert_num_queries(2):
        found = press.figures(JULY, NOW)
    assert [one.said() for one in found] == ["2", "1", "0"]
    assert dict(found[0].parts) == {"positive": "1", "tone not said": "1", area.name: "1"}
