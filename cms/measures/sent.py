"""Which content the public first got in a period, and when. Dry runs reach nobody."""

from datetime import datetime, time, timedelta

from django.db.models import Min

from campaigns.clock import COPENHAGEN
from campaigns.coverage import Period
from publishing.models import Delivery, State


def first_sent(period: Period) -> dict[int, datetime]:
    """By page; what was taken down again since is still something that was sent.

    Looks at what went out in the period, and of that at what had been out before: never at the whole history.
    """
    begins, ends = (
        datetime.combine(day, time(), COPENHAGEN) for day in (period.first, period.last + timedelta(days=1))
    )
    out = Delivery.objects.filter(
        state__in=[State.DELIVERED, State.WITHDRAWN], channel__dry_run=False, placements__page__isnull=False
    ).order_by()
    within = out.filter(sent_at__gte=begins, sent_at__lt=ends)
    found = dict(within.values_list("placements__page_id").annotate(first=Min("sent_at")))
    again = out.filter(sent_at__lt=begins, placements__page__in=within.values("placements__page_id"))
    for page in set(again.values_list("placements__page_id", flat=True)):
        found.pop(page, None)
    return found
