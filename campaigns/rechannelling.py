"""What speaks against another channel for something that is planned. Sentences for the person who chooses it."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from campaigns import contents
from campaigns.models import Placement
from publishing import deciding
from publishing.models import Channel, State

NEAR = timedelta(minutes=30)


def against(placement: Placement, channel: Channel, due_at: datetime, *, by: Any) -> list[str]:
    """Something of it may be out already, it goes there anyway, or the channel cannot carry it as it is."""
    found = _of_delivery(placement, by)
    if channel.retired_at is not None:
        found.append(_("%(channel)s is not used any more.") % {"channel": channel})
    if placement.page_id is None:
        return found
    there = Placement.objects.of_page(placement.page_id).filter(channel=channel).exclude(pk=placement.pk)
    if there.between(due_at - NEAR, due_at + NEAR).exists():
        found.append(_("It goes to %(channel)s already at nearly this time.") % {"channel": channel})
    return found + contents.obstacles(placement.page_id, channel, due_at)


def _of_delivery(placement: Placement, by: Any) -> list[str]:
    delivery = placement.delivery
    if delivery is None or delivery.state == State.CANCELLED:
        return []
    if placement.is_out or (delivery.state == State.FAILED and not deciding.surely_unposted(delivery)):
        return [_("Something of it may be out on %(channel)s, so it stays there.") % {"channel": placement.channel}]
    if delivery.state in (State.HELD, State.MISSED) and not by.has_perm("publishing.release_delivery"):
        raise PermissionDenied
    return []
