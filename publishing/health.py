"""Is everything running? Heartbeats, stuck deliveries, access that ends soon; one alert per fault."""

import logging
import os
import socket
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import mail_admins
from django.db.models import Count, Q, Subquery, Value
from django.utils.translation import gettext as _

from publishing.models import Channel, Delivery, EvidenceRecord, Heartbeat, State, StopOrder
from publishing.presenting import when

log = logging.getLogger(__name__)
_last_beat: datetime | None = None
LATE_BEAT = timedelta(seconds=30)  # send_due beats every second
WORKER = "worker:"  # begins the name of a worker's heartbeat
BEAT_EVERY = timedelta(seconds=10)
FORGET_WORKERS_AFTER = timedelta(days=1)


def beat(name: str, now: datetime, **detail: Any) -> None:
    """This process did its work just now."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now, "detail": detail})


def beat_worker(now: datetime) -> None:
    """The same for a worker process: at most once in ten seconds, so that a busy one spends nothing on it."""
    global _last_beat  # one a process, which is what a worker is
    if _last_beat is None or now - _last_beat >= BEAT_EVERY:
        _last_beat = now
        beat(f"{WORKER}{socket.gethostname()[:60]}:{os.getpid()}", now)


class Beside(Subquery):
    """One value of another table beside what is counted, whether or not there is anything to count."""

    contains_aggregate = True


def at_a_glance(now: datetime) -> dict[str, Any]:
    """What every page of the admin says of the outbox, in one query."""
    sent = Delivery.objects.filter(sent_at__isnull=False).order_by("-sent_at")
    stuck = Delivery.objects.stuck(now).order_by().values(one=Value(1)).annotate(found=Count("pk"))
    faults = Q(health=Channel.Health.FAULT, dry_run=False) | Q(paused_at__isnull=False)
    found = Channel.objects.usable().aggregate(
        last_beat=Beside(Heartbeat.objects.filter(name="send_due").values("at")),
        stuck=Beside(stuck.values("found")),
        last_sent_at=Beside(sent.values("sent_at")[:1]),
        stop=Beside(StopOrder.objects.in_force().values("pk")[:1]),
        channels_with_faults=Count("pk", filter=faults),
    )
    last_beat, stuck_now = found.pop("last_beat"), found["stuck"] or 0
    running = last_beat is not None and now - last_beat < LATE_BEAT
    stopped = found.pop("stop") is not None
    return {**found, "ok": running and not stuck_now, "running": running, "stuck": stuck_now, "stopped": stopped}


def report(now: datetime) -> dict[str, Any]:
    """The state of the outbox whole; plain values, no secrets, no content."""
    oldest_unsealed = EvidenceRecord.objects.filter(block__isnull=True).order_by("id").values_list("at", flat=True)
    ending = Channel.objects.usable().access_ending(now)
    return {
        **at_a_glance(now),
        "heartbeats": dict(Heartbeat.objects.values_list("name", "at")),
        "access_ending": {channel.name: channel.access_expires_at for channel in ending},
        "needs_a_person": Delivery.objects.needing_a_person().count(),
        "unsealed_since": oldest_unsealed.first(),
    }


def watch(now: datetime) -> None:
    """One alert for each thing that goes wrong, and no second one until it has been right again."""
    Heartbeat.objects.filter(name__startswith=WORKER, at__lt=now - FORGET_WORKERS_AFTER).delete()
    stuck = Delivery.objects.stuck(now).exclude(state=State.PROCESSING).count()
    _once("stuck", stuck > 0, now, _("%(count)s deliveries are past due and not moving.") % {"count": stuck})
    for channel in Channel.objects.usable():
        ending = channel.access_ends_soon(now)
        moment = when(channel.access_expires_at, now) if channel.access_expires_at and ending else ""
        sentence = _("The access to %(channel)s ends %(moment)s. Connect the channel again before then.")
        _once(f"access:{channel.pk}", ending, now, sentence % {"channel": channel.name, "moment": moment})


def _once(name: str, wrong: bool, now: datetime, sentence: str) -> None:
    told = Heartbeat.objects.filter(name=f"alert:{name}").first()
    if wrong and told is None:
        beat(f"alert:{name}", now)
        alert(sentence)
    elif not wrong and told is not None:
        told.delete()


def alert(sentence: str) -> None:
    """To the log and to the administrators."""
    log.error("%s", sentence)
    mail_admins("Pejlemærke", sentence, fail_silently=True)
