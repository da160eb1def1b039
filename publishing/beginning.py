"""Begin: the last gate. One short transaction that opens an Attempt or says why not; then only the network runs."""

import logging
from datetime import datetime, timedelta

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import ahead, claiming, evidence, following, guards, locks, pacing, statements
from publishing.errors import Stopped, TemporaryError
from publishing.models import Attempt, Channel, Delivery, State, StopOrder
from publishing.models.delivery import FAR
from publishing.signals import delivery_settled

LONG = timedelta(seconds=5)  # of getting ready, in which somebody may have approved, removed or forbidden something
log = logging.getLogger(__name__)
ORDERS = statements.Lookup(build=lambda: StopOrder.objects.in_force().order_by("at"))
CHANNEL = statements.Lookup(-1, build=lambda pk: Channel.objects.filter(pk=pk).order_by().with_stops())


def announce(delivery: Delivery) -> None:
    """Wake what waits for it, and tell the layers above after commit. In a transaction.

    A receiver that raises is logged, and costs neither the others nor the queue.
    """
    if delivery.followed and delivery.state in following.NEWS:
        following.wake(delivery)
    transaction.on_commit(lambda: delivery_settled.send_robust(sender=Delivery, delivery=delivery))


def _scopes(delivery: Delivery) -> list[str]:
    """Every scope of a stop that covers this delivery. Operational deliveries are exempt."""
    return [] if delivery.operational else [StopOrder.ALL, f"channel:{delivery.channel_id}", *delivery.label_list()]


def stop_order_for(delivery: Delivery) -> StopOrder | None:
    """The stop order in force that covers this delivery, if any."""
    return _covering(ORDERS.all(), delivery)


def _covering(orders: list[StopOrder], delivery: Delivery) -> StopOrder | None:
    scopes = _scopes(delivery)
    return next((order for order in orders if order.scope in scopes), None)


def stopped_since(delivery: Delivery) -> StopOrder | None:
    """A stop that covers this delivery and was in force at some time after its last attempt began, lifted or not."""
    last = delivery.attempts.order_by("-number").values_list("begun_at", flat=True).first()
    return _stopped_after(delivery, last) if last else None


def _stopped_after(delivery: Delivery, moment: datetime) -> StopOrder | None:
    orders = StopOrder.objects.filter(scope__in=_scopes(delivery))
    return orders.filter(Q(lifted_at__isnull=True) | Q(lifted_at__gt=moment)).first()


def begin(delivery: Delivery) -> Attempt | None:
    """Open an attempt, or move the row where it belongs and return None.

    Nothing may begin while stopped, paused, too late, changed after approval, forbidden by a guard, or out of pace.
    """
    try:
        with transaction.atomic():
            locks.share()
            return begin_inside(delivery)
    except IntegrityError:
        return None  # somebody has opened this very attempt


def begin_inside(delivery: Delivery) -> Attempt | None:
    """``begin``, inside the caller's transaction, which holds the lock that a stop takes (``locks.share``)."""
    [channel] = CHANNEL.all(delivery.channel_id)
    order = _covering(ORDERS.all(), delivery) if channel.stopping else None
    now = timezone.now()  # after the lock: a stop, or another writer, may have kept us waiting
    delivery.channel = channel
    if not _may_begin(delivery, channel, order, now):
        return None
    in_pace = channel.minimum_gap and delivery.due_at <= now
    return _open_in_pace(delivery, channel, now) if in_pace else _open(delivery, now)


def _open_in_pace(delivery: Delivery, channel: Channel, now: datetime) -> Attempt | None:
    """With a minimum gap, only one may begin in it; no pace is spent when the lease is not ours any more."""
    with transaction.atomic():
        if _take_pace(channel, now):
            attempt = _open(delivery, now)
            transaction.set_rollback(attempt is None)
            return attempt
    claiming.give_back(delivery, next_at=pacing.earliest(channel, now))
    return None


def _open(delivery: Delivery, now: datetime) -> Attempt | None:
    """The attempt, or None when the lease is not ours any more."""
    fence = claiming.fenced(
        delivery,
        [State.QUEUED],
        state=State.SENDING,
        next_at=now + claiming.lease(),
        first_begun_at=delivery.first_begun_at or now,
        state_reason="",
    )
    attempt = Attempt(delivery=delivery, number=delivery.attempt_number, worker=delivery.claimed_by, begun_at=now)
    fact = evidence.build("attempt.begun", actor=delivery.claimed_by, delivery=delivery)
    opened = statements.run_behind(fence, statements.insert(attempt), statements.insert(fact))
    return statements.inserted(attempt, opened[0]) if opened else None


