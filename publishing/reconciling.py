"""Find out what became of deliveries whose worker or answer was lost. Never resend without proof.

* lease over in ``queued``: nothing was sent, back in line
* lease over in ``sending``: ``uncertain``
* ``uncertain`` and ``processing``: ask the platform (``find``), at ``next_at``
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import claiming, credentials, errors, evidence, fan_out, settling
from publishing.adapters.base import Absent, CannotTell, Processing, Receipt
from publishing.beginning import announce
from publishing.models import Attempt, Delivery, State
from publishing.models.delivery import FAR

log = logging.getLogger(__name__)
ABSENCE_TRUSTED_AFTER = timedelta(seconds=30)  # since the last attempt ended: it may still be on its way before
NEVER_LEFT = Absent(gettext_lazy("Nothing had been sent yet."))
LOOK_AGAIN = timedelta(seconds=15)
GIVE_UP_PROCESSING_AFTER = timedelta(hours=24)


def recover(channel_id: int, now: datetime, *, worker: str) -> None:
    """Everything on this channel that was left hanging and whose time to be looked at has come."""
    over = Delivery.objects.filter(channel_id=channel_id, next_at__lte=now)
    over.filter(state=State.QUEUED, tries=0).update(state=State.SCHEDULED, claimed_by="", next_at=now)
    over.filter(state=State.QUEUED).update(state=State.AWAITING_RETRY, claimed_by="", next_at=now)
    for delivery in over.filter(state=State.SENDING)[:100]:
        _lost_worker(delivery, now)
    for delivery in over.filter(state__in=[State.UNCERTAIN, State.PROCESSING]).select_related("channel")[:20]:
        if _take(delivery, worker, now):
            _look(delivery, now)


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


def _take(delivery: Delivery, worker: str, now: datetime) -> bool:
    """A lease for looking: only one worker asks at a time."""
    taken = Delivery.objects.filter(
        pk=delivery.pk, state=delivery.state, attempt_number=delivery.attempt_number, next_at=delivery.next_at
    ).update(next_at=now + claiming.lease(), claimed_by=worker, attempt_number=F("attempt_number") + 1)
    if taken:
        delivery.claimed_by, delivery.attempt_number = worker, delivery.attempt_number + 1
    return bool(taken)


def _look(delivery: Delivery, now: datetime) -> None:
    try:
        _conclude(delivery, _find(delivery), now)
    except (errors.TemporaryError, errors.RateLimited) as error:
        moment = error.until if isinstance(error, errors.RateLimited) else now + LOOK_AGAIN
        claiming.write(delivery, settling.AWAITED, next_at=moment)
    except (errors.NotAuthorised, errors.ChannelMisconfigured) as error:
        settling.pause(delivery.channel, str(error.summary), now)
        to_a_person(delivery, str(error.summary))
    except errors.DeliveryError as error:
        settling.failed(delivery, None, error)
    except Exception:
        log.exception("delivery %s: looking it up failed", delivery.key)
        to_a_person(delivery, _("Looking it up failed by a fault of ours."))


def _find(delivery: Delivery) -> Receipt | Processing | Absent | CannotTell:
    channel = delivery.channel
    if delivery.parent_id is None and channel.limits.fan_out:
        return fan_out.outcome(delivery)
    if _never_left(delivery):
        return NEVER_LEFT
    if channel.limits.find:
        credentials.reread(channel)
        account = credentials.fresh_account(channel)
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


def _keep_waiting(delivery: Delivery, finding: Processing, now: datetime) -> None:
    if delivery.first_begun_at and now - delivery.first_begun_at > GIVE_UP_PROCESSING_AFTER:
        to_a_person(delivery, _("The platform has not finished within a day."))
    else:
        claiming.write(delivery, settling.AWAITED, state=State.PROCESSING, next_at=finding.check_at)


def _absent(delivery: Delivery, now: datetime) -> None:
    last = delivery.attempts.order_by("-number").first()
    ended = (last.ended_at or last.begun_at) if last else now
    if now - ended < ABSENCE_TRUSTED_AFTER:
        claiming.write(delivery, settling.AWAITED, next_at=ended + ABSENCE_TRUSTED_AFTER)
    else:
        _again(delivery, now, "proved absent")


def _again(delivery: Delivery, now: datetime, proof: str) -> None:
    with transaction.atomic():
        if claiming.write(
            delivery, settling.AWAITED, state=State.AWAITING_RETRY, next_at=now, claimed_by="", tries=delivery.tries + 1
        ):
            evidence.record("delivery.reconciled", delivery=delivery, payload={"proof": proof})


def to_a_person(delivery: Delivery, reason: str, findings: list[dict[str, str]] | None = None) -> None:
    """No proof either way: leave it uncertain, with what lies on the channel, until somebody decides."""
    with transaction.atomic():
        if claiming.write(
            delivery,
            settling.AWAITED,
            state=State.UNCERTAIN,
            next_at=FAR,
            claimed_by="",
            state_reason=reason[:500],
            findings=findings or [],
        ):
            evidence.record("delivery.asked_a_person", delivery=delivery, payload={"reason": reason})
            announce(delivery)
