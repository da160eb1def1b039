"""Plans from templates: the steps around the day of an event, as slots."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import pgettext

from campaigns import slots
from campaigns.models import Campaign, Placement, PlanStep, PlanTemplate
from campaigns.proposing import Proposed, Wished
from campaigns.topics import Topic
from publishing.models import Channel
from publishing.scheduling import record_evidence

KNOWN = re.compile(r"{(event|place|date|time)}")


@dataclass(frozen=True)
class Event:
    """What the plan is made around; ``wall`` is naive, on the clock in Copenhagen."""

    title: str
    wall: datetime
    place: str = ""

    def fill(self, text: str) -> str:
        """The text with {event}, {place}, {date} and {time}; anything else in braces stays as it is written."""
        values = {
            "event": self.title,
            "place": self.place,
            "date": date_format(self.wall, pgettext("day", "l j F")),
            "time": date_format(self.wall, pgettext("time of day", "H:i")),
        }
        return KNOWN.sub(lambda found: values[found[1]], text).strip()


def wishes_of(
    steps: Iterable[PlanStep], event: Event, channels: Sequence[Channel], of_step: Mapping[int, Sequence[Channel]]
) -> list[Wished]:
    """Pure: a slot for each step and channel; ``channels`` are for steps that name none (``of_step`` by id)."""
    return [
        Wished(
            title=event.fill(step.title)[:150],
            channel=channel,
            wall=datetime.combine(event.wall.date() + timedelta(days=step.days), step.time),
            key=f"{step.pk}-{channel.pk}",
            kind=step.kind,
            hint=event.fill(step.hint),
            topic=Topic(kind=step.kind, text=event.fill(step.title)),
        )
        for step in steps
        for channel in of_step.get(step.pk) or channels
    ]


def read(template: PlanTemplate) -> tuple[list[PlanStep], dict[int, list[Channel]]]:
    """The steps in their order, and the channels that each names and that are still used."""
    steps = list(template.steps.order_by("days", "time", "sort_order").prefetch_related("channels"))  # type: ignore[attr-defined]
    return steps, {step.pk: [row for row in step.channels.all() if row.retired_at is None] for step in steps}


def new_campaign(event: Event, proposed: Iterable[Proposed], *, owner: Any) -> Campaign:
    """Not saved: from the first to the last of its slots, and the event in between."""
    days: list[date] = [event.wall.date(), *(one.wall.date() for one in proposed if one.wall)]
    return Campaign(title=event.title, starts_on=min(days), ends_on=max(days), owner=owner)


def use(
    template: PlanTemplate, event: Event, proposed: Sequence[Proposed], *, campaign: Campaign, by: Any
) -> list[Placement]:
    """The slots, for a campaign that is there or is made with them. All or nothing."""
    slots.ensure_may_add(by)
    if campaign.pk is None and not by.has_perm("campaigns.add_campaign"):
        raise PermissionDenied
    with transaction.atomic():
        if campaign.pk is None:
            campaign.save()
        made = [
            slots.make(
                slots.Slot(
                    one.wished.title, one.wished.channel, one.due_at, campaign.pk, one.wished.kind, one.wished.hint
                ),
                by=by,
            )
            for one in proposed
        ]
        record_evidence(
            "plan_template.used",
            actor=by.get_username(),
            subject=f"campaign:{campaign.pk}",
            payload={"template": template.name, "event": event.wall.isoformat(), "slots": len(made)},
        )
    return made
