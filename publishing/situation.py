"""Where a delivery stands and what comes next, in one or two sentences."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from publishing import deciding, following, presenting
from publishing.models import Delivery, State
from publishing.models.delivery import FAR


def of(delivery: Delivery, now: datetime) -> str:
    """What was sent and what was not, and what the system does by itself."""
    channel = {"channel": delivery.channel.name}
    due, soon = presenting.when(delivery.due_at, now), presenting.when(min(delivery.next_at, FAR), now)
    before = following.before(delivery) if following.waits(delivery) else None
    match State(delivery.state):
        case State.SCHEDULED if before is not None and before.state != State.DELIVERED:
            name = str(before.channel) if _same_on_another(before, delivery) else following.named(before)
            values = {"before": name, "state": before.get_state_display()}
            if delivery.follow_gap:
                gap = presenting.span(timedelta(seconds=delivery.follow_gap))
                return _("It goes %(gap)s after %(before)s, which is: %(state)s.") % {**values, "gap": gap}
            return _("It goes after %(before)s, which is: %(state)s.") % values
        case State.SCHEDULED if delivery.next_at > delivery.due_at:
            return _("It was due %(due)s and waits until %(next)s.") % {"due": due, "next": soon}
        case State.SCHEDULED if delivery.prepared:
            sentence = _("It is ready on %(channel)s, unseen, and goes %(due)s.")
            return sentence % {**channel, "due": due}
        case State.SCHEDULED:
            return _("It goes to %(channel)s %(due)s.") % {**channel, "due": due}
        case State.QUEUED | State.SENDING if delivery.due_at > now:
            return _("It is being made ready on %(channel)s, unseen. It goes %(due)s.") % {**channel, "due": due}
        case State.QUEUED | State.SENDING:
            return _("It is being sent right now.")
        case State.PROCESSING if delivery.next_at >= FAR:
            return _("It waits until somebody has posted it by hand.")
        case State.PROCESSING if delivery.channel.limits.fan_out:
            return _("It is being sent to the recipients one by one.")
        case State.PROCESSING:
            sentence = _("%(channel)s has accepted it and is still working on it. It is looked at again %(next)s.")
            return sentence % {**channel, "next": soon}
        case State.AWAITING_RETRY:
            return _("Nothing was posted yet. It is tried again %(next)s.") % {"next": soon}
        case State.UNCERTAIN if delivery.next_at < FAR:
            sentence = _("It may be out or not. %(channel)s is asked again %(next)s; you need not wait for that.")
            return sentence % {**channel, "next": soon}
        case State.UNCERTAIN:
            return _("It may be out or not. It is never sent again without proof or your word.")
        case State.HELD:
            return _("Nothing was sent. It goes only when somebody releases it.")
        case State.MISSED:
            return _("Nothing was sent. It was due %(due)s and is never sent late by itself.") % {"due": due}
        case State.FAILED if deciding.surely_unposted(delivery):
            return _("Nothing was posted, and it is not tried again by itself.")
        case State.FAILED:
            return _("It may have been posted all the same. It is not tried again by itself.")
        case State.CANCELLED:
            return _("It was never sent and never will be.")
        case State.WITHDRAWN:
            return _("It was sent and has been taken down.")
    return _delivered(delivery, now)


def _delivered(delivery: Delivery, now: datetime) -> str:
    moment = presenting.when(delivery.sent_at or delivery.due_at, now)
    if delivery.channel.dry_run:
        return _("Dry run, %(moment)s: nothing left the house.") % {"moment": moment}
    if delivery.withdraw_next_at is None:
        return _("It was sent %(moment)s.") % {"moment": moment}
    if delivery.withdraw_next_at >= FAR:
        return _("It was sent %(moment)s and waits until somebody has taken it down by hand.") % {"moment": moment}
    down = presenting.when(delivery.withdraw_next_at, now)
    return _("It was sent %(moment)s and is taken down %(down)s.") % {"moment": moment, "down": down}


def _same_on_another(one: Delivery, other: Delivery) -> bool:
    """The same content on another channel: there the channel says enough."""
    return one.revision_id is not None and one.revision_id == other.revision_id and one.channel_id != other.channel_id
