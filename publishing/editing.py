"""Correct a post in place: a delivery of its own, by the same road, that changes what an earlier one posted.

Changing it twice to the same words is harmless, so a lost answer is looked up by reading what is there.
"""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing import credentials, errors
from publishing.adapters.base import Absent, Account, Prepared, Problem, Receipt
from publishing.message import Message
from publishing.models import Delivery, State

OUT = (State.DELIVERED, State.WITHDRAWN)


def possible(delivery: Delivery) -> bool:
    """Whether the post of this delivery can be changed where it stands."""
    out = delivery.state == State.DELIVERED and not delivery.withdraw_reason
    return out and delivery.channel.limits.edit and not delivery.receipt.by_hand


def differs(old: Delivery, message: Message) -> bool:
    """Whether the public would see a difference: what the platform would be sent is compared. Pure."""
    adapter, account, key = old.channel.adapter, old.channel.account(), old.delivery_key
    return adapter.translate(account, old.message, key) != adapter.translate(account, message, key)


def problems(delivery: Delivery, message: Message) -> list[Problem]:
    """What stops the post of this delivery, which is out, from saying this instead. Pure."""
    channel = delivery.channel
    return channel.adapter.validate_edit(channel.account(), message, delivery.receipt.value())


def edit(delivery: Delivery) -> Receipt | Prepared:
    """Change the post, or make its new video ready.

    ContentRejected when it is gone, or on its way down: a correction brings nothing back.
    """
    channel, first = delivery.channel, _edited(delivery)
    account = credentials.fresh_account(channel)
    return channel.adapter.edit(account, delivery.message, first.receipt.value(), delivery.delivery_key)


def find(delivery: Delivery, account: Account) -> Receipt | Absent:
    """Does the post say what it shall say by now?"""
    receipt = _edited(delivery).receipt.value()
    found = delivery.channel.adapter.read(account, delivery.message, receipt)
    if not found.present:
        raise errors.ContentRejected(_("It is no longer there, so it cannot be corrected."), receipt.remote_id)
    return Absent(_("It still says what it said before.")) if found.problems else receipt


def post_of(delivery: Delivery) -> Delivery:
    """The delivery that posted what this one is about: itself, or the one that it corrects."""
    return delivery.edits or delivery


def posts(rows: Iterable[Delivery]) -> list[Delivery]:
    """Each post once: what changed one in place is part of it, unless it has still to come. Of a page of ours that was
    put on air again and again, the latest."""
    rows = list(rows)
    shown = {row.channel_id: row.pk for row in sorted(rows, key=lambda row: row.pk) if row.state in OUT}
    return [row for row in rows if not _is_part(row, shown[row.channel_id] if row.state in OUT else row.pk)]


def _is_part(row: Delivery, latest: int) -> bool:
    """Whether another row stands for what this one has done."""
    page = row.channel.limits.publishes_page
    return row.state in OUT and (row.edits_id is not None or (page and row.pk != latest))


def _edited(delivery: Delivery) -> Delivery:
    first = delivery.edits
    going = first is not None and first.withdraw_next_at is not None and first.withdraw_next_at <= timezone.now()
    if first is None or first.state != State.DELIVERED or first.withdraw_reason or going:
        raise errors.ContentRejected(_("It is no longer there, so it cannot be corrected."))
    return first
