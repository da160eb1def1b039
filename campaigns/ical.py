"""The plan as a calendar file (RFC 5545). Pure. Times, titles, channels and states; never the text of anything."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from campaigns.band import Mark
from campaigns.calendar import Item
from publishing import signs

LENGTH = timedelta(minutes=15)  # a post takes no time, but a calendar shows nothing of no length
OFF = frozenset({"cancelled", "withdrawn", "missed", "failed"})


def write(items: Iterable[Item], *, name: str, host: str, now: datetime, marks: Iterable[Mark] = ()) -> bytes:
    """One event an item, and one of whole days for each mark of the year.

    The same item has the same UID in every file, so that a move moves it.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Pejlemaerke//Plan//DA")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for item in items:
        first = item.first
        event = Event()
        event.add("uid", f"placement-{first.pk}@{host}")
        event.add("dtstamp", now)
        event.add("dtstart", first.moment)
        event.add("dtend", first.moment + LENGTH)
        event.add("sequence", sum(entry.version for entry in item.entries))
        event.add("summary", signs.readable(f"{item.badge.shape} {first.title} ({item.channels})"))
        event.add("description", _("State: %(state)s") % {"state": item.badge.label})
        event.add("status", "CANCELLED" if item.badge.key in OFF else "CONFIRMED" if first.out else "TENTATIVE")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    for mark in marks:
        calendar.add_component(_whole_days(mark, host, now))
    return bytes(calendar.to_ical())


def _whole_days(mark: Mark, host: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{mark.key}@{host}")
    event.add("dtstamp", now)
    event.add("dtstart", mark.first)
    event.add("dtend", mark.last + timedelta(days=1))
    event.add("summary", mark.title)
    event.add("description", mark.word)
    event.add("transp", "TRANSPARENT")
    return event
