"""Preflight: shortly before a release begins, every channel and every post of it is looked over by a worker."""

import logging
from collections.abc import Iterator
from datetime import datetime

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import claiming, guards, scheduling, stopping, verifying
from publishing.beginning import stop_order_for
from publishing.errors import ChannelMisconfigured
from publishing.evidence import record
from publishing.models import Channel, Delivery, Release, State
from publishing.models.delivery import CLAIMABLE, NOT_BEGUN
from publishing.turns import turn

log = logging.getLogger(__name__)


def check(release: Release) -> None:
    """Look over all of it, write down what was found, and hold what may not go. One worker at a time."""
    with turn(f"preflight:{release.pk}", claiming.lease() * 4) as ours:
        if ours and Release.objects.to_check(timezone.now()).filter(pk=release.pk).exists():
            rows = _not_begun(release)
            ready = {
                channel.pk: _unready(channel) for channel in {row.channel_id: row.channel for row in rows}.values()
            }
            now = timezone.now()
            found = {row.pk: [*ready[row.channel_id], *_obstacles(row, now)] for row in rows}
            _conclude(release, rows, {pk: sentences for pk, sentences in found.items() if sentences}, now)


def _not_begun(release: Release) -> list[Delivery]:
    return [row for row in release.in_order() if row.state in NOT_BEGUN]


def _unready(channel: Channel) -> list[str]:
    """Why the channel could not send now: it is asked, unless nothing leaves the house there."""
    if channel.retired_at is not None or channel.paused_at is not None:
        return [channel.paused_reason or _("The channel is not in use.")]
    if channel.dry_run:
        return []
    try:
        answer = verifying.verify(channel)
    except DatabaseError:
        raise
    except Exception:
        log.exception("channel %s: looking it over failed", channel.pk)
        return [_("Looking it over failed by a fault of ours.")]
    return [] if answer.ok else [str(answer.problem)]


def _obstacles(row: Delivery, now: datetime) -> Iterator[str]:
    """What stands against this very post, wherever that can be told without the network."""
    order = stop_order_for(row)
    if order is not None:
        yield _("Stopped: %(reason)s") % {"reason": order.reason}
    message = row.message
    if message.sha256() != row.message_sha256:
        yield _("The message was changed after approval.")
    for problem in scheduling.problems(row.channel, message):
        yield str(problem.message)
    for media in message.media:
        try:
            media.read()
        except ChannelMisconfigured as error:
            yield str(error.summary)
    for objection in guards.objections(row):
        if objection.until is None or objection.until > max(row.due_at, now):
            yield objection.reason


def _conclude(release: Release, rows: list[Delivery], found: dict[int, list[str]], now: datetime) -> None:
    """Of what it is by now: asking the channels takes seconds, and people go on meanwhile. What came to it since, or
    left it, was not looked over with it: then nothing is concluded, and it is looked over again."""
    with transaction.atomic():
        fresh = Release.objects.select_for_update(of=("self",), no_key=True).filter(pk=release.pk).first()
        if fresh is None or {row.pk for row in _not_begun(fresh)} != {row.pk for row in rows}:
            return
        all_held = bool(found) and (fresh.rule == Release.Rule.HOLD_ALL or release.first_id in found)
        Release.objects.filter(pk=release.pk).update(checked_at=now, fit=not all_held, findings=found)
        payload = {"held": {str(row.key): found[row.pk] for row in rows if row.pk in found}}
        record("release.looked_over", subject=f"release:{release.first.key}", payload=payload)
        if all_held:
            unfit = next(row for row in rows if row.pk in found)
            values = {"channel": unfit.channel.name, "problem": found[unfit.pk][0]}
            _hold(release.first, _("Nothing of it goes yet. %(channel)s: %(problem)s") % values)
            return
        for row in rows:
            if row.pk in found:
                _hold(row, found[row.pk][0])
        due = Delivery.objects.filter(pk=release.first_id, state__in=CLAIMABLE, due_at__lte=now)
        due.update(next_at=now)  # it had waited for this


def _hold(row: Delivery, reason: str) -> None:
    if row.state != State.HELD:
        stopping.hold(row, reason=reason, by=None)
