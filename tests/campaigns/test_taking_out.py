"""Any view of the calendar as a file: its days, its filters, nothing that a spreadsheet would run."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from campaigns.models import Placement
from cms.models import Post
from publishing.models import Channel
from tests.cast import draft, place

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def channel(cast, scripted_kinds):
    with time_machine.travel(NOW, tick=False):
        channel = Channel.objects.create(kind="scripted", name="X", slug="x")
        for number, title in enumerate(["=cmd()", "I næste uge", "Om to måneder"]):
            place(draft(Post, by=cast.writer, title=title), channel, due=NOW + timedelta(days=[0, 7, 60][number]))
        Placement.objects.create(channel=channel, due_at=NOW + timedelta(hours=5), note="Tom plads")
        yield channel


def take(client, view, form, **query):
    return client.get(reverse("campaigns_calendar:take_out", args=[view, form]), query)


def lines(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
def test_only_who_sees_the_plan_takes_it_out(as_user, refused, channel, form):
    assert refused(take(as_user("outsider"), "month", form))
    assert refused(take(as_user("prosecutor"), "month", form))
    assert take(as_user("archive"), "month", form).status_code == 200


def test_a_file_has_the_days_and_the_filters_of_its_view(as_user, channel):
    client = as_user("archive")
    month = lines(take(client, "month", "csv", month="2026-11"))
    assert [row[4] for row in month[1:]] == ["'=cmd()", "Tom plads"]
    assert [row[:1] + row[3:4] for row in month[1:]] == [["2026-11-24", "10:00"], ["2026-11-24", "15:00"]]
    assert [row[4] for row in lines(take(client, "week", "csv", day="2026-12-01"))[1:]] == ["I næste uge"]
    assert len(lines(take(client, "list", "csv", month="2026-11", state="empty"))) == 2
    assert len(lines(take(client, "day", "csv", day="2026-11-25"))) == 1
    sheet = load_workbook(io.BytesIO(take(client, "month", "xlsx", month="2026-11").content)).active
    assert (sheet["E2"].value, sheet["E2"].data_type, sheet["A2"].is_date) == ("=cmd()", "s", True)


def test_the_week_on_paper_is_a_tagged_pdf_also_with_nothing_in_it(as_user, channel):
    for day in ("2026-11-24", "2027-08-02"):
        answer = take(as_user("archive"), "week", "pdf", day=day, state="draft")
        assert answer.content.startswith(b"%PDF-")
        assert b"/StructTreeRoot" in answer.content or b"/MarkInfo" in answer.content
        assert answer["Content-Type"] == "application/pdf"


def test_what_nobody_knows_is_not_found(as_user, channel):
    assert take(as_user("archive"), "month", "exe").status_code == 404
    assert take(as_user("archive"), "year", "csv").status_code == 404


def test_each_item_says_what_it_waits_for(as_user, channel):
    html = as_user("archive").get(reverse("campaigns_calendar:month"), HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert html.count("cal-item__what") >= 2
    for link in ("pdf", "xlsx", "csv"):
        assert reverse("campaigns_calendar:take_out", args=["month", link]) in html


def test_the_view_itself_asks_nine_things_at_most(rf, cast, channel, django_assert_max_num_queries):
    from campaigns.views.calendar import Month

    draft(Post, by=cast.writer, title="Uden plads")
    request = rf.get("/", {"month": "2026-11"})
    request.user, request.session = cast.archive, {}
    cast.archive.get_all_permissions()
    pages = [Month(), Month()]
    for page in pages:
        page.setup(request)
    pages[0].get_context_data()  # what is asked once a process is asked
    with django_assert_max_num_queries(9):
        found = pages[1].get_context_data()
        str(found["form"])
    assert [item.title for item in found["tray"].items] == ["Tom plads", "Uden plads"]
