"""What only a person can decide: about uncertain deliveries, posts made by hand, failures, and take-downs."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import editing, followups, leftovers, scheduling, stopping, withdrawing
from publishing.models import Attempt, Delivery, Receipt, State
from publishing.models.delivery import CANCELLABLE, FAR
from publishing.scheduling import NotPossible, change, name_of

# Nothing was posted for certain: the platform refused, told to wait, or was never reached.
NOTHING_POSTED = frozenset({Attempt.Outcome.TEMPORARY, Attempt.Outcome.WAIT, Attempt.Outcome.REJECTED})


class Verdict(models.TextChoices):
    SENT = "sent", gettext_lazy("It is there: mark it as sent")
    SEND_AGAIN = "send_again", gettext_lazy("It is not there: send it again")
    DO_NOT_SEND = "do_not_send", gettext_lazy("Do not send it")


def decide(delivery: Delivery, verdict: str, *, by: User | None, permalink: str = "", reason: str = "") -> None:
    """Settle an uncertain delivery, or one that is posted by hand. The person's word is the proof, and is recorded."""
    if delivery.state != State.UNCERTAIN and not waits_for_a_hand(delivery):
        raise NotPossible(_("Nothing is to be decided about this delivery."))
    why = reason or str(Verdict(verdict).label)
    now = timezone.now()
    with transaction.atomic():
        match Verdict(verdict):
            case Verdict.SENT:
                changes = {"state": State.DELIVERED, "sent_at": now, "withdraw_next_at": delivery.withdraw_at}
                Receipt.objects.get_or_create(
                    delivery=delivery,
                    defaults={
                        "remote_id": f"{Receipt.BY_HAND}{delivery.key}",
                        "permalink": permalink,
                        "sent_at": now,
                        "details": {"confirmed_by": name_of(by)},
                        "read_back": Receipt.ReadBack.IMPOSSIBLE,
                    },
                )
            case Verdict.SEND_AGAIN:
                changes = {"state": State.AWAITING_RETRY, **_once_more(delivery, now), "tries": delivery.tries + 1}
            case Verdict.DO_NOT_SEND:
                changes = {"state": State.CANCELLED}
        changes = {"next_at": FAR, "state_reason": why[:500], **changes}
        change(delivery, [State(delivery.state)], f"decision.{verdict}", by=by, evidence_reason=why, **changes)
        if changes["state"] == State.CANCELLED:
            leftovers.give_up(delivery)
            scheduling.cancel_answers(delivery, reason=why, by=by)


def waits_for_a_hand(delivery: Delivery) -> bool:
    """It is due, and nobody has said yet that it was posted by hand."""
    return delivery.state == State.PROCESSING and delivery.channel.limits.by_hand


def _once_more(delivery: Delivery, now: datetime) -> dict[str, Any]:
    """Due now; a latest moment that has passed gives way to the person who wants it sent all the same."""
    latest_at = delivery.latest_at
    if latest_at is not None and latest_at <= now:
        latest_at = now + max(latest_at - delivery.due_at, timedelta(minutes=10))
    return {"next_at": now, "claimed_by": "", "latest_at": latest_at, "dismissed_at": None}


def surely_unposted(delivery: Delivery) -> bool:
    """Whether it is certain that its last attempt posted nothing: only then may it simply be tried again.

    An exception that nobody declared may have come after the platform had it.
    """
    last = delivery.attempts.order_by("-number").first()
    if last is None or last.outcome in NOTHING_POSTED:
        return True
    return delivery.channel.limits.departs and last.departed_at is None  # it never reached the point of no return


def try_again(delivery: Delivery, *, by: User | None) -> None:
    """Send a failed delivery that certainly posted nothing once more. For a list: to whom nothing was sent."""
    if delivery.parent_id is None and delivery.channel.limits.fan_out:
        raise NotPossible(_("Try again recipient by recipient."))
    if not surely_unposted(delivery):
        raise NotPossible(_("It may have been posted: look on the channel first."))
    with transaction.atomic():
        change(
            delivery,
            [State.FAILED],
            "decision.try_again",
            by=by,
            state=State.AWAITING_RETRY,
            state_reason="",
            state_detail="",
            tries=1,
            **_once_more(delivery, timezone.now()),
        )
        stopping.rejoin(delivery, by=by)
        if delivery.parent_id is not None:  # a list that had reached nobody waits for its parts again
            Delivery.objects.filter(pk=delivery.parent_id, state=State.FAILED).update(
                state=State.PROCESSING, next_at=timezone.now(), dismissed_at=None
            )


def doubt(delivery: Delivery, *, by: User | None) -> None:
    """A failed delivery may have been posted after all: the platform is asked, and then a person."""
    if surely_unposted(delivery):
        raise NotPossible(_("It is certain that nothing was posted."))
    change(
        delivery,
        [State.FAILED],
        "decision.doubted",
        by=by,
        state=State.UNCERTAIN,
        next_at=timezone.now(),
        dismissed_at=None,
    )


def dismiss(delivery: Delivery, *, by: User | None) -> None:
    """A failed delivery has been seen and is let be: it leaves the list of what needs somebody.

    For a list, the recipients that were not reached are let be.
    """
    now = timezone.now()
    with transaction.atomic():
        parts = list(delivery.parts.filter(state=State.FAILED, dismissed_at__isnull=True))
        for part in parts:
            change(part, [State.FAILED], "delivery.dismissed", by=by, dismissed_at=now)
        if delivery.state == State.FAILED or not parts:
            change(delivery, [State.FAILED], "delivery.dismissed", by=by, dismissed_at=now)
            leftovers.give_up(delivery)
            scheduling.cancel_answers(delivery, reason=_("What it answers is not sent any more."), by=by)


def accept_reading(delivery: Delivery, *, by: User | None) -> None:
    """It is not to be seen, or differs from what was sent, and a person lets that be."""
    if not Delivery.objects.not_as_sent().filter(pk=delivery.pk).exists():
        raise NotPossible(_("Nothing is to be decided about this delivery."))
    change(delivery, [State.DELIVERED], "decision.reading_accepted", by=by, dismissed_at=timezone.now())


def withdraw(delivery: Delivery, *, reason: str, by: User | None) -> None:
    """Ask for a take-down, of what answers it first; a worker does it and proves it.

    A post that was corrected in place is one post: what is still to change it never does.
    """
    post = editing.post_of(delivery)
    with transaction.atomic():
        for correction in post.edited_by.filter(state__in=CANCELLABLE):
            scheduling.cancel(correction, reason=reason, by=by)
        if post == delivery or not post.withdraw_reason:  # else somebody has asked already
            withdrawing.ask(post, reason=reason, by=by)


def withdrawn_by_hand(delivery: Delivery, *, by: User | None) -> None:
    """A person took it down where the system cannot."""
    if delivery.state != State.DELIVERED:
        raise NotPossible(_("Only what is out can be taken down."))
    followups.withdrawn(delivery, by_name=name_of(by))
