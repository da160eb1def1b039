"""What the year brings on some days: events by their rules, Danish public holidays, elections and closed times."""

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from functools import lru_cache
from typing import Any

import holidays
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns import calendar, clock, yearly
from campaigns.band import Mark
from campaigns.knowing import KNOWS
from campaigns.models import CalendarEvent, ClosedPeriod


def marks(first: date, last: date, user: Any = None) -> list[Mark]:
    """Everything that touches these days, as this person may see it; without one as anybody may. Two queries."""
    return [*_holidays(first, last), *_events(first, last, user), *_closed(first, last, user)]


def _events(first: date, last: date, user: Any) -> Iterator[Mark]:
    may_open = user is not None and user.has_perm("campaigns.view_calendarevent")
    for event in CalendarEvent.objects.filter(active=True):
        url = reverse("calendarevent:inspect", args=[event.pk]) if may_open else ""
        for span in yearly.within(event.as_rule, first, last):
            yield Mark(
                event.title,
                event.kind,
                str(event.get_kind_display()),
                span.first,
                span.last,
                url,
                event.sombre,
                f"event-{event.pk}-{span.first:%Y%m%d}",
            )


def _holidays(first: date, last: date) -> Iterator[Mark]:
    for day, name in public_holidays(first.year, last.year):
        if first <= day <= last:
            yield Mark(name, "holiday", _("public holiday"), day, day, key=f"holiday-{day:%Y%m%d}")


@lru_cache(maxsize=16)
def public_holidays(first: int, last: int) -> tuple[tuple[date, str], ...]:
    """By law, in these years, with their Danish names."""
    found = holidays.country_holidays("DK", years=range(first, last + 1), language="da")
    return tuple(sorted(found.items()))


def _closed(first: date, last: date, user: Any) -> Iterator[Mark]:
    knows = user is not None and user.has_perm(KNOWS)
    for row in ClosedPeriod.objects.between(*calendar.bounds(first, last)):
        start, end = clock.to_wall(row.starts_at), clock.to_wall(row.ends_at)
        until = end.date() if end.time() > time.min else end.date() - timedelta(days=1)
        told = knows or row.is_open
        yield Mark(
            row.title if told else _("Closed for some topics"),
            row.kind,
            str(row.get_kind_display()),
            start.date(),
            max(start.date(), until),
            reverse("closedperiod:inspect", args=[row.pk]) if knows else "",
            key=f"closed-{row.pk}",
        )


def sombre(marks: Iterable[Mark]) -> list[Mark]:
    """Those that ask for a quiet tone."""
    return [mark for mark in marks if mark.sombre]
