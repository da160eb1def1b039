"""The only way in from above: plan, move, cancel. Each verb checks, changes, writes evidence, and signals after commit.

``stopping`` holds and releases, ``deciding`` takes the decisions of people, ``health`` tells how it goes.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from publishing import ahead, following, leftovers
from publishing.adapters.base import Problem
from publishing.beginning import announce
from publishing.evidence import record as record_evidence
from publishing.following import After
from publishing.message import Message
from publishing.models import Channel, Delivery, Release, State
from publishing.models.delivery import CANCELLABLE, FAR
from publishing.models.follow import Follow

__all__ = ["After", "NotPossible", "Refused", "cancel", "problems", "record_evidence", "reschedule", "schedule"]


class NotPossible(Exception):
    """The state of the delivery does not allow it. ``summary`` says so to the person who asked."""

    def __init__(self, summary: str) -> None:
        super().__init__(summary)
        self.summary = summary


class Refused(Exception):
    """The channel cannot carry this message whole. ``problems`` say what to change."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(str(problem.message) for problem in problems))
        self.problems = list(problems)


def name_of(user: User | None) -> str:
    """How evidence names whoever did it; the system is empty."""
    return user.get_username() if user is not None else ""


def problems(channel: Channel, message: Message, *, answers: bool = False) -> list[Problem]:
    """Everything that stops this message from being carried whole on this channel, as an answer or by itself."""
    adapter, account = channel.adapter, channel.account()
    return adapter.validate_answer(account, message) if answers else adapter.validate(account, message)


def schedule(
    *,
    key: UUID,
    channel: Channel,
    message: Message,
    due_at: datetime,
    latest_at: datetime | None = None,
    withdraw_at: datetime | None = None,
    revision: Any = None,
    labels: Iterable[str] = (),
    operational: bool = False,
    headline: str,
    by: User | None,
    after: After | None = None,
    edits: Delivery | None = None,
) -> Delivery:
    """Plan one message for one channel at ``due_at`` (UTC). The same key again returns the row that is there.

    ``after``: it goes once another delivery is out, and not before ``due_at``; without ``latest_at`` it has the
    channel's patience from then on. ``edits``: a delivery that is out, whose post is changed in place by this one.
    Raises Refused when the channel cannot carry it, NotPossible when the channel is retired or the two do not fit.
    """
    if channel.retired_at is not None:
        raise NotPossible(_("%(channel)s is no longer in use.") % {"channel": channel.name})
    can_answer = channel.limits.replies and after is not None and after.delivery.channel_id == channel.pk
    answers = after is not None and after.mode == Follow.ANSWERS
    if answers and not can_answer:
        raise NotPossible(_("%(channel)s cannot answer that.") % {"channel": channel.name})
    found = problems(channel, message, answers=answers)
    if found:
        raise Refused(found)
    with transaction.atomic():
        if after is not None:  # whoever settles it from now on wakes what waits
            Delivery.objects.filter(pk=after.delivery.pk).update(followed=True)
            after.delivery.followed = True
        delivery, created = Delivery.objects.get_or_create(
            key=key,
            defaults={
                "channel": channel,
                "revision": revision,
                "headline": headline[:250],
                "message_json": message.to_json(),
                "message_sha256": message.sha256(),
                "labels": f" {' '.join(labels)} ",
                "operational": operational,
                "due_at": due_at,
                "next_at": ahead.start(due_at, channel, message.to_json(), tied=bool(after or edits)),
                "latest_at": latest_at,
                "withdraw_at": withdraw_at,
                "created_by": by,
                **({} if after is None else _following(after)),
                "edits": edits,
            },
        )
        if created:
            before = {"follows": str(after.delivery.key), "mode": after.mode.value} if after is not None else None
            record_evidence("delivery.scheduled", actor=name_of(by), delivery=delivery, payload=before)
            announce(delivery)
    return delivery


def _following(after: After) -> dict[str, Any]:
    return {"follows": after.delivery, "follow_mode": after.mode, "follow_gap": int(after.gap.total_seconds())}


def change(delivery: Delivery, allowed: Iterable[State], kind: str, *, by: User | None, **changes: Any) -> None:
    """One conditional update with its evidence, or NotPossible when the row has moved on."""
    reason = changes.pop("evidence_reason", "")
    with transaction.atomic():
        done = Delivery.objects.filter(pk=delivery.pk, state__in=list(allowed)).update(**changes)
        delivery.refresh_from_db()
        if not done:
            raise NotPossible(
                _("It is %(state)s now, so this is no longer possible.") % {"state": delivery.get_state_display()}
            )
        record_evidence(kind, actor=name_of(by), delivery=delivery, payload={"reason": reason} if reason else None)
        announce(delivery)


def reschedule(
    delivery: Delivery,
    *,
    due_at: datetime,
    latest_at: datetime | None = None,
    withdraw_at: datetime | None = None,
    by: User | None,
) -> None:
    """Move a planned delivery, and what answers it. Held and missed ones are released by ``stopping.release``."""
    with transaction.atomic():
        change(
            delivery,
            [State.SCHEDULED],
            "delivery.moved",
            by=by,
            due_at=due_at,
            next_at=ahead.start_of(delivery, due_at),
            latest_at=latest_at,
            withdraw_at=withdraw_at,
        )
        if delivery.follow_mode == Follow.LEADS:
            Release.objects.look_again(delivery)
        for answer in following.answers_of(delivery).filter(state=State.SCHEDULED):
            reschedule(answer, due_at=due_at, withdraw_at=withdraw_at, by=by)


def cancel(delivery: Delivery, *, reason: str, by: User | None) -> None:
    """End it before anything was sent, and with it what would have answered it."""
    with transaction.atomic():
        change(
            delivery,
            CANCELLABLE,
            "delivery.cancelled",
            by=by,
            state=State.CANCELLED,
            next_at=FAR,
            claimed_by="",
            state_reason=reason[:500],
            evidence_reason=reason,
        )
        leftovers.give_up(delivery)
        cancel_answers(delivery, reason=reason, by=by)


def cancel_answers(delivery: Delivery, *, reason: str, by: User | None) -> None:
    """What would have answered it is not sent."""
    for answer in following.answers_of(delivery).filter(state__in=CANCELLABLE):
        cancel(answer, reason=reason, by=by)
