"""Coverage out of the building: workbook, PDF, charts, the monthly letter; and the front page of management."""

import io
import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from html import unescape

import openpyxl
import pytest
import time_machine
import typst
import vl_convert
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns import clock
from campaigns.coverage import Selection, charts, digest, dossier, drawing, measures, paper, workbook
from campaigns.coverage.corrections import Correction
from campaigns.coverage.periods import quarter, whole_year
from campaigns.models import CoverageSubscription, FocusArea, Strategy, Target, Unit
from cms import site_setup
from cms.models import Post
from publishing.models import Channel
from tests import cast as people

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, tzinfo=clock.COPENHAGEN)


def url(name, **path):
    return reverse(f"campaigns_coverage:{name}", kwargs=path)


@pytest.fixture
def gathered(loaded):
    return dossier.gather(Strategy.objects.in_force(), quarter(2026, 4), NOW)


@pytest.fixture
def tell_one(cast, loaded, scripted_kinds):
    def tell():
        with time_machine.travel(NOW, tick=False) as clock_:
            channel = Channel.objects.create(kind="scripted", name="Rigtig", slug="real")
            area = FocusArea.objects.get(key="borgervendt-kommunikation")
            page = people.draft(Post, by=cast.writer, title="Ude", summary="Ude", focus_area=area)
            people.place(page, channel, due=timezone.now() + timedelta(hours=1))
            people.approve(people.submit(Post.objects.get(pk=page.pk), by=cast.writer), by=cast.editor)
            clock_.shift(timedelta(hours=2))
            call_command("send_due", verbosity=0)

    return tell


def test_every_form_says_the_same_and_every_figure_has_its_definition(gathered):
    figures = [figure for section in gathered.sections for figure in section.figures]
    book = openpyxl.load_workbook(io.BytesIO(workbook.xlsx(gathered)))

    said = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {section.key for section in gathered.sections} >= {"court", "lead_time", "quality", "compliance"}
    assert all(figure.label in said and figure.said() in said and figure.definition in said for figure in figures)
    assert all(row.area.name in said for row in gathered.found.areas)


def test_the_workbook_says_of_what_it_is_and_its_numbers_and_days_can_be_counted_on(loaded, tell_one):
    tell_one()
    unit = Unit.objects.first()
    with override("da"):
        found = dossier.gather(Strategy.objects.in_force(), quarter(2026, 4), NOW, selection=Selection(unit=unit.pk))
        part = openpyxl.load_workbook(io.BytesIO(workbook.xlsx(found)))
        found = dossier.gather(Strategy.objects.in_force(), quarter(2026, 4), NOW + timedelta(hours=3))
        book = openpyxl.load_workbook(io.BytesIO(workbook.xlsx(found)))

    assert part["Dækning"]["B1"].value == f"4. kvartal 2026, {unit.name_da}"
    assert {"Dækning", "Indsatsområder", "Enheder", "Initiativer", "Kanaler", "Type", "Huller"} < set(book.sheetnames)
    sheet = book["Indsatsområder"]
    heading = [cell.value for cell in sheet[1]]
    assert {"sendt, nov 2026", "sendt", "planlagt", "sat på pause", "mål", "sidst", "hul"} < set(heading)
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "Borgervendt kommunikation")
    cells = dict(zip(heading, row, strict=True))
    assert (cells["sendt"].value, cells["sidst"].is_date, sheet.freeze_panes) == (1, True, "A2")
    assert sheet.column_dimensions["A"].width > len("Borgervendt kommunikation")
    figures = {row[1]: row[3] for row in book["Tal"].iter_rows(min_row=2, values_only=True)}
    assert figures["Indberettede domme"] == 0 and figures["Opkald til 114"] is None


def test_the_paper_is_two_pages_with_every_gap_and_many_channels(gathered, monkeypatch):
    reach = tuple(measures.Figure("reach", 900 + number, name=f"Kanal {number}") for number in range(12))
    sections = [replace(one, figures=reach) if one.key == "reach" else one for one in gathered.sections]
    gathered = replace(gathered, sections=sections)
    gone = [
        Correction((2026, 10), f"page:{n}", f"En historie med en lang titel {n}", NOW, None, None) for n in range(30)
    ]
    gathered.standing.corrections.extend(gone)
    assert paper.pdf(gathered).startswith(b"%PDF")

    pages, compiled = [], typst.compile
    monkeypatch.setattr(
        typst,
        "compile",
        lambda source, *, sys_inputs, **other: pages.extend(
            compiled(source, sys_inputs=sys_inputs, format="png", ppi=20)
        ),
    )
    paper.pdf(gathered)
    assert len(gathered.found.gaps()) > paper.MOST_GAPS
    assert len(pages) == 2


