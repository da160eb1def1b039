"""Months that have closed, and a key to the figures that nobody was told."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from campaigns import api_tokens
from campaigns.coverage import closing
from campaigns.coverage.facts import month_of, start_of
from campaigns.models import ApiToken
from publishing import deciding
from publishing.models import Delivery, State

KEY = "Intranettets forside (prøve)"


def ensure(users: Mapping[str, Any]) -> Iterator[str]:
    """What closed stays as it is; again is harmless."""
    now = timezone.now()
    if closed := closing.close_due(now).closed:
        yield f"Måneder lukket: {', '.join(f'{month}/{year}' for year, month in closed)}"
        if _take_down_late(users, now):
            closing.close_due(now + timedelta(seconds=1))
    if not ApiToken.objects.exists():
        api_tokens.make(name=KEY, expires_at=now + timedelta(days=365), by=users["ledelse"])


def _take_down_late(users: Mapping[str, Any], now: datetime) -> bool:
    """One post of a month that has closed is gone since: a correction. Whether there was any to take down."""
    sent = Delivery.objects.filter(state=State.DELIVERED, sent_at__lt=start_of(month_of(now))).order_by("-sent_at")
    found = next((one for one in sent.select_related("channel") if not one.channel.limits.publishes_page), None)
    if found is None:
        return False
    for delivery in Delivery.objects.of_same_content(found).filter(state=State.DELIVERED):
        deciding.withdrawn_by_hand(delivery, by=users["vagt"])
    return True
