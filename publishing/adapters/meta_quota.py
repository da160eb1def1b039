"""How much an account on Instagram or Threads may still publish: read, never assumed. Meta counts a rolling day."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing.adapters.meta_api import Graph
from publishing.errors import ChannelMisconfigured, DeliveryError, RateLimited

ASK_AGAIN = timedelta(minutes=15)  # the oldest post of the day falls out some time, and Meta does not say when


@dataclass(frozen=True)
class Quota:
    """Where it is told: an edge, and by name of ours the fields with what is used and with how much there is."""

    edge: str
    fields: dict[str, tuple[str, str]]


def read(graph: Graph, owner: str, quota: Quota) -> dict[str, int]:
    """``quota_used``, ``quota_total`` and the like; what is not told is left out."""
    wanted = ",".join(name for pair in quota.fields.values() for name in pair)
    told = graph.get(f"{owner}/{quota.edge}", fields=wanted).get("data")
    found: dict[str, int] = {}
    for ours, (used, config) in quota.fields.items():
        row: dict[str, Any] = told[0] if told else {}
        numbers = {"used": row.get(used), "total": (row.get(config) or {}).get("quota_total")}
        found |= {f"{ours}_{name}": number for name, number in numbers.items() if type(number) is int}
    return found


def explained(graph: Graph, owner: str, quota: Quota, error: RateLimited) -> RateLimited:
    """The same refusal, with the number of the day where that is what is used up."""
    try:
        told = read(graph, owner, quota)
    except (DeliveryError, ChannelMisconfigured):  # then the refusal itself is all there is to say
        return error
    for ours in quota.fields:
        used, total = told.get(f"{ours}_used"), told.get(f"{ours}_total")
        if used is not None and total is not None and used >= total:
            sentence = _(
                "The account has used its %(total)s posts of a day; the next may go when the oldest is a day old."
            )
            until = max(error.until, datetime.now(UTC) + ASK_AGAIN)
            return RateLimited(sentence % {"total": total}, error.detail, until=until)
    return error
