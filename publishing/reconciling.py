"""Find out what became of deliveries whose worker or answer was lost. Never resend without proof.

* lease over in ``queued``: nothing was sent, back in line
* lease over in ``sending``: ``uncertain``
* ``uncertain`` and ``processing``: ask the platform (``find``), at ``next_at``
"""

import logging
import random
import time
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import claiming, credentials, editing, errors, evidence, fan_out, http, retry, settling
from publishing.adapters.base import Absent, CannotTell, Processing, Receipt
from publishing.beginning import announce, stopped_since
from publishing.models import Attempt, Delivery, State
from publishing.models.delivery import FAR

log = logging.getLogger(__name__)
LOOKED_AT = (State.UNCERTAIN, State.PROCESSING)
NEVER_LEFT = Absent(gettext_lazy("Nothing had been sent yet."))
GIVE_UP_PROCESSING_AFTER = timedelta(hours=24)


def absence_trusted_after(*, harmless: bool) -> timedelta:
    """Since the last attempt ended: before, it may still be on its way. Half of the lease where a repeat is harmless.

    Where a platform that was slow would post twice, five times as long: with the lease of production 150 seconds.
    """
    return claiming.lease() / 2 * (1 if harmless else 5)


def recover(channel_id: int, now: datetime) -> None:
    """What workers left on this channel and whose lease is over. Asks nobody: a pump does it on its way."""
    over = Delivery.objects.filter(channel_id=channel_id, next_at__lte=now)
    left = list(over.filter(state__in=[State.QUEUED, State.SENDING])[:100])
    for delivery in left:
        if delivery.state == State.QUEUED:
            claiming.give_back(delivery, next_at=now)
        else:
            _lost_worker(delivery, now)


def _lost_worker(delivery: Delivery, now: datetime) -> None:
    with transaction.atomic():
        # By the lease that was seen to be over: a worker that noted its departure meanwhile has a new one.
        lost = Delivery.objects.filter(
            pk=delivery.pk, state=State.SENDING, attempt_number=delivery.attempt_number, next_at=delivery.next_at
        ).update(state=State.UNCERTAIN, next_at=now, state_reason=_("The worker was lost."))
        if lost:
            delivery.state, delivery.next_at = State.UNCERTAIN, now
            Attempt.objects.filter(delivery=delivery, outcome=Attempt.Outcome.OPEN).update(
                outcome=Attempt.Outcome.UNKNOWN, ended_at=now, summary="The worker was lost."
            )
            evidence.record("delivery.uncertain", delivery=delivery, payload={"reason": "worker lost"})
            announce(delivery)


def look(channel_id: int, *, until: float, limit: int = 20) -> None:
    """Ask the platform about what is uncertain or being processed on this channel, until a moment (monotonic)."""
    now, worker = timezone.now(), claiming.worker_name()
    waiting = Delivery.objects.filter(channel_id=channel_id, state__in=LOOKED_AT, next_at__lte=now)
    for delivery in waiting.order_by("next_at").select_related("channel")[:limit]:
        if time.monotonic() > until:
            return
        if _take(delivery, worker, timezone.now()):
            look_at(delivery, timezone.now())


def _take(delivery: Delivery, worker: str, now: datetime) -> bool:
    """A lease for looking: only one worker asks at a time."""
    taken = Delivery.objects.filter(
        pk=delivery.pk, state=delivery.state, attempt_number=delivery.attempt_number, next_at=delivery.next_at
    ).update(next_at=now + claiming.lease(), claimed_by=worker, attempt_number=F("attempt_number") + 1)
    if taken:
        delivery.claimed_by, delivery.attempt_number = worker, delivery.attempt_number + 1
        delivery.next_at = now + claiming.lease()
    return bool(taken)


def look_at(delivery: Delivery, now: datetime) -> None:
    """One answer, whatever it is, moves the row on: what breaks goes to a person and not round again."""
    try:
        with http.within(max(0.0, claiming.time_to_send(delivery))):
            finding = _find(delivery)
        _conclude(delivery, finding, now)
    except (errors.TemporaryError, errors.RateLimited, errors.OutcomeUnknown) as error:
        moment = error.until if isinstance(error, errors.RateLimited) else now
        _wait(delivery, max(moment, now + settling.look_after()))
    except (errors.NotAuthorised, errors.ChannelMisconfigured) as error:
        settling.pause(delivery.channel, str(error.summary), now)
        to_a_person(delivery, str(error.summary))
    except errors.DeliveryError as error:
        if _waits_for_parts(delivery):
            settling.failed(delivery, None, error)
        else:
            to_a_person(delivery, str(error.summary))  # a refusal to tell is no proof that nothing appeared
    except DatabaseError:
        raise  # the lease brings the row back
    except Exception:
        log.exception("delivery %s: looking it up failed", delivery.key)
        to_a_person(delivery, _("Looking it up failed by a fault of ours."))


