"""STOP, hold and release. When ``hold_all`` has returned, no further send can begin within its scope."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import ahead, following, guards, locks
from publishing.beginning import stop_order_for
from publishing.evidence import record
from publishing.models import Delivery, Follow, Release, State, StopOrder
from publishing.models.delivery import CLAIMABLE, FAR, NOT_BEGUN, DeliveryQuerySet
from publishing.scheduling import NotPossible, change, name_of
from publishing.signals import delivery_retimed


def hold_all(*, scope: str = StopOrder.ALL, reason: str, by: User | None) -> StopOrder:
    """Stop everything, a channel (``channel:3``) or a label (``campaign:12``).

    Takes the lock that *begin* shares, so it waits for the begins under way (milliseconds) and keeps out all later
    ones. What comes due while it is in force is held, and stays held when it is lifted.
    """
    with transaction.atomic():
        locks.exclude()
        order = StopOrder.objects.create(scope=scope, reason=reason[:250], by=by, by_name=name_of(by))
        record(
            "stop.ordered", actor=name_of(by), subject=f"stop:{order.pk}", payload={"scope": scope, "reason": reason}
        )
    return order


def lift(order: StopOrder, *, by: User | None) -> None:
    """End a stop. Sends nothing: whatever it held waits for a person, and so does what came due meanwhile.

    What a worker has claimed but not begun came due meanwhile too: it is held as well, and the worker finds its lease
    gone. What is uncertain is held when its turn comes (``reconciling``).
    """
    now = timezone.now()
    with transaction.atomic():
        locks.exclude()
        if not StopOrder.objects.filter(pk=order.pk, lifted_at__isnull=True).update(lifted_at=now, lifted_by=by):
            raise NotPossible(_("This stop was lifted already."))
        order.refresh_from_db()
        reason = _("Came due while stopped: %(reason)s") % {"reason": order.reason}
        hold_due(Delivery.objects.within(order.scope), now, reason=reason)
        record("stop.lifted", actor=name_of(by), subject=f"stop:{order.pk}")


def hold_due(rows: DeliveryQuerySet, now: datetime, *, reason: str) -> None:
    """Put aside what is due or claimed already: when the obstacle is gone, none of it may go by itself.

    In a transaction: the rows are locked first, so that a claim under way is waited for and no later one takes them.
    """
    due = Q(state__in=CLAIMABLE, due_at__lte=now) | Q(state=State.QUEUED)
    for delivery in rows.filter(due).select_for_update(of=("self",), no_key=True):
        hold(delivery, reason=reason, by=None)


def hold(delivery: Delivery, *, reason: str, by: User | None) -> None:
    """Put one delivery aside until a person releases it. Possible until the moment it begins."""
    change(
        delivery,
        NOT_BEGUN,
        "delivery.held",
        by=by,
        state=State.HELD,
        next_at=FAR,
        claimed_by="",
        state_reason=reason[:500],
        evidence_reason=reason,
    )


def release(
    delivery: Delivery,
    *,
    by: User | None,
    due_at: datetime | None = None,
    latest_at: datetime | None = None,
) -> None:
    """Let a held or missed delivery go: now, or at a new time. A latest moment that has passed is replaced."""
    moment = due_at or timezone.now()
    if latest_at is None and delivery.latest_at is not None:
        latest_at = moment + max(delivery.latest_at - delivery.due_at, timedelta(minutes=10))
    with transaction.atomic():
        change(
            delivery,
            [State.HELD, State.MISSED],
            "delivery.released",
            by=by,
            state=State.AWAITING_RETRY if delivery.tries else State.SCHEDULED,
            due_at=moment,
            next_at=ahead.start_of(delivery, moment),
            latest_at=latest_at,
            state_reason="",
            claimed_by="",
        )
        delivery_retimed.send(sender=Delivery, delivery=delivery)
        if delivery.follow_mode == Follow.LEADS:
            Release.objects.look_again(delivery)
        rejoin(delivery, by=by)


def rejoin(delivery: Delivery, *, by: User | None) -> None:
    """What answers it and was put aside waits for it again: the two are decided together."""
    for answer in following.answers_of(delivery).filter(state__in=[State.HELD, State.MISSED]):
        release(answer, by=by, due_at=delivery.due_at)


def aside_of(delivery: Delivery) -> list[Delivery]:
    """What of it was put aside: itself, or for a list the recipients that were."""
    if delivery.state in (State.HELD, State.MISSED):
        return [delivery]
    return list(delivery.parts.put_aside().select_related("channel"))


def obstacle(delivery: Delivery) -> str:
    """What would hold it again if it were released now, as a sentence; empty when nothing would."""
    order = stop_order_for(delivery)
    if order is not None:
        return _("It is stopped (%(reason)s). Lift the stop first.") % {"reason": order.reason}
    channel = delivery.channel
    if channel.retired_at is not None or channel.paused_at is not None:
        return channel.paused_reason or _("The channel is not in use.")
    if following.waits(delivery):
        turn = following.standing(delivery, following.before(delivery), timezone.now())
        if isinstance(turn, following.Not):
            return turn.reason
    objection = guards.check(delivery)
    return objection.reason if objection is not None else ""
