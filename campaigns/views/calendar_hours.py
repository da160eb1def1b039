"""The calendar hour by hour: a week, or one day."""

from datetime import date, timedelta
from typing import Any

from django.utils.functional import cached_property

from campaigns import advising, band, calendar, tray
from campaigns.calendar import Entry
from campaigns.models import Placement
from campaigns.tray import Tray
from campaigns.views.calendar import CalendarPage

IDEAS = 5  # for a day on which nothing is planned


class Hours(CalendarPage):
    """Days beside each other, hour by hour, with everything in them."""

    template_name = "campaigns/calendar/hours.html"
    length = 7

    @cached_property
    def read(self) -> tuple[list[Entry], Tray]:
        """What stands on the days of the page, and what lies in the tray."""
        rows = self.wish.rows(Placement.objects.active().between(*calendar.bounds(*self.shown())))
        return tray.beside(rows, self.part, self.names)

    @property
    def tray(self) -> Tray:
        return self.read[1]

    def dates(self) -> list[date]:
        return calendar.week_of(self.anchor)

    def shown(self) -> tuple[date, date]:
        dates = self.dates()
        return dates[0], dates[-1]

    def steps(self) -> dict[str, str]:
        step = timedelta(days=self.length)
        days = {"before": self.anchor - step, "after": self.anchor + step}
        return {name: self.address(self.view, day=day.isoformat()) for name, day in days.items()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = self.read[0]
        days = calendar.days(self.dates(), entries, today=self.today)
        return super().get_context_data(
            **{
                "days": days,
                "hours": calendar.hours(days),
                "band": band.of(self.dates(), self.marks),
                "total": len(entries),
                **kwargs,
            }
        )


class Week(Hours):
    view = "week"


class OneDay(Hours):
    view = "day"
    length = 1

    def dates(self) -> list[date]:
        return [self.anchor]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day, ahead = self.anchor, self.anchor >= self.today and not self.read[0]
        wanted = ahead and self.person.has_perm("campaigns.view_advice")
        found = advising.empty_days(day, day, IDEAS) if wanted else []
        may_place = self.person.has_perm(advising.PLACE)
        return super().get_context_data(**{"empty_days": found, "may_place": may_place, **kwargs})
