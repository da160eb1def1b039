"""Copy a campaign to another time: the same weekdays and clock, every text a new draft, and no approval comes along."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from campaigns import agenda, clock, contents, drafts, slots
from campaigns.models import Campaign, CampaignInitiative, CampaignTarget, Placement, SlotBrief
from campaigns.proposing import Proposed, Wished
from campaigns.topics import Topic
from publishing.models import State
from publishing.scheduling import record_evidence

WEEK = 7
YEAR = 364  # days: the same weekday a year later
LEFT = (State.CANCELLED,)  # never meant to be sent in the end


@dataclass(frozen=True)
class Original:
    """What stands behind a proposed slot: the placement, and the page that a new draft is made of, if any."""

    placement: Placement
    page_id: int | None


@dataclass(frozen=True)
class Copied:
    campaign: Campaign
    drafts: int
    slots: int
    undated: int


def shift(starts_on: date, wanted: date) -> int:
    """Days between a campaign and its copy that starts on the same weekday, nearest to ``wanted``. Pure."""
    return round((wanted - starts_on).days / WEEK) * WEEK


def next_start(starts_on: date, today: date) -> date:
    """A year later on the same weekday, or as many years as it takes not to lie in the past. Pure."""
    years = 1
    while starts_on + timedelta(days=YEAR * years) < today:
        years += 1
    return starts_on + timedelta(days=YEAR * years)


def next_title(title: str, starts_on: date) -> str:
    """The same title with the year of the copy instead of the one it ends with. Pure."""
    return f"{re.sub(r' (19|20)[0-9]{2}$', '', title)[:145]} {starts_on.year}"


def wishes_of(campaign: Campaign, days: int, *, with_texts: bool, by: Any) -> list[Wished]:
    """Everything the campaign planned or sent, ``days`` later on the clock in Copenhagen. A few queries."""
    rows = Placement.objects.active().filter(agenda.of_campaign(campaign.pk)).exclude(delivery__state__in=LEFT)
    placements = list(rows.select_related("page", "channel").order_by("due_at", "pk"))
    pages = {row.page_id for row in placements if row.page_id}
    allowed = set(drafts.copyable(pages, by)) if with_texts else set()
    topics = contents.topics(pages)
    briefs = {brief.placement_id: brief for brief in SlotBrief.objects.filter(placement__in=placements)}
    found = []
    for row in placements:
        if row.channel.retired_at is not None:
            continue
        brief = briefs.get(row.pk)
        wall = clock.to_wall(row.due_at) + timedelta(days=days) if row.due_at else None
        original = Original(row, row.page_id if row.page_id in allowed else None)
        about = (brief.kind, brief.hint) if brief else ("", "")
        topic = topics.get(row.page_id or 0, Topic(text=row.note))
        title = agenda.title_of(row)[:200]
        found.append(Wished(title, row.channel, wall, str(row.pk), *about, topic=topic, about=original))
    return found


def copy(campaign: Campaign, title: str, days: int, proposed: Sequence[Proposed], *, owner: Any, by: Any) -> Copied:
    """The campaign with its initiatives, targets, slots and new drafts. All or nothing. PermissionDenied."""
    slots.ensure_may_add(by)
    if not by.has_perm("campaigns.add_campaign"):
        raise PermissionDenied
    with transaction.atomic():
        made = _campaign(campaign, title, days, owner)
        pages: dict[int, int] = {}
        for one in proposed:
            _slot(one, made, pages, by)
        undated = sum(one.due_at is None for one in proposed)
        payload = {"from": campaign.pk, "days": days, "slots": len(proposed), "drafts": len(pages)}
        record_evidence("campaign.copied", actor=by.get_username(), subject=f"campaign:{made.pk}", payload=payload)
    return Copied(made, drafts=len(pages), slots=len(proposed), undated=undated)


def _campaign(campaign: Campaign, title: str, days: int, owner: Any) -> Campaign:
    later = timedelta(days=days)
    made = Campaign.objects.create(
        title=title,
        objective=campaign.objective,
        audience=campaign.audience,
        key_messages=campaign.key_messages,
        starts_on=campaign.starts_on + later,
        ends_on=campaign.ends_on + later,
        owner=owner,
        focus_area=campaign.focus_area,
    )
    tags, targets = (
        CampaignInitiative.objects.filter(campaign=campaign),
        CampaignTarget.objects.filter(campaign=campaign),
    )
    CampaignInitiative.objects.bulk_create(
        CampaignInitiative(campaign=made, initiative_id=tag.initiative_id) for tag in tags
    )
    CampaignTarget.objects.bulk_create(
        CampaignTarget(campaign=made, channel_id=target.channel_id, posts=target.posts) for target in targets
    )
    return made


def _slot(one: Proposed, made: Campaign, pages: dict[int, int], by: Any) -> None:
    original: Original = one.wished.about
    source = original.page_id
    if source is not None and source not in pages:
        pages[source] = drafts.copy(source, made.pk, by)
    before, more = original.placement, {}
    if one.due_at is not None and before.due_at is not None:
        for name in ("latest_at", "withdraw_at"):  # as long after the post as they were
            moment = getattr(before, name)
            more[name] = one.due_at + (moment - before.due_at) if moment else None
    slot = slots.Slot(
        before.note if source else one.wished.title, one.wished.channel, one.due_at, made.pk, one.wished.kind,
        one.wished.hint,
    )  # fmt: skip
    slots.make(slot, by=by, page_id=pages.get(source or 0), **more)
