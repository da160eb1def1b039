"""Where and when content goes, for lists: one query for all of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from wagtail.models import Page

from campaigns.models import Placement


@dataclass(frozen=True)
class Plan:
    """``moment`` is the next time that something of it goes, else the last at which something went."""

    moment: datetime | None
    channels: tuple[str, ...]


def plans_of(pages: Iterable[Page]) -> dict[int, Plan]:
    """Page id to plan; content without a place is left out."""
    rows: dict[int, list[Placement]] = defaultdict(list)
    found = Placement.objects.active().filter(page_id__in=[page.pk for page in pages])
    for placement in found.select_related("channel", "delivery").order_by("due_at", "id"):
        rows[placement.page_id or 0].append(placement)
    return {page_id: _plan(placements) for page_id, placements in rows.items()}


def _plan(placements: list[Placement]) -> Plan:
    ahead = [row.due_at for row in placements if row.due_at and not row.is_out]
    behind = [row.due_at for row in placements if row.due_at and row.is_out]
    moment = min(ahead) if ahead else max(behind) if behind else None
    return Plan(moment, tuple(dict.fromkeys(row.channel.name for row in placements)))
