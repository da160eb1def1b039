"""The decision that the house may be on a channel: who took it, on which day, and why. None, and nothing is sent.

It is taken by people outside of this system (a network is a place where citizens are measured, and where a police
force answers for what it says); here it is recorded, as evidence, before the first post. What stays in the house needs
none: its own website, and what is only written down. A channel that had sent before decisions were asked for goes on,
and is told of until its decision is recorded.
"""

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from publishing.channels import write_down
from publishing.guards import Hold
from publishing.models import Channel, Delivery


def guard(delivery: Delivery) -> Hold | None:
    """Holds what is to be sent on a channel that nobody has decided about."""
    if not delivery.channel.waits_for_decision:
        return None
    sentence = _("Nobody has recorded yet that %(channel)s may be used. Nothing is sent on it before that.")
    return Hold(sentence % {"channel": delivery.channel.name}, "risk")


@transaction.atomic
def decide(channel: Channel, *, decided_by: str, decided_on: date, why: str, by: User | None) -> None:
    """Record it. Another decision takes the place of the one before, which stays in the evidence."""
    channel.risk_decided_by, channel.risk_decided_on, channel.risk_decision = decided_by, decided_on, why
    channel.save(update_fields=["risk_decided_by", "risk_decided_on", "risk_decision"])
    told = {"decided_by": decided_by, "decided_on": decided_on.isoformat(), "why": why}
    write_down(channel, "risk_decided", by, **told)
