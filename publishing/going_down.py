"""How a take-down goes, channel by channel: what is gone for certain, what is tried again, what a person must do."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from publishing import presenting
from publishing.models import Delivery, EvidenceRecord, State
from publishing.models.delivery import CANCELLABLE, FAR, IN_FLIGHT
from publishing.presenting import Badge

SOON = timedelta(minutes=2)


@dataclass(frozen=True)
class Progress:
    """One channel. ``instruction`` is what a person does who has it to do; ``moving``: the system is at it."""

    delivery: Delivery
    badge: Badge
    sentence: str
    instruction: str = ""
    moving: bool = False
    can_try_again: bool = False

    @property
    def permalink(self) -> str:
        receipt = getattr(self.delivery, "receipt", None)
        return receipt.permalink if receipt is not None else ""


def progress(delivery: Delivery, now: datetime) -> Progress:
    """Where the take-down of one delivery stands."""
    channel = {"channel": delivery.channel.name}
    own = presenting.badge_of(delivery)
    if delivery.state == State.WITHDRAWN:
        sure = delivery.channel.limits.withdraw and not _by_hand(delivery) and not _ticked_off(delivery)
        said = _("It is gone: that was made sure of.") if sure else _("Somebody has taken it down.")
        return Progress(delivery, own, _("It was a dry run: nothing was out.") if delivery.channel.dry_run else said)
    if delivery.state == State.CANCELLED:
        return Progress(delivery, own, _("It never went out."))
    if delivery.state == State.UNCERTAIN:
        return Progress(delivery, own, _("It is uncertain whether it is out: decide that first."))
    if delivery.state in IN_FLIGHT and not delivery.channel.limits.by_hand:
        sentence = _("It is on its way to %(channel)s, and is taken down as soon as it is known to be there.")
        return Progress(delivery, own, sentence % channel, moving=True)
    if delivery.state in CANCELLABLE:
        return Progress(delivery, own, _("It is planned, and has not been cancelled."))
    if delivery.state != State.DELIVERED:
        return Progress(delivery, own, _("There is nothing to take down."))
    return _of_what_is_out(delivery, own, now)


def _of_what_is_out(delivery: Delivery, own: Badge, now: datetime) -> Progress:
    moment, channel = delivery.withdraw_next_at, {"channel": delivery.channel.name}
    if moment is not None and moment >= FAR:
        badge = presenting.badge("to_take_down", _("for a person"))
        again = delivery.channel.limits.withdraw and not _by_hand(delivery)
        return Progress(delivery, badge, delivery.state_reason, instruction(delivery), can_try_again=again)
    if moment is not None and (delivery.withdraw_reason or moment <= now + SOON):
        badge = presenting.badge(State.AWAITING_RETRY, _("being taken down"))
        if not delivery.state_reason:
            return Progress(delivery, badge, _("%(channel)s is being asked.") % channel, moving=True)
        words = {"problem": delivery.state_reason, "when": presenting.when(moment, now)}
        return Progress(delivery, badge, _("%(problem)s Tried again %(when)s.") % words, moving=True)
    return Progress(
        delivery, own, _("It is out on %(channel)s, and nobody has asked for it to be taken down.") % channel
    )


def _by_hand(delivery: Delivery) -> bool:
    receipt = getattr(delivery, "receipt", None)
    return receipt is not None and receipt.by_hand


def _ticked_off(delivery: Delivery) -> bool:
    """A person said that it is gone: nobody asked the platform."""
    gone = EvidenceRecord.objects.filter(delivery_key=delivery.key, kind="delivery.withdrawn")
    return gone.exclude(actor="").exists()


def instruction(delivery: Delivery) -> str:
    """Exactly what somebody does whom the system cannot spare it."""
    channel = delivery.channel
    words = {"channel": channel.name, "account": channel.account_name or channel.name, "kind": channel.adapter.label}
    if channel.limits.fan_out:
        return _(
            "A mail cannot be called back. Write to the same recipients what was wrong (“Correct …” on the content"
            " drafts it), and tick it off when that is sent."
        )
    sentence = _(
        "Log in to %(kind)s as %(account)s, open the post, delete it there, look in a private window that it is"
        " gone, and tick it off."
    )
    if channel.limits.withdraw and not _by_hand(delivery):
        again = _("Or connect the channel again, and let the system try once more.")
        return f"{sentence % words} {again}"
    return sentence % words
