"""The calendar: what all its views have, and the month as a table of weeks; what wants a time stands beneath it."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from campaigns import band, calendar, names, overview, year
from campaigns.agenda import Wish
from campaigns.band import Mark
from campaigns.calendar_forms import WishForm
from campaigns.names import Names
from campaigns.overview import Glance
from campaigns.tray import Part, Tray
from campaigns.views import pulse, saved_views, undoing
from publishing.views.base import DeskPage

TRAY = 40  # things in the tray beside the plan; the rest is a step away


class CalendarPage(DeskPage):
    permission = "campaigns.view_placement"
    page_title = _("Calendar")
    header_icon = "date"
    view = "month"

    @cached_property
    def names(self) -> Names:
        return names.read(self.person)

    @cached_property
    def form(self) -> WishForm:
        return WishForm(self.request.GET, names=self.names)

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
        return f"&{urlencode(self.wished())}" if self.wished() else ""

    def wished(self) -> dict[str, str]:
        return {key: str(value) for key, value in self.request.GET.items() if key in self.form.fields and value}

    def address(self, view: str, **when: str) -> str:
        """Another view or time with the same wishes."""
        query = (urlencode(when) + self.wishes).removeprefix("&")
        return reverse(f"campaigns_calendar:{view}") + (f"?{query}" if query else "")

    @property
    def anchor(self) -> date:
        """The day that another view opens on: the one asked for, else today in this month, else the month's first."""
        if self.day is not None:
            return self.day
        return self.today if self.today.replace(day=1) == self.month else self.month

    def shown(self) -> tuple[date, date]:
        """The first and the last day on the page."""
        rows = calendar.grid(self.month.year, self.month.month)
        return rows[0][0], rows[-1][-1]

    def days(self) -> tuple[date, date]:
        """The days that are asked for: of a month without the edges of its neighbours."""
        return self.shown()

    @property
    def part(self) -> Part:
        """What of the tray stands beside the plan."""
        return Part(timezone.now(), self.wish, TRAY, user=self.person)

    @property
    def tray(self) -> Tray:
        raise NotImplementedError

    @cached_property
    def marks(self) -> list[Mark]:
        """What of the year falls on the days of the page, as this person may see it."""
        return year.marks(*self.shown(), self.person)

    def files(self) -> list[tuple[str, str]]:
        """The same days as files, as (label, address)."""
        when = {"day": self.day.isoformat()} if self.day is not None else {"month": f"{self.month:%Y-%m}"}
        query = urlencode(when) + self.wishes
        forms = {"pdf": _("PDF of the week"), "xlsx": _("Excel"), "csv": "CSV"}
        return [
            (str(label), reverse("campaigns_calendar:take_out", args=[self.view, form]) + f"?{query}")
            for form, label in forms.items()
        ]

    def steps(self) -> dict[str, str]:
        """The same view one step back, and one on."""
        before, after = calendar.neighbours(self.month.year, self.month.month)
        return {
            name: self.address(self.view, month=f"{to:%Y-%m}") for name, to in (("before", before), ("after", after))
        }

    def views(self) -> list[dict[str, Any]]:
        """The other ways to look at the same days."""
        month, day = f"{self.month:%Y-%m}", self.anchor.isoformat()
        labels = {"month": _("Month"), "week": _("Week"), "day": _("Day"), "list": _("List")}
        when = {"month": {"month": month}, "week": {"day": day}, "day": {"day": day}, "list": {"month": month}}
        return [
            {"label": label, "url": self.address(name, **when[name]), "current": name == self.view}
            for name, label in labels.items()
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        first, last = self.shown()
        return super().get_context_data(
            **{
                "form": self.form,
                "month": self.month,
                "view": self,
                "filtered": bool(self.wished()),
                "urls": {
                    **self.steps(),
                    "today": self.address(self.view),
                    "day": reverse("campaigns_calendar:day"),
                    "all": reverse(f"campaigns_calendar:{self.view}") + f"?month={self.month:%Y-%m}",
                },
                "views": self.views(),
                "files": self.files(),
                "may_bring": self.request.user.has_perm("campaigns.add_placement"),
                "kept": saved_views.addressed(self.names.kept),
                "wished": self.wished(),
                "may_plan": self.request.user.has_perm("campaigns.change_placement"),
                "tray": self.tray,
                "whole_tray": self.address("tray"),
                "undo": undoing.offered(self.request),
                "first": first,
                "last": last,
                "marks": self.marks,
                "pulse": pulse.beat(first, last),
                **kwargs,
            }
        )


class Month(CalendarPage):
    template_name = "campaigns/calendar/month.html"

    @cached_property
    def glance(self) -> Glance:
        return overview.glance(*calendar.bounds(*self.shown()), self.part, self.names)

    @property
    def tray(self) -> Tray:
        return self.glance.tray

    def days(self) -> tuple[date, date]:
        return self.month, calendar.neighbours(self.month.year, self.month.month)[1] - timedelta(days=1)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = calendar.grid(self.month.year, self.month.month)
        found = self.glance
        weeks = [
            (week, band.of([day.date for day in week.days], self.marks))
            for week in calendar.weeks(
                self.month.year, self.month.month, found.entries, today=self.today, further=found.further
            )
        ]
        total = len(found.entries)
        return super().get_context_data(**{"weeks": weeks, "weekdays": rows[0], "total": total, **kwargs})
