"""Is everything running? Heartbeats, stuck deliveries, channels verified ahead of time, one alert per fault."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import mail_admins
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import credentials, errors
from publishing.adapters.base import Verification
from publishing.models import Channel, Delivery, EvidenceRecord, Heartbeat, State
from publishing.models.delivery import OPEN

log = logging.getLogger(__name__)
LATE_BEAT = timedelta(seconds=30)  # send_due beats every second
VERIFY_AHEAD = timedelta(hours=2)  # channels with something due within this are verified
VERIFY_EVERY = timedelta(minutes=15)
VERIFY_IDLE = timedelta(hours=12)


def beat(name: str, now: datetime, **detail: Any) -> None:
    """This process did its work just now."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now, "detail": detail})


def report(now: datetime) -> dict[str, Any]:
    """The state of the outbox in one look; plain values, no secrets, no content."""
    beats = {item.name: item.at for item in Heartbeat.objects.all()}
    last_beat = beats.get("send_due")
    last_sent = Delivery.objects.filter(sent_at__isnull=False).order_by("-sent_at").values_list("sent_at", flat=True)
    oldest_unsealed = EvidenceRecord.objects.filter(block__isnull=True).order_by("id").values_list("at", flat=True)
    stuck = Delivery.objects.stuck(now).count()
    faults = Channel.objects.usable().filter(Q(health=Channel.Health.FAULT) | Q(paused_at__isnull=False)).count()
    running = last_beat is not None and now - last_beat < LATE_BEAT
    return {
        "ok": running and not stuck,
        "running": running,
        "heartbeats": beats,
        "stuck": stuck,
        "channels_with_faults": faults,
        "needs_a_person": Delivery.objects.needing_a_person().count(),
        "last_sent_at": last_sent.first(),
        "unsealed_since": oldest_unsealed.first(),
    }


def verify(channel: Channel) -> Verification:
    """Ask the platform whether the channel could send now, and write down the answer."""
    try:
        found = channel.adapter.verify(credentials.fresh_account(channel))
    except (errors.TemporaryError, errors.RateLimited, errors.OutcomeUnknown) as error:
        return Verification(False, problem=error.summary)  # not the channel's fault: asked again soon
    except (errors.DeliveryError, errors.ChannelMisconfigured) as error:
        found = Verification(False, problem=error.summary)
    now = timezone.now()
    fault = "" if found.ok else str(found.problem)[:250]
    changed = channel.health_problem != fault
    channel.health = Channel.Health.OK if found.ok else Channel.Health.FAULT
    channel.health_problem, channel.verified_at = fault, now
    channel.account_name = found.account[:200] or channel.account_name
    channel.access_expires_at = found.expires_at or channel.access_expires_at
    channel.config = {**channel.config, **found.learnt}
    channel.save(
        update_fields=["health", "health_problem", "verified_at", "account_name", "access_expires_at", "config"]
    )
    if fault and changed:
        alert(_("Channel %(name)s: %(problem)s") % {"name": channel.name, "problem": fault})
    return found


def verify_due(now: datetime) -> int:
    """Verify what will be needed soon often, the rest twice a day."""
    soon = Delivery.objects.filter(state__in=OPEN, due_at__lte=now + VERIFY_AHEAD).values("channel_id")
    wanted = Channel.objects.usable().filter(
        Q(verified_at__isnull=True)
        | Q(verified_at__lte=now - VERIFY_IDLE)
        | Q(verified_at__lte=now - VERIFY_EVERY, pk__in=soon)
    )
    for channel in wanted.filter(dry_run=False):
        verify(channel)
    return wanted.count()


def watch(now: datetime) -> None:
    """One alert when deliveries stop moving, and no second one until they have moved."""
    stuck = Delivery.objects.stuck(now).exclude(state=State.PROCESSING).count()
    before = Heartbeat.objects.filter(name="alert:stuck").first()
    if stuck and before is None:
        beat("alert:stuck", now, count=stuck)
        alert(_("%(count)s deliveries are past due and not moving.") % {"count": stuck})
    elif not stuck and before is not None:
        before.delete()


def alert(sentence: str) -> None:
    """To the log and to the administrators."""
    log.error("%s", sentence)
    mail_admins("Pejlemærke", sentence, fail_silently=True)
