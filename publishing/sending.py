"""Send: claim -> begin -> the network -> settle. Readable on one screen.

``pump`` drains one channel for some seconds; ``send_due`` does the same for every channel, without a broker.
"""

import logging
import time
from collections import deque
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace

from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import (
    claiming,
    credentials,
    departing,
    editing,
    errors,
    fan_out,
    http,
    lanes,
    locks,
    preflight,
    preparing,
    reconciling,
    settling,
    tending,
)
from publishing.adapters import quotas
from publishing.adapters.base import Prepared, Processing, Receipt
from publishing.beginning import begin, begin_inside, depart
from publishing.models import Attempt, Channel, Delivery, Release
from publishing.models.delivery import FAR

log = logging.getLogger(__name__)
Answer = Receipt | Prepared | Processing
BATCH = 20
PAUSES = (0.2, 1.0, 3.0)  # seconds, before an answer is written down once more; well inside what is left of the lease


def pump(channel_id: int, *, seconds: float = 5.0) -> bool:
    """Send what is due on one channel, for about ``seconds``; True when there is more to do."""
    until = time.monotonic() + seconds
    worker = claiming.worker_name()
    reconciling.recover(channel_id, timezone.now())
    while time.monotonic() < until:
        batch = claiming.claim(channel_id, worker=worker, now=timezone.now(), limit=BATCH)
        if not batch:
            return False
        send_batch(batch, until=until)
    return bool(Delivery.objects.filter(channel_id=channel_id).due(timezone.now()).exists())


@dataclass(frozen=True)
class Proof:
    """A platform has it: in hand, and not written down yet."""

    attempt: Attempt
    receipt: Receipt
    reason: str

    def write(self) -> bool:
        """In the caller's transaction. By a copy: what is taken back leaves no trace here."""
        return settling.prove(copy(self.attempt.delivery), self.attempt, self.receipt, reason=self.reason)

    def settle(self) -> None:
        """In a transaction of its own."""
        settle(copy(self.attempt.delivery), self.attempt, (self.receipt, self.reason))


def send_batch(batch: list[Delivery], *, until: float) -> None:
    """One after the other; what time does not allow goes back unsent. One failure never stops the next."""
    left, proof = deque(batch), None
    while left and time.monotonic() <= until:
        proof = send(left.popleft(), after=proof)
    if proof is not None:
        _surely(proof.settle)
    for delivery in left:
        claiming.give_back(delivery)


def send(delivery: Delivery, *, after: Proof | None = None) -> Proof | None:
    """Begin, let the adapter talk, settle. A proof is handed on: it is written down where the next one begins."""
    try:
        attempt = advance(after, delivery)
    except DatabaseError:
        raise  # the lease brings the row back
    except Exception:
        log.exception("delivery %s: could not begin", delivery.key)
        settling.unfit(delivery)  # out of the way of the next one
        return None
    if attempt is None:
        return None
    outcome = outcome_of(attempt)
    match outcome:
        case Receipt() as receipt, reason:
            return Proof(attempt, receipt, reason)
    _surely(lambda: settle(copy(attempt.delivery), attempt, outcome))
    return None


def advance(proof: Proof | None, delivery: Delivery) -> Attempt | None:
    """Write down the proof of the one before, and begin this one: in one transaction, or else one by one.

    A proof waits neither for a stop nor for a next one that cannot begin.
    """
    if proof is not None and delivery.follows_id is not None:  # it may wait for this very proof
        _surely(proof.settle)
    elif proof is not None:
        try:
            with transaction.atomic():
                proof.write()
                if locks.share(wait=False):
                    return begin_inside(copy(delivery))
        except Exception:  # both were taken back
            log.exception("delivery %s: not begun together with a proof; each goes alone", delivery.key)
            _surely(proof.settle)
    return begin(delivery)


def outcome_of(attempt: Attempt) -> tuple[Answer, str] | Exception:
    """What the platform said, or what went wrong."""
    delivery = attempt.delivery
    try:
        with departing.noting(lambda: depart(delivery, attempt, timezone.now())):
            return carry(delivery)
    except (errors.DeliveryError, errors.ChannelMisconfigured) as error:
        return error
    except (InterfaceError, OperationalError) as error:
        return errors.OutcomeUnknown(_("The database did not answer."), type(error).__name__)
    except Exception as error:
        # Unknown is not temporary: it fails loudly, and the next one still goes.
        log.exception("delivery %s attempt %s: undeclared error", delivery.key, attempt.number)
        return error


def _surely(write: Callable[[], None]) -> None:
    """Write down an answer though the database be away for a moment: one that is lost makes a post uncertain."""
    for pause in PAUSES:
        try:
            return write()
        except (InterfaceError, OperationalError) as error:
            log.warning("an answer could not be written down: %s", type(error).__name__)
            time.sleep(pause)
            connection.close_if_unusable_or_obsolete()
    return write()


def settle(delivery: Delivery, attempt: Attempt, outcome: tuple[Answer, str] | Exception) -> None:
    """Proof, patience, or what follows from an error."""
    match outcome:
        case Exception():
            settling.failed(delivery, attempt, outcome)
        case Receipt() as answer, reason:
            settling.delivered(delivery, attempt, answer, reason=reason)
        case Prepared() as answer, _reason:
            preparing.prepared(delivery, attempt, answer)
        case Processing() as answer, reason:
            settling.processing(delivery, attempt, answer, reason=reason)


def carry(delivery: Delivery) -> tuple[Answer, str]:
    """One logical post, by the way this channel goes. What a kind can do decides, never its name."""
    channel, message, key = delivery.channel, delivery.message, delivery.delivery_key
    limits = channel.limits
    if channel.dry_run:
        requests = [
            {"method": item.method, "url": item.url, "headers": dict(item.headers), "body": item.body}
            for item in channel.adapter.translate(channel.account(), message, key)
        ]
        return Receipt(f"dry-run:{key.uuid}", details={"requests": requests}), _("Dry run: nothing left the house.")
    if limits.by_hand:
        return Processing(FAR), _("To be posted by hand.")
    if limits.fan_out and delivery.parent_id is None:
        return fan_out.expand(delivery), ""
    seconds = claiming.time_to_send(delivery)
    if seconds <= 0:
        raise errors.TemporaryError(_("The worker was too slow. Nothing was sent."))
    with http.within(seconds), lanes.timed(channel.pk), quotas.listening() as quota:
        if delivery.edits_id is not None:
            return editing.edit(delivery), ""
        answer = channel.adapter.send(credentials.fresh_account(channel), message, credentials.opened(key))
    if isinstance(answer, Prepared):
        return credentials.kept(answer), ""
    if isinstance(answer, Receipt) and key.is_early(timezone.now()):
        log.critical("delivery %s: out before its hour, by a fault of its kind", delivery.key)
    if quota and isinstance(answer, Receipt):
        answer = replace(answer, details={**answer.details, "quota": quota})
    return answer, ""


def send_due() -> int:
    """Look after every channel that has something due, one after the other, in this process; returns how many."""
    for release in Release.objects.to_check(timezone.now()).select_related("first__channel"):
        preflight.check(release)
    due, to_tend = _pump_all(), tending.channels(timezone.now())
    for channel_id in to_tend:
        tending.tend(channel_id)
    return len({*due, *to_tend, *_pump_all()})  # once more: what was proved absent goes again


def _pump_all() -> list[int]:
    due = claiming.due_channels(timezone.now())
    for channel_id in due:
        while Channel.objects.filter(pk=channel_id).exists() and pump(channel_id):
            pass
    return due
