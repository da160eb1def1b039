"""After sending: read each post back once, and take down what is to be taken down, with proof that it is gone."""

import logging
import math
import time
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import claiming, credentials, errors, evidence, following, http, settling, withdrawing
from publishing.beginning import announce
from publishing.models import Delivery, Receipt, State
from publishing.models.delivery import FAR

log = logging.getLogger(__name__)
READ_WITHIN = timedelta(hours=1)
READ_AGAIN = timedelta(seconds=30)
WITHDRAW_AGAIN = timedelta(seconds=30)
ANSWERS_AGAIN = timedelta(seconds=1)


def read_back(now: datetime, *, channel_id: int | None = None, until: float = math.inf, limit: int = 20) -> None:
    """Fetch posts that were sent a moment ago and note whether text and alt text are there; on one channel, or all.

    Begins none after ``until`` (monotonic).
    """
    pending = Receipt.objects.filter(read_next_at__lte=now, delivery__state=State.DELIVERED)
    if channel_id is not None:
        pending = pending.filter(delivery__channel_id=channel_id)
    for receipt in pending.order_by("read_next_at").select_related("delivery__channel")[:limit]:
        if time.monotonic() > until:
            return
        # Out of the way first: what breaks the reader does not come round every second.
        Receipt.objects.filter(pk=receipt.pk).update(read_next_at=now + READ_AGAIN)
        try:
            _read(receipt, now)
        except DatabaseError:
            raise
        except Exception:
            log.exception("delivery %s: reading it back failed", receipt.delivery.key)
            _write_reading(receipt, now, Receipt.ReadBack.IMPOSSIBLE, [_("Reading it back failed by a fault of ours.")])


def _read(receipt: Receipt, now: datetime) -> None:
    channel = receipt.delivery.channel
    try:
        credentials.reread(channel)
        with http.within(claiming.lease().total_seconds() * claiming.SHARE):
            account = credentials.fresh_account(channel)
            found = channel.adapter.read(account, receipt.delivery.message, receipt.value())
    except (errors.TemporaryError, errors.RateLimited):
        if now - receipt.sent_at < READ_WITHIN:
            return  # it stays pending and is read again
        result, problems = Receipt.ReadBack.IMPOSSIBLE, [_("The platform did not answer within the hour.")]
    except (errors.DeliveryError, errors.ChannelMisconfigured) as error:
        result, problems = Receipt.ReadBack.IMPOSSIBLE, [str(error.summary)]
    else:
        problems = [str(problem) for problem in found.problems]
        good = Receipt.ReadBack.DIFFERENT if problems else Receipt.ReadBack.GOOD
        result = good if found.present else Receipt.ReadBack.ABSENT
    _write_reading(receipt, now, result, problems)


def _write_reading(receipt: Receipt, now: datetime, result: str, problems: list[str]) -> None:
    with transaction.atomic():
        changed = Receipt.objects.filter(pk=receipt.pk, read_back=Receipt.ReadBack.PENDING).update(
            read_back=result, read_back_at=now, read_back_problems=problems, read_next_at=None
        )
        if changed:
            evidence.record(f"receipt.read_{result}", delivery=receipt.delivery, payload={"problems": problems})
            announce(receipt.delivery)


def withdrawable(delivery: Delivery) -> bool:
    """Whether the system itself can take this one down: the platform can, and it is known what the post is called."""
    limits = delivery.channel.limits
    return limits.withdraw and not limits.fan_out and not delivery.receipt.by_hand


def take_down(now: datetime, *, channel_id: int | None = None, until: float = math.inf, limit: int = 20) -> None:
    """Withdraw what is due to be withdrawn, on one channel or all; one worker at a time, again is harmless.

    Begins none after ``until`` (monotonic).
    """
    due = Delivery.objects.filter(withdraw_next_at__lte=now, state=State.DELIVERED)
    if channel_id is not None:
        due = due.filter(channel_id=channel_id)
    for delivery in due.order_by("withdraw_next_at").select_related("channel")[:limit]:
        if time.monotonic() > until:
            return
        if delivery.followed and _answers_first(delivery, now):
            continue
        taken = Delivery.objects.filter(pk=delivery.pk, withdraw_next_at=delivery.withdraw_next_at).update(
            withdraw_next_at=max(now, timezone.now()) + claiming.lease()
        )
        if taken:
            with http.within(claiming.lease().total_seconds() * claiming.SHARE):
                _withdraw(delivery)


def _answers_first(delivery: Delivery, now: datetime) -> bool:
    """Ask down what answers it; True while one of them is on its way up or down."""
    with transaction.atomic():
        withdrawing.ask_answers(delivery, reason=delivery.withdraw_reason, by=None)
    if not following.still_up(delivery):
        return False
    Delivery.objects.filter(pk=delivery.pk, withdraw_next_at=delivery.withdraw_next_at).update(
        withdraw_next_at=now + ANSWERS_AGAIN
    )
    return True


def _withdraw(delivery: Delivery) -> None:
    channel = delivery.channel
    try:
        if not channel.dry_run:
            if not withdrawable(delivery):
                raise errors.Unsupported(_("This channel cannot take a post down: somebody must do it by hand."))
            credentials.reread(channel)
            channel.adapter.withdraw(credentials.fresh_account(channel), delivery.receipt.value())
    except (errors.TemporaryError, errors.OutcomeUnknown, errors.RateLimited) as error:
        moment = error.until if isinstance(error, errors.RateLimited) else timezone.now() + WITHDRAW_AGAIN
        _note(delivery, str(error.summary), moment)
    except (errors.DeliveryError, errors.ChannelMisconfigured) as error:
        if isinstance(error, errors.NotAuthorised | errors.ChannelMisconfigured):
            settling.pause(channel, str(error.summary), timezone.now())
        _note(delivery, str(error.summary), FAR)  # waits for a person, and says so
    except Exception:
        log.exception("delivery %s: take-down failed", delivery.key)
        _note(delivery, _("Taking it down failed by a fault of ours."), FAR)
    else:
        withdrawn(delivery, by_name="")


def withdrawn(delivery: Delivery, *, by_name: str) -> None:
    """Write down that it is gone."""
    now = timezone.now()
    with transaction.atomic():
        changed = Delivery.objects.filter(pk=delivery.pk, state=State.DELIVERED).update(
            state=State.WITHDRAWN, withdraw_next_at=None, state_reason=delivery.withdraw_reason
        )
        if changed:
            Receipt.objects.filter(delivery=delivery).update(withdrawn_at=now, figures_next_at=None)
            delivery.state = State.WITHDRAWN
            evidence.record("delivery.withdrawn", delivery=delivery, actor=by_name)
            announce(delivery)
            _with_its_corrections(delivery, by_name=by_name)


def _with_its_corrections(delivery: Delivery, *, by_name: str) -> None:
    """One post has one end: what posted it, and what changed it in place, are gone together."""
    first = delivery.edits_id or delivery.pk
    others = Delivery.objects.filter(Q(pk=first) | Q(edits=first), state=State.DELIVERED)
    for other in others.exclude(pk=delivery.pk):
        other.withdraw_reason = other.withdraw_reason or delivery.withdraw_reason
        withdrawn(other, by_name=by_name)


def _note(delivery: Delivery, reason: str, moment: datetime) -> None:
    Delivery.objects.filter(pk=delivery.pk, state=State.DELIVERED).update(
        withdraw_next_at=moment, state_reason=reason[:500]
    )
    evidence.record("delivery.withdraw_failed", delivery=delivery, payload={"reason": reason})
    announce(delivery)
