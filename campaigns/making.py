"""Make proposed slots: what stands between a plan that somebody looked at and the rows of it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils import timezone

from campaigns import closed_times, proposing, year
from campaigns.models import Placement
from campaigns.proposing import Proposed, Wished
from publishing.models import State


def propose(wishes: Sequence[Wished]) -> list[Proposed]:
    """Where each would stand now. Two queries, however many."""
    edges = proposing.span(wishes)
    taken: dict[int, list[datetime]] = {}
    if edges is not None:
        rows = Placement.objects.active().between(*edges).filter(channel__in={wish.channel.pk for wish in wishes})
        for channel, moment in rows.exclude(delivery__state=State.CANCELLED).values_list("channel_id", "due_at"):
            if moment is not None:
                taken.setdefault(channel, []).append(moment)
    now = timezone.now()
    return proposing.settle(wishes, taken, now, _holiday, closed_times.ahead(now))


def _holiday(day: date) -> str:
    return dict(year.public_holidays(day.year, day.year)).get(day, "")


def kept(proposed: Iterable[Proposed], ticked: Iterable[str]) -> list[Proposed]:
    """Those whose keys were ticked by whoever looked at them."""
    keys = set(ticked)
    return [one for one in proposed if one.wished.key in keys]
