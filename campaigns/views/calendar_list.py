"""The calendar as lists that come a page at a time: its items, and all that lies in the tray."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from campaigns import band, calendar, overview, tray
from campaigns.overview import Leaf
from campaigns.tray import Tray
from campaigns.views import paging
from campaigns.views.calendar import CalendarPage

ITEMS = 100  # on one page


class List(CalendarPage):
    """Every item with all there is to say; of one day when a day is asked for."""

    template_name = "campaigns/calendar/list.html"
    view = "list"

    def shown(self) -> tuple[date, date]:
        if self.day is not None:
            return self.day, self.day
        return self.month, calendar.neighbours(self.month.year, self.month.month)[1] - timedelta(days=1)

    @cached_property
    def leaf(self) -> Leaf:
        bounds = calendar.bounds(*self.shown())
        return overview.leaf(*bounds, paging.asked_for(self.request), ITEMS, self.part, self.names)

    @property
    def tray(self) -> Tray:
        return self.leaf.tray

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        first, last = self.shown()
        dates = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        found = calendar.days(dates, self.leaf.entries, today=self.today)
        days = [(day, band.on(day.date, self.marks)) for day in found if day.items]
        when = {"day": self.day.isoformat()} if self.day is not None else {"month": f"{self.month:%Y-%m}"}
        pages = paging.Pages(self.leaf.start, ITEMS, self.leaf.total, self.address("list", **when))
        return super().get_context_data(**{"days": days, "day": self.day, "pages": pages, **kwargs})


class WholeTray(CalendarPage):
    """Everything in the tray, a page at a time."""

    template_name = "campaigns/calendar/whole_tray.html"
    page_title = _("The tray")
    view = "tray"

    @cached_property
    def tray(self) -> Tray:
        number = paging.asked_for(self.request)
        found = tray.read(replace(self.part, limit=ITEMS, start=(number - 1) * ITEMS), self.names)
        if found.items or number == 1:
            return found
        return tray.read(replace(self.part, limit=ITEMS, start=0), self.names)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        start = (paging.asked_for(self.request) - 1) * ITEMS
        pages = paging.Pages(start if start < self.tray.total else 0, ITEMS, self.tray.total, self.address("tray"))
        return super().get_context_data(**{"pages": pages, "calendar_url": self.address("month"), **kwargs})
