"""Which content the public first got in a period, and when. Dry runs reach nobody."""

from datetime import datetime, time, timedelta

from django.db.models import Min

from campaigns.clock import COPENHAGEN
from campaigns.coverage import Period
from campaigns.coverage.measures import memory
from publishing.models import Delivery, State

AT_ONCE = 1000  # pages


def first_sent(period: Period) -> dict[int, datetime]:
    """By page; what was taken down again since is still something that was sent."""
    known = memory("first sent")
    if period not in known:
        wider = (one for one in known if one.first <= period.first and period.last <= one.last)
        known[period] = within(known[one], period) if (one := next(wider, None)) else _read(period)
    found: dict[int, datetime] = known[period]
    return found


def within(found: dict[int, datetime], period: Period) -> dict[int, datetime]:
    """Those of a longer period that were first out in this one."""
    begins, ends = _ends(period)
    return {page: moment for page, moment in found.items() if begins <= moment < ends}


def _read(period: Period) -> dict[int, datetime]:
    """Looks at what went out in the period, and of that at what had been out before: never at the whole history."""
    begins, ends = _ends(period)
    out = Delivery.objects.filter(
        state__in=[State.DELIVERED, State.WITHDRAWN], channel__dry_run=False, placements__page__isnull=False
    ).order_by()
    found = out.filter(sent_at__gte=begins, sent_at__lt=ends).values_list("placements__page_id")
    first = dict(found.annotate(first=Min("sent_at")))
    pages = sorted(first)
    for start in range(0, len(pages), AT_ONCE):  # so that each finds its few rows by their index
        some = out.filter(sent_at__lt=begins, placements__page__in=pages[start : start + AT_ONCE])
        for page in set(some.values_list("placements__page_id", flat=True)):
            first.pop(page, None)
    return first


def _ends(period: Period) -> tuple[datetime, datetime]:
    begins, ends = (
        datetime.combine(day, time(), COPENHAGEN) for day in (period.first, period.last + timedelta(days=1))
    )
    return begins, ends
