"""Send: claim -> begin -> the network -> settle. Readable on one screen.

``pump`` drains one channel for some seconds; ``send_due`` does the same for every channel, without a broker.
"""

import logging
import time
from datetime import datetime

from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import claiming, credentials, departing, errors, fan_out, http, reconciling, settling
from publishing.adapters.base import Processing, Receipt
from publishing.beginning import begin, depart
from publishing.models import Attempt, Channel, Delivery
from publishing.models.delivery import FAR

log = logging.getLogger(__name__)
BATCH = 20
SHARE_OF_LEASE = 0.7  # all calls of one send end by then: nobody else may think that we are lost while we are not


def pump(channel_id: int, *, seconds: float = 5.0) -> bool:
    """Send what is due on one channel, for about ``seconds``; True when there is more to do."""
    until = time.monotonic() + seconds
    worker = claiming.worker_name()
    reconciling.recover(channel_id, timezone.now(), worker=worker)
    while time.monotonic() < until:
        batch = claiming.claim(channel_id, worker=worker, now=timezone.now(), limit=BATCH)
        if not batch:
            return False
        send_batch(batch, until=until)
    return bool(Delivery.objects.filter(channel_id=channel_id).due(timezone.now()).exists())


def send_batch(batch: list[Delivery], *, until: float) -> None:
    """One after the other; what time does not allow goes back unsent. One failure never stops the next."""
    for delivery in batch:
        if time.monotonic() > until:
            claiming.give_back(delivery, next_at=timezone.now())
        else:
            send(delivery, timezone.now())


def send(delivery: Delivery, now: datetime) -> None:
    """Begin, let the adapter talk, settle."""
    try:
        attempt = begin(delivery, now)
    except DatabaseError:
        raise  # the lease brings the row back
    except Exception:
        log.exception("delivery %s: could not begin", delivery.key)
        settling.unfit(delivery)  # out of the way of the next one
        return
    if attempt is None:
        return
    try:
        with departing.noting(lambda: depart(delivery, attempt, timezone.now())):
            answer, reason = carry(delivery)
    except (errors.DeliveryError, errors.ChannelMisconfigured) as error:
        settling.failed(delivery, attempt, error)
    except Exception as error:
        # Unknown is not temporary: it fails loudly, and the next one still goes.
        log.exception("delivery %s attempt %s: undeclared error", delivery.key, attempt.number)
        settling.failed(delivery, attempt, error)
    else:
        settle(delivery, attempt, answer, reason)


def settle(delivery: Delivery, attempt: Attempt, answer: Receipt | Processing, reason: str) -> None:
    """Proof or patience."""
    if isinstance(answer, Receipt):
        settling.delivered(delivery, attempt, answer, reason=reason)
    else:
        settling.processing(delivery, attempt, answer, reason=reason)


def carry(delivery: Delivery) -> tuple[Receipt | Processing, str]:
    """One logical post, by the way this channel goes. What a kind can do decides, never its name."""
    channel, message, key = delivery.channel, delivery.message, delivery.delivery_key
    limits = channel.limits
    if channel.dry_run:
        requests = [
            {"method": item.method, "url": item.url, "headers": dict(item.headers), "body": item.body}
            for item in channel.adapter.translate(channel.account(), message, key)
        ]
        return Receipt(f"dry-run:{key.uuid}", details={"requests": requests}), _("Dry run: nothing left the house.")
    if limits.by_hand:
        return Processing(FAR), _("To be posted by hand.")
    if limits.fan_out and delivery.parent_id is None:
        return fan_out.expand(delivery), ""
    with http.within(claiming.lease().total_seconds() * SHARE_OF_LEASE):
        return channel.adapter.send(credentials.fresh_account(channel), message, key), ""


def send_due() -> int:
    """Pump every channel that has something due, in this process; returns how many channels were looked at."""
    channels = claiming.due_channels(timezone.now())
    for channel_id in channels:
        while Channel.objects.filter(pk=channel_id).exists() and pump(channel_id):
            pass
    return len(channels)
