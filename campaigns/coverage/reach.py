"""How many a story reached on each channel: the median of what the platform tells, never a sum across platforms.

A post counts by the latest figures collected of it, in the period in which it was sent.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.clock import COPENHAGEN
from campaigns.coverage.facts import Period
from campaigns.coverage.measures import Definition, Figure, Source, Unit, middle, once, register
from campaigns.coverage.neglect import SMALL
from publishing.models import Channel, Delivery, MetricSnapshot, Receipt

REACH = ("unique_reach", "reach", "impressions", "views")  # what platforms call it, the most telling first
REACTIONS = ("likes", "reposts", "replies", "quotes")
Told = Mapping[str, Any]  # the figures of one post
DEFINITIONS = {
    "reach": Definition(
        gettext_lazy("Reach per channel"),
        gettext_lazy(
            "How many saw a story, as the platform itself counts it: the median of the stories sent on the channel in "
            "the period. Platforms count differently, so channels are neither compared nor added up."
        ),
    ),
    "reactions": Definition(
        gettext_lazy("Reactions"),
        gettext_lazy("Likes, reposts, replies and quotes of a post together: the median of the channel's posts."),
    ),
    "engagement": Definition(
        gettext_lazy("Engagement rate"),
        gettext_lazy(
            "Reactions out of those who saw the post: the median of the channel's posts. Of fewer than five posts the "
            "counts are told instead."
        ),
    ),
    "link_clicks": Definition(
        gettext_lazy("Link clicks"), gettext_lazy("Clicks on links of a post, where the platform tells: the median.")
    ),
}


def figures(period: Period, now: datetime) -> Sequence[Figure]:
    """A line a channel, those that tell nothing among them."""
    latest, counts = once("reach", (period, now), lambda: _read(period, now))
    channels = Channel.objects.filter(dry_run=False).order_by("name").values_list("pk", "name")
    return [of_channel(name, latest.get(pk, []), counts.get(pk, 0)) for pk, name in channels]


def _read(period: Period, now: datetime) -> tuple[dict[int, list[Told]], dict[int, int]]:
    """By channel, the latest figures of each post, and how many were sent."""
    begins, ends = (
        datetime.combine(day, time(), COPENHAGEN) for day in (period.first, period.last + timedelta(days=1))
    )
    newest = MetricSnapshot.objects.filter(receipt=OuterRef("pk"), at__lte=now).order_by("-pk")  # in order of time
    receipts = Receipt.objects.filter(delivery__sent_at__gte=begins, delivery__sent_at__lt=ends)
    rows = receipts.annotate(told=Subquery(newest.values("figures")[:1]))
    latest: dict[int, list[Told]] = {}
    for channel, told in rows.values_list("delivery__channel_id", "told").order_by():
        if told is not None:
            latest.setdefault(channel, []).append(told)
    sent = Delivery.objects.filter(sent_at__gte=begins, sent_at__lt=ends, parent__isnull=True)
    by_channel = sent.order_by().values("channel_id")
    counts = dict(by_channel.annotate(posts=Count("pk")).values_list("channel_id", "posts"))
    return latest, counts


def of_channel(name: str, told: Sequence[Told], sent: int) -> Figure:
    """The figures of one channel's posts, out of all that were sent on it. Pure but for the language."""
    seen = [reach for reach in map(_reach, told) if reach is not None]
    reactions = [sum(found) for found in map(_reactions, told) if found]
    clicks = [one["link_clicks"] for one in told if _is_number(one.get("link_clicks"))]
    parts = [
        (DEFINITIONS["reactions"], _median(reactions)),
        (DEFINITIONS["engagement"], _engagement(told)),
        (DEFINITIONS["link_clicks"], _median(clicks)),
    ]
    lines = [(str(definition.label), said) for definition, said in parts if said]
    if told and sent:
        counted = {"count": len(told), "all": max(sent, len(told))}
        lines.append((_("Posts with figures"), _("%(count)s of %(all)s") % counted))
    return Figure("reach", middle(seen), Unit.COUNT, len(seen), tuple(lines), name=name)


def _reach(told: Told) -> float | None:
    return next((told[name] for name in REACH if _is_number(told.get(name))), None)


def _reactions(told: Told) -> list[float]:
    return [told[name] for name in REACTIONS if _is_number(told.get(name))]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float)


def _median(values: Sequence[float]) -> str:
    found = middle(values)
    if found is None:
        return ""
    posts = ngettext("median of %(count)s post", "median of %(count)s posts", len(values)) % {"count": len(values)}
    return f"{number_format(round(found, 1), 0 if float(found).is_integer() else 1, force_grouping=True)} ({posts})"


def _engagement(told: Sequence[Told]) -> str:
    """A share of those who saw it; counts while there are few posts, nothing where one of the two is not told."""
    pairs = [(sum(_reactions(one)), _reach(one) or 0) for one in told if _reach(one) and _reactions(one)]
    if not pairs:
        return ""
    if len(pairs) < SMALL:
        reacted, saw = (round(sum(column)) for column in zip(*pairs, strict=True))
        return _("%(count)s of %(all)s") % {"count": reacted, "all": saw}
    return f"{number_format(100 * (middle([reacted / saw for reacted, saw in pairs]) or 0), 1)} %"


def install() -> None:
    register("reach", Source(lambda: _("Reach per channel"), figures, DEFINITIONS, order=50, grows=True))