def depart(delivery: Delivery, attempt: Attempt, now: datetime) -> None:
    """Note that from here on something may appear. TemporaryError when the attempt is not ours any more.

    The fence and whoever thinks us lost write the same row: either our note comes first and is seen, or we do not go.
    So it is with a stop: getting ready may take most of a lease, and whoever presses it meanwhile waits for our note
    or keeps us back (Stopped).
    """
    try:
        with transaction.atomic():
            locks.share()
            against = _against(delivery, attempt, now)
            ours = not against and claiming.write(delivery, [State.SENDING], next_at=now + claiming.lease())
            if ours:
                Attempt.objects.filter(pk=attempt.pk).update(departed_at=now)
    except DatabaseError as error:
        raise TemporaryError(_("The database was busy."), type(error).__name__) from error
    if against:
        raise Stopped(against, "before the point of no return")
    if not ours:
        raise TemporaryError(_("It took too long to get ready: nothing was sent."), "the lease was over")


def _against(delivery: Delivery, attempt: Attempt, now: datetime) -> str:
    """What came between since it began, as a sentence: a stop, and where it took long whatever *begin* asks about."""
    order = _stopped_after(delivery, attempt.begun_at)
    if order is not None:
        return _("Stopped: %(reason)s") % {"reason": order.reason}
    if now - attempt.begun_at < LONG:
        return ""
    paused = Channel.objects.filter(pk=delivery.channel_id, paused_at__isnull=False)
    for reason in paused.values_list("paused_reason", flat=True):
        return reason or _("The channel is not in use.")
    objection = guards.check(delivery)
    return objection.reason if objection is not None else ""


def _may_begin(delivery: Delivery, channel: Channel, order: StopOrder | None, now: datetime) -> bool:
    if delivery.next_at <= now:  # lease over: somebody else may have it
        return False
    if delivery.due_at > now:
        return _may_prepare(delivery, channel, order, now)
    if order is not None:
        return _put_aside(delivery, State.HELD, _("Stopped: %(reason)s") % {"reason": order.reason}, "stop")
    turn = following.gate(delivery, now)
    latest = following.latest(delivery, turn) if isinstance(turn, following.Go) else delivery.latest_at
    if latest is not None and now > latest:
        return _put_aside(delivery, State.MISSED, _("Its latest moment had passed."), "late")
    if channel.retired_at is not None or channel.paused_at is not None:
        reason = channel.paused_reason or _("The channel is not in use.")
        return _put_aside(delivery, State.HELD, reason, "channel")
    if delivery.message.sha256() != delivery.message_sha256:
        log.critical("delivery %s: the message is not the approved one", delivery.key)
        return _put_aside(delivery, State.FAILED, _("The message was changed after approval."), "hash")
    if isinstance(turn, following.Not):
        return _put_aside(delivery, State.HELD, turn.reason, "follows")
    if isinstance(turn, following.Wait):
        claiming.give_back(delivery, next_at=turn.until, reason=turn.reason)
        return False
    objection = guards.check(delivery)
    if objection is not None:
        return _put_aside(delivery, State.HELD, objection.reason, objection.code or "guard")
    moment = pacing.earliest(channel, now)
    if moment > now:
        claiming.give_back(delivery, next_at=moment, reason=_("Waiting for the channel's pace."))
        return False
    return True


def _may_prepare(delivery: Delivery, channel: Channel, order: StopOrder | None, now: datetime) -> bool:
    """Ahead of its hour nothing is put aside, for whatever stands in the way may be gone by then: but for what follows
    one that never goes, which people are told at once."""
    turn = following.gate(delivery, now) if following.waits(delivery) else None
    if isinstance(turn, following.Not):
        return _put_aside(delivery, State.HELD, turn.reason, "follows")
    may = ahead.may_prepare(delivery, channel, order, now)
    if not may:
        claiming.give_back(delivery, next_at=delivery.due_at)
    return may


def _put_aside(delivery: Delivery, state: State, reason: str, code: str) -> bool:
    if claiming.write(delivery, [State.QUEUED], state=state, next_at=FAR, state_reason=reason[:500], claimed_by=""):
        evidence.record(f"delivery.{state}", delivery=delivery, payload={"reason": reason, "code": code})
        announce(delivery)
    return False


def _take_pace(channel: Channel, now: datetime) -> bool:
    """Settled by a conditional update, not by what was read."""
    free = Q(last_begun_at__isnull=True) | Q(last_begun_at__lte=now - timedelta(seconds=channel.minimum_gap))
    return bool(Channel.objects.filter(free, pk=channel.pk).update(last_begun_at=now))
