"""How every channel in use is, side by side: what stands first needs somebody most."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from publishing import next_steps, standing
from publishing.models import Channel, Delivery, Receipt
from publishing.models.delivery import CLAIMABLE, OPEN
from publishing.next_steps import Step
from publishing.presenting import Badge, when

REMEMBERED = timedelta(days=1)  # no quota of any platform is longer


@dataclass(frozen=True)
class Condition:
    """One channel: how it stands, how much is due, what is left of its quota, and what to do."""

    channel: Channel
    badge: Badge
    problem: str
    due: int
    planned: int
    next_due: datetime | None
    quota: str
    step: Step
    asking: bool


def all_of(now: datetime) -> list[Condition]:
    """Every channel in use, in two queries."""
    rows = (
        Delivery.objects.filter(state__in=OPEN)
        .order_by()
        .values("channel_id")
        .annotate(
            due=Count("pk", filter=Q(state__in=CLAIMABLE, due_at__lte=now)),
            planned=Count("pk", filter=Q(state__in=CLAIMABLE, due_at__gt=now)),
            next_due=Min("due_at", filter=Q(state__in=CLAIMABLE, due_at__gt=now)),
        )
    )
    counts: dict[int, dict[str, Any]] = {row["channel_id"]: dict(row) for row in rows}
    sent = Receipt.objects.filter(delivery__channel=OuterRef("pk"), delivery__sent_at__gt=now - REMEMBERED)
    last = Subquery(sent.order_by("-delivery__sent_at").values("details")[:1])
    found = [
        _condition(channel, counts.get(channel.pk, {}), now) for channel in Channel.objects.usable().annotate(last=last)
    ]
    return sorted(found, key=lambda item: (next_steps.ORDER.index(item.step.tone), item.channel.name.lower()))


def _condition(channel: Any, count: Mapping[str, Any], now: datetime) -> Condition:
    return Condition(
        channel,
        standing.badge(channel),
        standing.problem(channel, now),
        count.get("due", 0),
        count.get("planned", 0),
        count.get("next_due"),
        quota(channel, (channel.last or {}).get("quota") or {}, now),
        next_steps.of(channel, now),
        standing.is_asking(channel, now),
    )


def quota(channel: Channel, heard: Mapping[str, Any], now: datetime) -> str:
    """What is left, as the last post or verification was told; empty when nobody told, or it has begun anew."""
    if channel.not_before is not None and channel.not_before > now:
        return _("used up until %(moment)s") % {"moment": when(channel.not_before, now)}
    until = datetime.fromisoformat(heard["until"]) if heard.get("until") else None
    if "left" in heard and until is not None and until > now:
        told = {"left": heard["left"], "of": heard.get("of", "?"), "moment": when(until, now)}
        return _("%(left)s of %(of)s until %(moment)s") % told
    used, total = channel.learnt.get("quota_used"), channel.learnt.get("quota_total")
    if isinstance(used, int) and isinstance(total, int):
        return _("%(left)s of %(of)s when it was verified") % {"left": max(0, total - used), "of": total}
    return ""
