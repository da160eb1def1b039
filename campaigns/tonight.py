"""What goes out until noon of the next day, and who on duty has read it."""

from datetime import datetime, time, timedelta
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from campaigns import agenda, calendar, clock
from campaigns.calendar import Item
from campaigns.models import TonightRead
from publishing.scheduling import record_evidence

READS = "publishing.decide_delivery"  # who is on duty


class ChangedMeanwhile(Exception):
    """The list is not what was shown any more; look again."""


def until(now: datetime) -> datetime:
    """Noon of the next day, in Copenhagen."""
    tomorrow = timezone.localtime(now).date() + timedelta(days=1)
    return clock.to_utc(datetime.combine(tomorrow, time(12)))


def items(now: datetime) -> list[Item]:
    return calendar.together(agenda.between(now, until(now)))


def seal(listed: list[Item], now: datetime) -> str:
    """Equal as long as the same things go at the same times in the same states. What has gone out meanwhile may go."""
    ahead = [entry for item in listed for entry in item.entries if entry.moment >= now]
    parts = sorted((entry.moment.isoformat(), entry.pk, entry.badge.key) for entry in ahead)
    return sha256(repr(parts).encode()).hexdigest()


def acknowledge(shown: str, *, by: Any, now: datetime) -> TonightRead:
    """Put down that this person has read the list they were shown. ChangedMeanwhile when it is another by now."""
    if not by.has_perm(READS):
        raise PermissionDenied
    listed = items(now)
    current = seal(listed, now)
    if current != shown:
        raise ChangedMeanwhile
    with transaction.atomic():
        reading = TonightRead.objects.create(by=by, seal=current)
        record_evidence(
            "tonight.read",
            actor=by.get_username(),
            subject=f"tonight:{timezone.localtime(now):%Y-%m-%d}",
            payload={"seal": current, "items": len(listed)},
        )
    return reading
