"""One message a recipient: a delivery to a list becomes one delivery for each, and waits for them.

Each part has its own attempts, receipt and result, so that a lost worker leaves at most one recipient uncertain.
"""

import uuid
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.adapters.base import Absent, Processing, Receipt
from publishing.errors import ContentRejected
from publishing.models import Delivery, State
from publishing.models.delivery import FINAL

CHECK_EVERY = timedelta(seconds=30)


def expand(parent: Delivery) -> Processing:
    """Create the missing parts (again is harmless) and wait."""
    recipients = _told_before(parent) or parent.channel.adapter.recipients(parent.channel.account())
    if not recipients:
        raise ContentRejected(_("The list of this channel is empty: nobody was written to."))
    with transaction.atomic():
        Delivery.objects.bulk_create((_part(parent, address) for address in _unique(recipients)), ignore_conflicts=True)
    return Processing(timezone.now() + CHECK_EVERY)


def _told_before(parent: Delivery) -> list[str]:
    """What follows a letter to the same list goes to those who got it, whoever is on the list by now."""
    before = parent.follows
    if before is None or before.channel_id != parent.channel_id:
        return []
    return list(before.parts.filter(state=State.DELIVERED).order_by("recipient").values_list("recipient", flat=True))


def _unique(addresses: Iterable[str]) -> list[str]:
    return list({address.strip().lower(): address.strip() for address in addresses}.values())


def _part(parent: Delivery, recipient: str) -> Delivery:
    return Delivery(
        key=uuid.uuid5(parent.key, recipient.lower()),
        channel=parent.channel,
        parent=parent,
        recipient=recipient,
        revision_id=parent.revision_id,
        headline=parent.headline,
        message_json=parent.message_json,
        message_sha256=parent.message_sha256,
        labels=parent.labels,
        operational=parent.operational,
        due_at=parent.due_at,
        latest_at=parent.latest_at,
        next_at=timezone.now(),
        created_by_id=parent.created_by_id,
    )


def outcome(parent: Delivery) -> Receipt | Processing | Absent:
    """A receipt when every part is settled and somebody got it; patience while any is open.

    Absent when the worker was lost before it had made any part; ContentRejected when nobody got it.
    """
    parts = list(parent.parts.values_list("state", flat=True))
    if not parts:
        return Absent(_("Nobody was written to yet."))
    if not all(state in FINAL for state in parts):
        return Processing(timezone.now() + CHECK_EVERY)
    sent = parts.count(State.DELIVERED)
    if not sent:
        raise ContentRejected(_("Nobody on the list was reached."))
    return Receipt(f"list:{parent.key}", details={"sent": sent, "of": len(parts)})


def summary(parent: Delivery, receipt: Receipt) -> str:
    """How many were reached, in words."""
    sent, of = receipt.details["sent"], receipt.details["of"]
    text = ngettext("Reached %(sent)s of %(of)s recipient.", "Reached %(sent)s of %(of)s recipients.", of)
    return text % {"sent": sent, "of": of}
