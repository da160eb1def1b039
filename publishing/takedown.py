"""Take-downs as a person asks for them: of one delivery, or everywhere. What will happen is said before it happens."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing import deciding, editing, following, followups, scheduling
from publishing.models import Delivery, State
from publishing.models.delivery import CANCELLABLE
from publishing.scheduling import NotPossible


@dataclass(frozen=True)
class Outlook:
    """What a take-down does with one delivery; not ``possible`` when there is nothing to do, or not now."""

    delivery: Delivery
    sentence: str
    possible: bool = True


def outlook(delivery: Delivery, now: datetime) -> Outlook:
    """In words, for whoever is about to ask for it."""
    found = _alone(delivery, now)
    answers = [row for row in following.below(delivery) if row.state not in following.GONE] if found.possible else []
    if not answers:
        return found
    sentence = ngettext(
        "So does %(count)s post that answers it, and before it.",
        "So do %(count)s posts that answer it, and before it.",
        len(answers),
    )
    return replace(found, sentence=f"{found.sentence} {sentence % {'count': len(answers)}}")


def _alone(delivery: Delivery, now: datetime) -> Outlook:
    channel = {"channel": delivery.channel.name}
    if delivery.state in CANCELLABLE:
        return Outlook(delivery, _("It has not been sent and is cancelled: it never goes out."))
    if deciding.waits_for_a_hand(delivery):
        return Outlook(
            delivery,
            _("Nobody posts it by hand any more. Has somebody done so already? Mark it as sent first."),
        )
    if delivery.state == State.UNCERTAIN:
        return Outlook(delivery, _("It is uncertain whether it is out. Decide that first."), False)
    if delivery.state != State.DELIVERED:
        state = {"state": delivery.get_state_display()}
        return Outlook(delivery, _("It is %(state)s: there is nothing to take down now.") % state, False)
    if delivery.withdraw_next_at is not None and delivery.withdraw_next_at <= now:
        return Outlook(delivery, _("It is being taken down already."), False)
    if delivery.channel.dry_run:
        return Outlook(delivery, _("It was a dry run: nothing is out, and it is marked as taken down."))
    if delivery.channel.limits.fan_out:
        return Outlook(
            delivery,
            _("What was sent cannot be called back. It waits in the list until somebody has written a correction."),
        )
    if followups.withdrawable(delivery):
        sentence = _(
            "The system deletes it on %(channel)s at once, makes sure that it is gone, and keeps the evidence."
        )
        return Outlook(delivery, sentence % channel)
    return Outlook(
        delivery,
        _("%(channel)s must be done by hand: it waits in the list until somebody has deleted it there.") % channel,
    )


Order = Callable[[Delivery, str, User | None], bool]
_orders: list[Order] = []


def register(order: Order) -> None:
    """Whoever knows the content gives the order for all of it, and sees to it until it is gone; False: not theirs."""
    _orders.append(order)


def outlooks(delivery: Delivery, now: datetime) -> list[Outlook]:
    """This delivery first, then every other of the same content; what was corrected in place counts once."""
    rows = Delivery.objects.of_same_content(delivery).select_related("channel", "receipt", "edits").order_by("due_at")
    found = [outlook(row, now) for row in editing.posts(rows)]
    return sorted(found, key=lambda item: (item.delivery.pk != delivery.pk, not item.possible))


def take_down_everywhere(delivery: Delivery, *, reason: str, by: User | None, now: datetime) -> list[NotPossible]:
    """All of its content, on every channel: also what is on its way out just now, once it is known to be there."""
    if any(order(delivery, reason, by) for order in _orders):
        return []
    chosen = [item.delivery for item in outlooks(delivery, now) if item.possible]
    return take_down(chosen, reason=reason, by=by)


def take_down(chosen: Iterable[Delivery], *, reason: str, by: User | None) -> list[NotPossible]:
    """Withdraw what is out, cancel what is not sent yet. Returns why, for each that had moved on meanwhile."""
    refused = []
    for delivery in chosen:
        delivery.refresh_from_db(fields=["state", "withdraw_next_at"])  # what answers another went with it
        if delivery.state == State.CANCELLED:
            continue
        try:
            if delivery.state in CANCELLABLE:
                scheduling.cancel(delivery, reason=reason, by=by)
            elif deciding.waits_for_a_hand(delivery):
                deciding.decide(delivery, deciding.Verdict.DO_NOT_SEND, by=by, reason=reason)
            else:
                deciding.withdraw(delivery, reason=reason, by=by)
        except NotPossible as error:
            refused.append(NotPossible(f"{delivery.channel}: {error.summary}"))
    return refused
