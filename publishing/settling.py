"""Settle: write down what became of an attempt, fenced, in one transaction; news goes up after commit."""

import logging
import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import claiming, errors, evidence, health, leftovers, metric_times, retry, statements
from publishing.adapters import base
from publishing.beginning import announce
from publishing.models import Attempt, Channel, Delivery, Receipt, State
from publishing.models.delivery import FAR

log = logging.getLogger(__name__)
READ_AFTER = timedelta(seconds=2)  # a post is read back once it has had time to show
LONGEST_WAIT = timedelta(days=1)  # whatever a platform says: then it is asked again
SHORTEST_WAIT = timedelta(seconds=1)
# A late answer still counts after the row was thought lost: the fence proves that it is the same attempt.
AWAITED = (State.SENDING, State.UNCERTAIN, State.PROCESSING)


def look_after() -> timedelta:
    """How long a lost answer is left alone: its request may still be on its way. A quarter of the lease."""
    return claiming.lease() / 4


def printable(value: Any) -> Any:
    """What another side said, as a database takes it: PostgreSQL stores no NUL."""
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd")
    if isinstance(value, Mapping):
        return {printable(key): printable(item) for key, item in value.items()}
    return [printable(item) for item in value] if isinstance(value, list | tuple) else value


def closing(
    delivery: Delivery, attempt: Attempt | None, outcome: str, now: datetime, **facts: Any
) -> list[statements.Statement]:
    """The end of an attempt, and the evidence of it."""
    fact = evidence.build(
        f"attempt.{outcome}",
        actor=attempt.worker if attempt is not None else delivery.claimed_by,
        delivery=delivery,
        payload={key: value for key, value in facts.items() if key != "detail"},
    )
    ended = {"outcome": outcome, "ended_at": now, **facts}
    closed = [statements.update(Attempt, ended, equal={"id": attempt.pk})] if attempt is not None else []
    return [*closed, statements.insert(fact)]


def delivered(delivery: Delivery, attempt: Attempt | None, receipt: base.Receipt, *, reason: str = "") -> bool:
    """Store the proof. False when this attempt had been overtaken: then only evidence is written."""
    try:
        with transaction.atomic():
            return prove(delivery, attempt, receipt, reason=reason)
    except IntegrityError:  # somebody has stored a receipt for it
        overtaken(delivery, attempt, _named(receipt))
        return False


def prove(delivery: Delivery, attempt: Attempt | None, receipt: base.Receipt, *, reason: str = "") -> bool:
    """``delivered``, in the caller's transaction; IntegrityError when there is a receipt already."""
    now = timezone.now()
    fence = claiming.fenced(
        delivery,
        AWAITED,
        state=State.DELIVERED,
        sent_at=now,
        next_at=FAR,
        state_reason=reason[:500],
        state_detail="",
        withdraw_next_at=delivery.withdraw_at,
    )
    proof = statements.insert(_proof(delivery, receipt, now))
    if not statements.run_behind(fence, proof, *closing(delivery, attempt, Attempt.Outcome.SENT, now)):
        overtaken(delivery, attempt, _named(receipt))
        return False
    if receipt.not_before is not None:
        Channel.objects.filter(pk=delivery.channel_id).update(not_before=receipt.not_before)
    _wake_parent(delivery, now)
    announce(delivery)
    return True


def _proof(delivery: Delivery, receipt: base.Receipt, now: datetime) -> Receipt:
    permalink = str(printable(receipt.permalink))
    readable = delivery.channel.adapter.limits.read and not delivery.channel.dry_run
    return Receipt(
        delivery=delivery,
        remote_id=str(printable(receipt.remote_id))[:500],
        permalink=permalink if len(permalink) <= 1000 else "",
        details=printable(dict(receipt.details)),
        sent_at=now,
        read_back=Receipt.ReadBack.PENDING if readable else Receipt.ReadBack.IMPOSSIBLE,
        read_next_at=now + READ_AFTER if readable else None,
        figures_next_at=now + metric_times.FIRST if _counted(delivery, receipt) else None,
    )


def _counted(delivery: Delivery, receipt: base.Receipt) -> bool:
    """Whether the platform can be asked how the post does: it tells figures, and we know what it calls the post."""
    named = not receipt.remote_id.startswith(Receipt.BY_HAND)
    return delivery.channel.adapter.limits.metrics and not delivery.channel.dry_run and named


def while_in_time(delivery: Delivery, moment: datetime, now: datetime) -> datetime:
    """What waits beyond its latest moment is found to be late then, not when the wait is over."""
    return moment if delivery.latest_at is None else min(moment, max(delivery.latest_at, now) + SHORTEST_WAIT)


def processing(delivery: Delivery, attempt: Attempt | None, answer: base.Processing, *, reason: str = "") -> bool:
    """Accepted, not shown yet: looked at again when the adapter said."""
    outcome = Attempt.Outcome.PROCESSING
    told = {"prepared": printable(dict(answer.details))} if answer.details else {}
    with transaction.atomic():
        fence = claiming.fenced(
            delivery,
            AWAITED,
            state=State.PROCESSING,
            next_at=answer.check_at,
            claimed_by="",  # nobody is at it while the platform is
            state_reason=reason[:500],
            **told,
        )
        done = bool(statements.run_behind(fence, *closing(delivery, attempt, outcome, timezone.now())))
        if done:
            announce(delivery)
        else:
            overtaken(delivery, attempt, {"outcome": outcome})
    return done


