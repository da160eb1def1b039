"""Asking for take-downs: what answers a post goes down before it. A worker does it and proves it (``followups``)."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from publishing import following, scheduling
from publishing.models import Delivery, State


def ask(delivery: Delivery, *, reason: str, by: User | None) -> None:
    """Ask for the take-down of what is out, and of whatever answers it."""
    with transaction.atomic():
        scheduling.change(
            delivery,
            [State.DELIVERED],
            "delivery.withdraw_asked",
            by=by,
            withdraw_next_at=timezone.now(),
            withdraw_reason=reason[:250],
            state_reason="",  # from here on it says what stands against the take-down
            evidence_reason=reason,
        )
        ask_answers(delivery, reason=reason, by=by)


def ask_answers(delivery: Delivery, *, reason: str, by: User | None) -> None:
    """What is out of them is asked down, what is not sent yet never is; what is in doubt goes down when it is found."""
    scheduling.cancel_answers(delivery, reason=reason, by=by)
    for answer in following.answers_of(delivery):
        if answer.state == State.DELIVERED and answer.withdraw_next_at == answer.withdraw_at:  # nobody has asked yet
            ask(answer, reason=reason, by=by)
        elif answer.state in following.DOUBTFUL:
            Delivery.objects.filter(pk=answer.pk, state=answer.state).update(withdraw_at=timezone.now())
            ask_answers(answer, reason=reason, by=by)
