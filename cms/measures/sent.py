"""Which content the public first got in a period, and when. Dry runs reach nobody."""

from datetime import datetime

from django.db.models import Min

from campaigns.coverage import Period
from publishing.models import Delivery, State


def first_sent(period: Period) -> dict[int, datetime]:
    """By page; what was taken down again since is still something that was sent."""
    out = Delivery.objects.filter(state__in=[State.DELIVERED, State.WITHDRAWN], channel__dry_run=False)
    rows = out.filter(placements__page__isnull=False, sent_at__isnull=False).values_list("placements__page_id")
    found = rows.annotate(first=Min("sent_at")).order_by()
    return {page: moment for page, moment in found if period.holds(moment)}