def _waits_for_parts(delivery: Delivery) -> bool:
    return delivery.parent_id is None and delivery.channel.limits.fan_out


def _find(delivery: Delivery) -> Receipt | Processing | Absent | CannotTell:
    channel = delivery.channel
    if _waits_for_parts(delivery):
        return fan_out.outcome(delivery)
    if _never_left(delivery):
        return NEVER_LEFT
    if channel.limits.find:
        credentials.reread(channel)
        account = credentials.fresh_account(channel)
        if delivery.edits_id is not None:
            return editing.find(delivery, account)
        return channel.adapter.find(account, delivery.message, delivery.delivery_key)
    return CannotTell(_("This channel cannot be asked."))


def _never_left(delivery: Delivery) -> bool:
    """Proof without asking: the last attempt had not noted the point of no return, and the fence lets it no more."""
    if delivery.state != State.UNCERTAIN or not delivery.channel.limits.departs:
        return False
    last = delivery.attempts.order_by("-number").first()
    return last is not None and last.departed_at is None


def _conclude(delivery: Delivery, finding: Receipt | Processing | Absent | CannotTell, now: datetime) -> None:
    match finding:
        case Receipt():
            reason = fan_out.summary(delivery, finding) if "of" in finding.details else ""
            settling.delivered(delivery, None, finding, reason=reason)
        case Processing():
            _keep_waiting(delivery, finding, now)
        case Absent() if finding is NEVER_LEFT:
            _again(delivery, now, "never left")
        case Absent():
            _absent(delivery, now)
        case CannotTell() if delivery.channel.limits.idempotent:
            _again(delivery, now, "idempotent")
        case CannotTell():
            to_a_person(delivery, str(finding.reason), [dict(item) for item in finding.evidence])


def _wait(delivery: Delivery, moment: datetime, **changes: Any) -> None:
    claiming.write(delivery, LOOKED_AT, next_at=moment, claimed_by="", **changes)


def _keep_waiting(delivery: Delivery, finding: Processing, now: datetime) -> None:
    if delivery.first_begun_at and now - delivery.first_begun_at > GIVE_UP_PROCESSING_AFTER:
        to_a_person(delivery, _("The platform has not finished within a day."))
    else:
        told = {"prepared": settling.printable(dict(finding.details))} if finding.details else {}
        _wait(delivery, finding.check_at, state=State.PROCESSING, **told)


def _absent(delivery: Delivery, now: datetime) -> None:
    last = delivery.attempts.order_by("-number").first()
    ended = (last.ended_at or last.begun_at) if last else now
    harmless = delivery.channel.limits.idempotent or delivery.edits_id is not None
    trusted_at = ended if _waits_for_parts(delivery) else (ended + absence_trusted_after(harmless=harmless))
    if now < trusted_at:
        _wait(delivery, trusted_at)
    else:
        _again(delivery, now, "proved absent")


def _again(delivery: Delivery, now: datetime, proof: str) -> None:
    """Send it again: at once the first time, later each time after that, at last never."""
    tries = delivery.tries + 1
    changes: dict[str, Any] = {"state": State.AWAITING_RETRY, "next_at": now}
    if delivery.tries:
        later = retry.next_try(tries, now, latest_at=delivery.latest_at, luck=random.random())  # noqa: S311
        changes = {**changes, "next_at": later} if later else {"next_at": FAR, **settling.given_up(tries)}
    with transaction.atomic():
        order = stopped_since(delivery)
        if order is not None and changes["state"] == State.AWAITING_RETRY:
            reason = _("Came due while stopped: %(reason)s") % {"reason": order.reason}
            changes = {"state": State.HELD, "next_at": FAR, "state_reason": reason[:500]}
        if claiming.write(delivery, LOOKED_AT, claimed_by="", tries=tries, **changes):
            evidence.record("delivery.reconciled", delivery=delivery, payload={"proof": proof})
            announce(delivery)


def to_a_person(delivery: Delivery, reason: str, findings: list[dict[str, str]] | None = None) -> None:
    """No proof either way: leave it uncertain, with what lies on the channel, until somebody decides."""
    with transaction.atomic():
        if claiming.write(
            delivery,
            LOOKED_AT,
            state=State.UNCERTAIN,
            next_at=FAR,
            claimed_by="",
            state_reason=reason[:500],
            findings=settling.printable(findings or []),
        ):
            evidence.record("delivery.asked_a_person", delivery=delivery, payload={"reason": reason})
            announce(delivery)
