"""How a channel stands: a word and a shape, and what that means for the posts on it. The time is an argument."""

from datetime import datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from publishing.models import Channel, Delivery
from publishing.models.delivery import OPEN
from publishing.presenting import Badge, when

ASKING = timedelta(seconds=60)  # so long a page waits for a worker's answer before it says that none came


def with_next_due() -> "QuerySet[Channel]":
    """Every channel, with ``next_due``: when its next post is due. Served by ``delivery_open_channel_next``."""
    mine = Delivery.objects.filter(channel=OuterRef("pk"), state__in=OPEN, parent__isnull=True)
    return Channel.objects.annotate(next_due=Subquery(mine.order_by("next_at").values("due_at")[:1]))


def badge(channel: Channel) -> Badge:
    """What decides about the next post comes first."""
    if channel.retired_at is not None:
        return Badge("retired", "×", _("out of use"))
    if channel.paused_at is not None:
        return Badge("paused", "‖", _("paused"), "alarm" if channel.paused_by_fault else "notice")
    if channel.dry_run:
        return Badge("dry_run", "◌", _("dry run"))
    if channel.waits_for_consent:
        return Badge("unconnected", "○", _("not connected yet"), "notice")
    if channel.health == Channel.Health.FAULT:
        return Badge("fault", "!", _("needs attention"), "alarm")
    if channel.waits_for_decision:
        return Badge("undecided", "○", _("no risk decision yet"), "notice")
    if channel.health == Channel.Health.OK:
        return Badge("ready", "●", _("ready"), "good")
    return Badge("unverified", "○", _("not verified yet"), "notice")


def is_asking(channel: Channel, now: datetime) -> bool:
    """Whether a worker's answer is about to come."""
    return channel.asked_at is not None and now - channel.asked_at < ASKING


def problem(channel: Channel, now: datetime) -> str:
    """What is wrong, in one sentence; empty when nothing is."""
    if channel.paused_at is not None:
        return channel.paused_reason
    if channel.health == Channel.Health.FAULT:
        return channel.health_problem
    if channel.asked_at is not None and not is_asking(channel, now):
        return _("No worker has answered yet.")
    return channel.asked_problem


def consequences(channel: Channel, now: datetime) -> list[str]:
    """What happens to posts meanwhile, what the system does by itself, and what somebody can do."""
    if channel.retired_at is not None:
        return [_("Nothing can be planned on it. What was sent, and its evidence, stays.")]
    found = []
    if channel.paused_at is not None and channel.paused_by_fault:
        found.append(_("Nothing is lost: what comes due is held until somebody decides about it."))
        found.append(_("Once the access is right, the pause ends when the platform has said so. Nothing held is sent."))
    elif channel.paused_at is not None:
        found.append(_("What comes due is held. Resuming sends none of it: somebody decides about each post."))
    elif channel.dry_run:
        found.append(_("Nothing leaves the house: what would be sent is written down."))
    elif channel.waits_for_consent:
        found.append(_("Connect it: somebody logs in at the platform as the account, and allows it."))
    elif channel.health == Channel.Health.FAULT:
        found.append(_("Posts are still tried when they are due. What the platform refuses is held, not lost."))
    elif channel.health == Channel.Health.UNVERIFIED:
        found.append(_("Nobody knows yet whether it can send."))
    if channel.waits_for_decision:
        found.append(
            _("Nothing is sent on it before somebody has recorded that it may be used: what comes due is held.")
        )
    elif channel.lacks_decision and not channel.dry_run:
        found.append(_("It was in use before risk decisions were asked for, and goes on. Record the decision now."))
    if channel.not_before is not None and channel.not_before > now:
        sentence = _("The platform lets nothing more through until %(moment)s; what is due goes then by itself.")
        found.append(sentence % {"moment": when(channel.not_before, now)})
    return [sentence for sentence in (*found, access_warning(channel, now)) if sentence]


def access_warning(channel: Channel, now: datetime) -> str:
    """From a week ahead; empty before."""
    ends = channel.access_expires_at
    if ends is None or not channel.access_ends_soon(now):
        return ""
    if ends <= now:
        return _("The access has ended. Connect the channel again.")
    return _("The access ends %(moment)s. Connect the channel again before then.") % {"moment": when(ends, now)}
