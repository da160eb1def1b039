"""Any view of the calendar as a file, with its days and its filters: CSV, XLSX, and its week on A4."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from campaigns import agenda, calendar, plan_table, spreadsheets, tray, week_paper, year
from campaigns.views.calendar import CalendarPage, Month
from campaigns.views.calendar_hours import OneDay, Week
from campaigns.views.calendar_list import List
from publishing.views.base import Permitted

VIEWS: dict[str, type[CalendarPage]] = {"month": Month, "week": Week, "day": OneDay, "list": List}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TakeOut(Permitted, View):
    """GET with the address of the view: the same question mark and what stands behind it."""

    permission = "campaigns.view_placement"

    def get(self, request: HttpRequest, view: str, form: str) -> HttpResponse:
        if view not in VIEWS:
            raise Http404
        page = VIEWS[view]()
        page.setup(request)
        if form == "pdf":
            return answer(*self.paper(page), "application/pdf")
        first, last = page.days()
        name = f"plan-{first:%Y-%m-%d}-{last:%Y-%m-%d}.{form}"
        entries = agenda.between(*calendar.bounds(first, last), page.wish)
        heading, rows = plan_table.heading(), plan_table.rows(entries)
        if form == "csv":
            return answer(spreadsheets.as_csv(heading, rows), name, "text/csv; charset=utf-8")
        if form == "xlsx":
            return answer(spreadsheets.as_xlsx(_("The plan"), heading, rows, plan_table.WIDTHS), name, XLSX)
        raise Http404

    def paper(self, page: CalendarPage) -> tuple[bytes, str]:
        dates, now = calendar.week_of(page.anchor), timezone.now()
        entries = agenda.between(*calendar.bounds(dates[0], dates[-1]), page.wish)
        days = calendar.days(dates, entries, today=page.today)
        lying = tray.read(page.part, page.names)
        filtered = ", ".join(page.form.in_words())
        marks = year.marks(dates[0], dates[-1])
        written = week_paper.pdf(days, lying, filtered=filtered, now=now, marks=marks)
        return written, f"plan-{dates[0].isocalendar().year}-uge-{dates[0].isocalendar().week:02d}.pdf"


def answer(content: bytes, name: str, kind: str) -> HttpResponse:
    headers: dict[str, Any] = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)