def test_the_paper_of_a_selection_says_of_what_it_is_and_that_the_figures_are_of_everything(loaded, monkeypatch):
    unit, written = Unit.objects.first(), []
    monkeypatch.setattr(typst, "compile", lambda source, *, sys_inputs, **other: written.append(sys_inputs["data"]))
    for selection in (Selection(), Selection(unit=unit.pk, without=frozenset({"kind"}))):
        found = dossier.gather(Strategy.objects.in_force(), quarter(2026, 4), NOW, selection=selection)
        paper.pdf(found)
        months = next(one for one in charts.every(found) if one.key == "months")
        axis = months.spec["encoding"]["y"]  # nothing stands at the bottom, not midway, and no half story is marked
        assert (axis["scale"], axis["axis"]["values"]) == ({"domain": [0, 1]}, [0, 1])
    everything, part = map(json.loads, written)
    assert (everything["selected"], everything["of_everything"]) == ("", "")
    assert part["selected"] == f"{unit.name}, {_('Without a type')}" and part["of_everything"]


def test_every_chart_is_drawn_as_svg_and_png_and_has_its_numbers(gathered):
    for drawn in charts.every(gathered):
        assert drawing.svg(drawn).startswith("<svg")
        assert drawing.png(drawn, gathered.about).startswith(b"\x89PNG")
        assert drawn.summary and all(len(row) == len(drawn.columns) for row in drawn.rows)


def test_a_chart_writes_its_numbers_as_danes_do_and_a_picture_says_of_what_it_is(gathered, monkeypatch):
    hours = (measures.Figure("court_hours", 2.5, measures.Unit.HOURS, 6),)
    hours += (measures.Figure("lead_approval", 0.01, measures.Unit.HOURS, 6),)
    gathered = replace(gathered, sections=[replace(gathered.sections[0], figures=hours)])
    with override("da"):
        drawn, taken = charts.lead_time(gathered), []
        words = re.findall(r">([^<>]+)</text>", drawing.svg(drawn))
        monkeypatch.setattr(vl_convert, "vegalite_to_png", lambda spec, **other: taken.append(spec["title"]) or b"")
        drawing.png(drawn, gathered.about)
    assert "2,5 timer" in words and "1 minut" in words and [word for word in words if re.fullmatch(r"\d,\d", word)]
    assert not [word for word in words if re.fullmatch(r"\d+\.\d", word)]
    assert (taken[0]["text"], taken[0]["subtitle"]) == ("Gennemløbstid", "4. kvartal 2026")


def test_a_month_with_nothing_in_it_has_its_place_in_the_picture(loaded, tell_one):
    tell_one()
    with override("da"):
        year = dossier.gather(Strategy.objects.in_force(), whole_year(2026), NOW)
        words = re.findall(r">([^<>]+)</(?:text|tspan)>", drawing.svg(charts.months(year)))
    assert [word for word in words if word in ("jan", "feb", "maj", "nov", "dec")] == [
        "jan",
        "feb",
        "maj",
        "nov",
        "dec",
    ]
    assert words.count("2026") == 12


@pytest.mark.parametrize("by", ["area", "unit", "initiative", "channel", "kind"])
def test_the_table_can_be_switched(as_user, loaded, by):
    assert as_user("management").get(url("index"), {"by": by}).status_code == 200


def test_files_and_charts_are_behind_the_permission(as_user, loaded, refused):
    addresses = [
        url("file", form="pdf"), url("file", form="xlsx"), url("chart", chart="months", form="svg"), url("definitions"),
    ]  # fmt: skip
    manager = as_user("management")
    assert {manager.get(one).status_code for one in addresses} == {200}
    assert manager.get(url("file", form="exe")).status_code == 404

    outsider = as_user("prosecutor")
    assert all(refused(outsider.get(one)) for one in addresses)
    assert refused(outsider.post(url("digest")))


