"""What only a person can decide: about uncertain deliveries, posts made by hand, failures, and take-downs."""

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import followups
from publishing.models import Delivery, Receipt, State
from publishing.models.delivery import FAR
from publishing.scheduling import NotPossible, change, name_of


class Verdict(models.TextChoices):
    SENT = "sent", gettext_lazy("It is there: mark it as sent")
    SEND_AGAIN = "send_again", gettext_lazy("It is not there: send it again")
    DO_NOT_SEND = "do_not_send", gettext_lazy("Do not send it")


def decide(delivery: Delivery, verdict: str, *, by: User | None, permalink: str = "", reason: str = "") -> None:
    """Settle an uncertain delivery, or one that is posted by hand. The person's word is the proof, and is recorded."""
    waiting = delivery.state == State.UNCERTAIN or (
        delivery.state == State.PROCESSING and delivery.channel.limits.by_hand
    )
    if not waiting:
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
                        "remote_id": f"by-hand:{delivery.key}",
                        "permalink": permalink,
                        "sent_at": now,
                        "details": {"confirmed_by": name_of(by)},
                        "read_back": Receipt.ReadBack.IMPOSSIBLE,
                    },
                )
            case Verdict.SEND_AGAIN:
                changes = {"state": State.AWAITING_RETRY, "next_at": now, "claimed_by": "", "tries": delivery.tries + 1}
            case Verdict.DO_NOT_SEND:
                changes = {"state": State.CANCELLED}
        changes = {"next_at": FAR, "state_reason": why[:500], **changes}
        change(delivery, [State(delivery.state)], f"decision.{verdict}", by=by, evidence_reason=why, **changes)


def dismiss(delivery: Delivery, *, by: User | None) -> None:
    """A failed delivery has been seen and is let be: it leaves the list of what needs somebody."""
    change(delivery, [State.FAILED], "delivery.dismissed", by=by, dismissed_at=timezone.now())


def withdraw(delivery: Delivery, *, reason: str, by: User | None) -> None:
    """Ask for a take-down; a worker does it and proves it."""
    change(
        delivery,
        [State.DELIVERED],
        "delivery.withdraw_asked",
        by=by,
        withdraw_next_at=timezone.now(),
        withdraw_reason=reason[:250],
        evidence_reason=reason,
    )


def withdrawn_by_hand(delivery: Delivery, *, by: User | None) -> None:
    """A person took it down where the system cannot."""
    if delivery.state != State.DELIVERED:
        raise NotPossible(_("Only what is out can be taken down."))
    followups.withdrawn(delivery, by_name=name_of(by))
