"""Could this channel send now? Asked ahead of due time, written down, and told once when it could not."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import bells, channels, credentials, errors, evidence, health, http
from publishing.adapters.base import Verification
from publishing.models import Channel, Delivery
from publishing.models.delivery import OPEN

AHEAD = timedelta(hours=2)  # channels with something due within this are verified
EVERY = timedelta(minutes=15)
IDLE = timedelta(hours=12)
LOST_BELL = timedelta(seconds=10)  # a verification that somebody asked for, and no worker heard
WITHIN = 20.0  # seconds for all calls of one verification


def due(now: datetime) -> list[int]:
    """Which channels to ask: those needed soon often, the rest twice a day, and whatever a person waits for."""
    soon = Delivery.objects.filter(state__in=OPEN, next_at__lte=now + AHEAD).values("channel_id")
    by_clock = Q(dry_run=False) & (
        Q(verified_at__isnull=True) | Q(verified_at__lte=now - IDLE) | Q(verified_at__lte=now - EVERY, pk__in=soon)
    )
    wanted = Channel.objects.usable().filter(by_clock | Q(asked_at__lte=now - LOST_BELL))
    return [channel.pk for channel in wanted.order_by("pk") if not channel.waits_for_consent]


def verify(channel: Channel) -> Verification:
    """Ask the platform whether the channel could send now, and write down the answer.

    No answer is not the channel's fault: nothing changes, and it is asked again soon.
    """
    channel.refresh_from_db()
    version = channel.version
    try:
        with http.within(WITHIN):
            found = channel.adapter.verify(credentials.fresh_account(channel))
    except (errors.TemporaryError, errors.RateLimited, errors.OutcomeUnknown) as error:
        Channel.objects.filter(pk=channel.pk).update(asked_at=None, asked_problem=error.summary[:250])
        return Verification(False, problem=error.summary)
    except (errors.DeliveryError, errors.ChannelMisconfigured) as error:
        found = Verification(False, problem=error.summary)
    _write_down(channel, found, version)
    return found


def _write_down(channel: Channel, found: Verification, version: int) -> None:
    """One transaction. An answer about a set-up that was changed meanwhile is worth nothing: it is asked again."""
    fault = "" if found.ok else str(found.problem)[:250]
    with transaction.atomic():
        channel.refresh_from_db(from_queryset=Channel.objects.select_for_update(of=("self",), no_key=True))
        if channel.version != version:
            bells.ring("verify_channel", channel.pk)
            return
        before = channel.health
        changes: dict[str, Any] = {
            "health": Channel.Health.OK if found.ok else Channel.Health.FAULT,
            "health_problem": fault,
            "verified_at": timezone.now(),
            "account_name": found.account[:200] or channel.account_name,
            # An end that was known before a fault may be over: the next good answer tells it again.
            "access_expires_at": found.expires_at or (channel.access_expires_at if found.ok else None),
            "learnt": {**channel.learnt, **found.learnt},
            "asked_at": None,
            "asked_problem": "",
        }
        resume = channel.resume_when_verified
        changes["resume_when_verified"] = False
        for name, value in changes.items():
            setattr(channel, name, value)
        channel.save(update_fields=list(changes))
        if channel.health != before:
            payload = {"problem": fault, "account": channel.account_name}
            evidence.record(f"channel.{channel.health}", subject=f"channel:{channel.pk}", payload=payload)
        if found.ok and resume:
            channels.set_free(channel, by=None)
    if fault and before != Channel.Health.FAULT:  # one alert a fault, until it has been ready again
        health.alert(_("Channel %(name)s: %(problem)s") % {"name": channel.name, "problem": fault})