def test_the_letter_comes_once_a_month_to_whoever_asked(as_user, cast, loaded, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    as_user("management").post(url("digest"))
    CoverageSubscription.objects.update(since=NOW)

    assert digest.send_due(datetime(2026, 12, 1, 6, tzinfo=clock.COPENHAGEN)) == 0
    assert digest.send_due(datetime(2026, 12, 1, 7, tzinfo=clock.COPENHAGEN)) == 1
    assert digest.send_due(datetime(2026, 12, 2, 7, tzinfo=clock.COPENHAGEN)) == 0
    assert digest.send_due(datetime(2027, 1, 4, 7, tzinfo=clock.COPENHAGEN)) == 1
    assert [letter.to for letter in mail.outbox] == [[cast.management.email]] * 2
    area = dossier.gather(Strategy.objects.in_force(), quarter(2026, 4), NOW).neglected[0]
    assert area in mail.outbox[0].body
    ((shown, kind),) = mail.outbox[0].alternatives
    assert (kind, area in shown, 'scope="row"' in shown) == ("text/html", True, True)
    assert "Data mangler: " in shown and "src=" not in shown  # said once a section; nothing is fetched by reading it


def test_whoever_ends_the_letter_gets_no_more(as_user, cast, loaded):
    manager = as_user("management")
    manager.post(url("digest"))
    manager.post(url("digest"))

    assert not CoverageSubscription.objects.exists()


def test_management_sees_the_three_most_neglected_first_on_the_front_page(as_user, loaded, gathered):
    page = as_user("management").get(reverse("wagtailadmin_home")).content.decode()

    places = [page.index(name) for name in gathered.neglected]
    assert len(places) == 3 and places == sorted(places)
    assert page.index('id="home-neglected"') < page.index('id="home-tonight"')


def test_an_idea_for_a_silent_initiative_is_a_draft_that_is_tagged_with_it(as_user, cast, initiative, refused):
    site_setup.ensure()
    silent = initiative("1132")
    wanted = url("draft", what="initiative", pk=silent.pk)

    begin = as_user("writer").get(wanted).url
    answer = as_user("writer").post(begin, as_sent(as_user("writer").get(begin).context["form"]))
    post = Post.objects.get(title__contains=silent.title)
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[post.pk])
    assert not post.live and [tag.initiative for tag in post.initiative_tags.all()] == [silent]
    assert refused(as_user("management").get(wanted)) and refused(as_user("management").get(begin))


def as_sent(form):
    """What the form offers, as a browser sends it back."""
    return {field.html_name: field.value() for field in form if field.value() not in (None, "", [])}


def test_reach_is_missing_and_never_nothing_until_a_platform_has_told(gathered):
    reach = next(section for section in gathered.sections if section.key == "reach")

    assert all(figure.value is None for figure in reach.figures)
    assert measures.definitions()["reach"].text


def test_a_focus_area_without_a_target_leads_to_setting_one_for_this_quarter(as_user, cast, loaded):
    area, manager = FocusArea.objects.get(key="trivsel"), as_user("management")
    link = f"{reverse('target:add')}?focus_area={area.pk}"
    page = unescape(manager.get(reverse("campaigns_coverage:index")).content.decode())
    assert link in page
    assert f'href="{reverse("focusarea:index")}"' in page.split('id="distribution"')[1]  # targets of no one quarter
    form, today = manager.get(link).context["form"], timezone.localdate()
    began = (today.year, (today.month + 2) // 3, cast.management.pk, area.pk)
    assert tuple(form[name].value() for name in ("year", "quarter", "owner")) == began[:3]
    assert int(form["focus_area"].value()) == began[3]


def test_a_new_target_of_a_quarter_counts_and_the_earlier_one_stays_in_the_list(as_user, cast, loaded):
    area = FocusArea.objects.get(key="trivsel")
    manager, year = as_user("management"), {"focus_area": area.pk, "year": 2026, "quarter": 4}
    for stories in (4, 7):
        answer = manager.post(reverse("target:add"), {**year, "stories": stories, "owner": cast.management.pk})
        assert answer.status_code == 302

    found = dossier.gather(Strategy.objects.in_force(), quarter(2026, 4), NOW).found
    assert next(row.target for row in found.areas if row.area.id == area.pk) == 7
    assert Target.objects.filter(focus_area=area).count() == 2
    assert not cast.management.has_perm("campaigns.change_target")