def failed(delivery: Delivery, attempt: Attempt | None, error: Exception) -> None:
    """Turn a declared error into the state that follows from it; anything undeclared is ``failed`` and an alarm."""
    now = timezone.now()
    facts = {
        "error_class": type(error).__name__,
        "summary": printable(str(getattr(error, "summary", "") or _("A fault of ours."))[:500]),
        "detail": printable(str(getattr(error, "detail", ""))[:10_000]),
    }
    with transaction.atomic():
        outcome, changes = _consequence(delivery, error, now)
        changes = {"state_reason": facts["summary"], "state_detail": facts["detail"], **changes}
        before = delivery.prepared
        if getattr(error, "afresh", False):
            changes["prepared"] = None
        fence = claiming.fenced(delivery, AWAITED, **changes)
        if not statements.run_behind(fence, *closing(delivery, attempt, outcome, now, **facts)):
            overtaken(delivery, attempt, {"error_class": facts["error_class"]})
            return
        if before and delivery.prepared is None:
            leftovers.leave(delivery, before)
        if isinstance(error, errors.DeliveryError) and error.left:
            leftovers.leave(delivery, error.left)
        _wake_parent(delivery, now)
        announce(delivery)


def _consequence(delivery: Delivery, error: Exception, now: datetime) -> tuple[str, dict[str, Any]]:
    outcome = Attempt.Outcome
    match error:
        case errors.Stopped():
            return outcome.WAIT, {"state": State.HELD, "next_at": FAR, "claimed_by": ""}
        case errors.RateLimited():
            moment = min(max(error.until, now + SHORTEST_WAIT), now + LONGEST_WAIT)
            Channel.objects.filter(pk=delivery.channel_id).update(not_before=moment)
            state = State.AWAITING_RETRY if delivery.tries else State.SCHEDULED
            moment = while_in_time(delivery, moment, now)
            return outcome.WAIT, {"state": state, "next_at": moment, "claimed_by": ""}
        case errors.TemporaryError():
            tries = delivery.tries + 1
            again_at = retry.next_try(tries, now, latest_at=delivery.latest_at, luck=random.random())  # noqa: S311
            if again_at is None:
                return outcome.TEMPORARY, {"tries": tries, "next_at": FAR, "claimed_by": "", **given_up(tries)}
            changes = {"state": State.AWAITING_RETRY, "tries": tries, "next_at": again_at, "claimed_by": ""}
            return outcome.TEMPORARY, changes
        case errors.OutcomeUnknown():
            return outcome.UNKNOWN, {"state": State.UNCERTAIN, "next_at": now + look_after(), "claimed_by": ""}
        case errors.NotAuthorised() | errors.ChannelMisconfigured():
            pause(delivery.channel, str(error.summary), now)
            return outcome.REJECTED, {"state": State.HELD, "next_at": FAR, "claimed_by": ""}
        case errors.DeliveryError():
            return outcome.REJECTED, {"state": State.FAILED, "next_at": FAR}
    return outcome.FAULT, {"state": State.FAILED, "next_at": FAR}


def given_up(tries: int) -> dict[str, Any]:
    """Where a row goes that is not tried again: failed after too many tries, missed when its time ran out."""
    return {"state": State.FAILED if tries >= retry.MAXIMUM_TRIES else State.MISSED}


def overtaken(delivery: Delivery, attempt: Attempt | None, facts: dict[str, Any]) -> None:
    """An answer came when somebody had settled the row already: it changes nothing, and is not forgotten."""
    log.warning("delivery %s attempt %s: overtaken", delivery.key, delivery.attempt_number)
    if attempt is not None:
        evidence.record("attempt.overtaken", actor=attempt.worker, delivery=delivery, payload=facts)


def _named(receipt: base.Receipt) -> dict[str, Any]:
    return {"remote_id": str(printable(receipt.remote_id))[:500]}


def unfit(delivery: Delivery) -> None:
    """A row that cannot even begin, by a fault of ours: failed, with an alarm in the log."""
    with transaction.atomic():
        if claiming.write(
            delivery, [State.QUEUED], state=State.FAILED, next_at=FAR, state_reason=_("A fault of ours.")
        ):
            evidence.record("delivery.failed", delivery=delivery, payload={"reason": "could not begin"})
            announce(delivery)


def pause(channel: Channel, reason: str, now: datetime) -> None:
    """Stop a channel that cannot work, loudly. Nothing is lost: what was due on it is held."""
    known = Channel.objects.filter(pk=channel.pk, health=Channel.Health.FAULT).exists()
    if Channel.objects.filter(pk=channel.pk, paused_at__isnull=True).update(
        paused_at=now,
        paused_reason=reason[:250],
        paused_by_fault=True,
        resume_when_verified=False,
        health=Channel.Health.FAULT,
        health_problem=reason[:250],
    ):
        evidence.record("channel.paused", subject=f"channel:{channel.pk}", payload={"reason": reason})
        sentence = _("Channel %(name)s is paused: %(reason)s") % {"name": channel.name, "reason": reason}
        if known:  # told already when it was verified
            log.error("%s", sentence)
        else:
            transaction.on_commit(lambda: health.alert(sentence))


def _wake_parent(delivery: Delivery, now: datetime) -> None:
    if delivery.parent_id is not None:
        Delivery.objects.filter(pk=delivery.parent_id, state=State.PROCESSING).update(next_at=now)
