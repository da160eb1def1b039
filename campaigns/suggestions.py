"""What the year calls for and nobody has planned. Pure: days, events and what is planned go in."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.topics import Topic, names_any
from campaigns.yearly import Span


@dataclass(frozen=True)
class Call:
    """What an event wants to be told, and how many days before it begins somebody should think of it."""

    event: int
    title: str
    lead_days: int
    focus_areas: frozenset[str] = frozenset()
    initiatives: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()

    def met_by(self, topic: Topic) -> bool:
        """One of what it names is enough."""
        return (
            topic.focus_area in self.focus_areas
            or bool(topic.initiatives & self.initiatives)
            or names_any(topic.text, self.words)
        )

    def counted(self, span: Span) -> Span:
        """The days on which something about it counts: from when it is thought of until it is over."""
        return Span(span.first - timedelta(days=self.lead_days), span.last)


@dataclass(frozen=True)
class Suggestion:
    call: Call
    span: Span
    today: date

    @property
    def days(self) -> int:
        """Until it begins; not above 0 when it goes on."""
        return (self.span.first - self.today).days

    @property
    def starts(self) -> str:
        """“Black Week begins in 3 weeks”."""
        title, days = {"title": self.call.title}, self.days
        if days <= 0:
            return (_("%(title)s begins today") if days == 0 else _("%(title)s goes on")) % title
        if days < 14:
            said = ngettext("%(title)s begins in %(count)s day", "%(title)s begins in %(count)s days", days)
            return said % {**title, "count": days}
        weeks = round(days / 7)
        said = ngettext("%(title)s begins in %(count)s week", "%(title)s begins in %(count)s weeks", weeks)
        return said % {**title, "count": weeks}


def of(
    calls: Iterable[tuple[Call, Span]],
    planned: Collection[tuple[date, Topic]],
    answered: Collection[tuple[int, date]],
    today: date,
) -> list[Suggestion]:
    """What is near enough, not answered (by event and first day) and not met by anything planned, soonest first."""
    found = []
    for call, span in calls:
        counted = call.counted(span)
        near = counted.first <= today <= counted.last
        if not near or (call.event, span.first) in answered:
            continue
        if not any(counted.first <= day <= counted.last and call.met_by(topic) for day, topic in planned):
            found.append(Suggestion(call, span, today))
    return sorted(found, key=lambda one: (one.span, one.call.title))
