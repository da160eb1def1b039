"""The calendar: a month as a table of weeks, or its days as a list; what wants a time stands beneath it."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from campaigns import agenda, calendar, contents
from campaigns.agenda import Wish
from campaigns.calendar_forms import WishForm
from publishing.views.base import DeskPage

TRAY = 40  # things in the tray at most


class CalendarPage(DeskPage):
    permission = "campaigns.view_placement"
    page_title = _("Calendar")
    header_icon = "date"
    view = "month"

    @cached_property
    def form(self) -> WishForm:
        return WishForm(self.request.GET)

    @cached_property
    def wish(self) -> Wish:
        return self.form.wish(self.person)

    @cached_property
    def today(self) -> date:
        return timezone.localdate()

    @cached_property
    def month(self) -> date:
        """The first day of the month asked for; this month when that makes no sense."""
        try:
            found = date.fromisoformat(f"{self.request.GET.get('month', '')}-01")
        except ValueError:
            found = (self.day or self.today).replace(day=1)
        return found if 2000 <= found.year <= 2100 else self.today.replace(day=1)

    @cached_property
    def day(self) -> date | None:
        """The one day asked for, if any."""
        try:
            found = date.fromisoformat(self.request.GET.get("day", ""))
        except ValueError:
            return None
        return found if 2000 <= found.year <= 2100 else None

    @property
    def wishes(self) -> str:
        """What is wished for, to hang on an address that has a question mark already."""
        chosen = {key: value for key, value in self.request.GET.items() if key in self.form.fields and value}
        return f"&{urlencode(chosen)}" if chosen else ""

    def address(self, view: str, **when: str) -> str:
        """Another view or time with the same wishes."""
        query = (urlencode(when) + self.wishes).removeprefix("&")
        return reverse(f"campaigns_calendar:{view}") + (f"?{query}" if query else "")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        before, after = calendar.neighbours(self.month.year, self.month.month)
        month = f"{self.month:%Y-%m}"
        tray = agenda.tray(timezone.now(), self.wish, TRAY)
        return super().get_context_data(
            **{
                "form": self.form,
                "month": self.month,
                "view": self,
                "filtered": any(self.request.GET.get(name) for name in self.form.fields),
                "urls": {
                    "before": self.address(self.view, month=f"{before:%Y-%m}"),
                    "after": self.address(self.view, month=f"{after:%Y-%m}"),
                    "today": self.address(self.view),
                    "month": self.address("month", month=month),
                    "list": self.address("list", month=month),
                    "all": reverse(f"campaigns_calendar:{self.view}") + f"?month={month}",
                },
                "may_plan": self.request.user.has_perm("campaigns.change_placement"),
                "tray": tray,
                "editable": contents.editable({item.page_id for item in tray if item.page_id}, self.person),
                **kwargs,
            }
        )


class Month(CalendarPage):
    template_name = "campaigns/calendar/month.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = calendar.grid(self.month.year, self.month.month)
        start, end = calendar.bounds(rows[0][0], rows[-1][-1])
        entries = agenda.between(start, end, self.wish)
        weeks = calendar.weeks(self.month.year, self.month.month, entries, today=self.today)
        return super().get_context_data(**{"weeks": weeks, "weekdays": rows[0], "total": len(entries), **kwargs})


class List(CalendarPage):
    """Every item with all there is to say; of one day when a day is asked for."""

    template_name = "campaigns/calendar/list.html"
    view = "list"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        weeks = calendar.grid(self.month.year, self.month.month)
        dates = [day for week in weeks for day in week if day.month == self.month.month]
        if self.day is not None:
            dates = [self.day]
        start, end = calendar.bounds(dates[0], dates[-1])
        found = calendar.days(dates, agenda.between(start, end, self.wish), today=self.today)
        days = [day for day in found if day.items]
        return super().get_context_data(**{"days": days, "day": self.day, **kwargs})
