"""Which content the public first got in a period, and when. Dry runs reach nobody."""

from datetime import datetime, time, timedelta

from django.db.models import Min, Q

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
    """Looks at what went out in the period, and of that at what had been out before: never at the whole history.

    A placement has its newest delivery. What that one updated was out before: a page since it was first published, a
    post since the one that is edited.
    """
    begins, ends = _ends(period)
    out = Delivery.objects.filter(
        state__in=[State.DELIVERED, State.WITHDRAWN], channel__dry_run=False, placements__page__isnull=False
    ).order_by()
    later = out.filter(sent_at__gte=ends)  # an update, of what may have been out before
    published, edited = "placements__page__first_published_at", "edits__sent_at"
    first: dict[int, datetime] = {}
    for rows in (
        out.filter(sent_at__gte=begins, sent_at__lt=ends),
        later.filter(**{f"{published}__gte": begins, f"{published}__lt": ends}),
        later.filter(**{f"{edited}__gte": begins, f"{edited}__lt": ends}),
    ):
        found = rows.values_list("placements__page_id").annotate(Min("sent_at"), Min(edited), Min(published))
        for page, *moments in found:
            first[page] = min(moment for moment in (*moments, first.get(page)) if moment is not None)
    pages = sorted(page for page, moment in first.items() if moment >= begins)
    first = {page: first[page] for page in pages}
    before = Q(sent_at__lt=begins) | Q(edits__sent_at__lt=begins)
    for start in range(0, len(pages), AT_ONCE):  # so that each finds its few rows by their index
        some = out.filter(before, placements__page__in=pages[start : start + AT_ONCE])
        for page in set(some.values_list("placements__page_id", flat=True)):
            first.pop(page, None)
    return first


def _ends(period: Period) -> tuple[datetime, datetime]:
    begins, ends = (
        datetime.combine(day, time(), COPENHAGEN) for day in (period.first, period.last + timedelta(days=1))
    )
    return begins, ends
