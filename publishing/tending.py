"""Tend a channel: take down, find out, read back. It asks the platform and sends nothing.

One worker at a time for each channel, so a platform that does not answer holds one thread, whatever waits on it; and
apart from sending, so that a post never waits for any of this.
"""

import time
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from publishing import claiming, clearing, followups, reconciling
from publishing.models import Channel, Delivery, Leftover, Receipt
from publishing.turns import turn


def channels(now: datetime) -> list[int]:
    """Channels on which something is to be looked up, read back or taken down."""
    waiting = Delivery.objects.filter(channel=OuterRef("pk"))
    look = waiting.filter(next_at__lte=now, state__in=reconciling.LOOKED_AT)
    read = Receipt.objects.filter(read_next_at__lte=now).values("delivery__channel_id")
    down = Delivery.objects.filter(withdraw_next_at__lte=now).values("channel_id")
    left = Leftover.objects.filter(next_at__lte=now).values("delivery__channel_id")
    found = Channel.objects.filter(Q(Exists(look)) | Q(pk__in=read) | Q(pk__in=down) | Q(pk__in=left))
    return list(found.order_by("pk").values_list("pk", flat=True))


def tend(channel_id: int, *, seconds: float = 5.0) -> None:
    """For about ``seconds``; what is left is found again at the next ring."""
    until = time.monotonic() + seconds
    # Every step stays inside the lease that it takes for its row, so this is never shorter than the work.
    with turn(f"tend:{channel_id}", claiming.lease() * 2) as ours:
        if ours:
            followups.take_down(timezone.now(), channel_id=channel_id, until=until)
            clearing.clear(timezone.now(), channel_id=channel_id, until=until)
            reconciling.look(channel_id, until=until)
            followups.read_back(timezone.now(), channel_id=channel_id, until=until)
