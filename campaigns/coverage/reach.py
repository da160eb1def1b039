"""How many a story reached on each channel: the median of what the platform tells, never a sum across platforms."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.coverage.facts import Period
from campaigns.coverage.measures import Definition, Figure, Source, Unit, middle, register
from publishing.models import Channel, MetricSnapshot

REACH = ("unique_reach", "reach", "impressions", "views")  # what platforms call it, the most telling first
DEFINITIONS = {
    "reach": Definition(
        gettext_lazy("Reach per channel"),
        gettext_lazy(
            "How many saw a story, as the platform itself counts it: the median of the stories sent on the channel in "
            "the period. Platforms count differently, so channels are neither compared nor added up."
        ),
    )
}


def figures(period: Period, now: datetime) -> Sequence[Figure]:
    """A line a channel, those that tell nothing among them."""
    latest: dict[int, dict[int, float]] = {}
    rows = MetricSnapshot.objects.filter(
        receipt__delivery__sent_at__date__range=(period.first, period.last), at__lte=now
    ).order_by("at")
    for channel, receipt, told in rows.values_list("receipt__delivery__channel_id", "receipt_id", "figures"):
        seen = next((told[name] for name in REACH if isinstance(told.get(name), int | float)), None)
        if seen is not None:
            latest.setdefault(channel, {})[receipt] = seen
    channels = Channel.objects.filter(dry_run=False).order_by("name").values_list("pk", "name")
    return [
        Figure("reach", middle(list(latest.get(pk, {}).values())), Unit.COUNT, len(latest.get(pk, {})), name=name)
        for pk, name in channels
    ]


def install() -> None:
    register("reach", Source(lambda: _("Reach per channel"), figures, DEFINITIONS, order=50))
