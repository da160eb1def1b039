"""Slots of the plan: a channel and a time that still want a text. Each verb checks, changes and leaves evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import calendar, clock, closed_times, conflicts, contents, drafting, drafts, free_time, planning, windows
from campaigns.models import Placement, SlotBrief
from campaigns.planning import Conflict
from campaigns.signals import placement_timed
from campaigns.topics import Topic
from publishing.models import Channel
from publishing.scheduling import Refused, record_evidence

CHANGED_MEANWHILE = gettext_lazy("Somebody changed or filled this slot meanwhile. Look at it again before you go on.")


@dataclass(frozen=True)
class Slot:
    """As somebody wants it; ``due_at`` is UTC, None for one that still wants a time. ``campaign`` is an id."""

    title: str
    channel: Channel
    due_at: datetime | None
    campaign: int | None = None
    kind: str = ""
    hint: str = ""


def add(slot: Slot, *, by: Any) -> Placement:
    """A new empty slot. Conflict when its time cannot be used on that channel."""
    ensure_may_add(by)
    _ensure_free(slot)
    with transaction.atomic():
        return make(slot, by=by)


def make(slot: Slot, *, by: Any, **more: Any) -> Placement:
    """The row itself, for whoever has looked at the time already; ``more`` are further fields of the placement."""
    placement = Placement.objects.create(**{**_fields(slot), "created_by": by, **more})
    _brief(placement, slot)
    _record("slot.added", placement, by, {"channel": slot.channel.slug, "due_at": placement.wall_time})
    return placement


def change(placement: Placement, slot: Slot, *, version: int, by: Any) -> None:
    """Another title, channel, time or campaign. Conflict when it may not be there, or somebody was faster."""
    if not by.has_perm("campaigns.change_placement"):
        raise PermissionDenied
    if (slot.channel.pk, slot.due_at) != (placement.channel_id, placement.due_at):
        _ensure_free(slot, placement)
    with transaction.atomic():
        rows = Placement.objects.empty_slots().filter(pk=placement.pk, version=version)
        if not rows.update(**_fields(slot), version=F("version") + 1):
            raise Conflict([str(CHANGED_MEANWHILE)])
        placement.refresh_from_db()
        _brief(placement, slot)
        _record("slot.changed", placement, by, {"channel": slot.channel.slug, "due_at": placement.wall_time})


def remove(placement: Placement, *, by: Any) -> None:
    """The slot is given up; what was filled meanwhile stays (Conflict)."""
    with transaction.atomic():
        if not Placement.objects.empty_slots().select_for_update().filter(pk=placement.pk).exists():
            raise Conflict([str(CHANGED_MEANWHILE)])
        planning.drop(placement, reason=_("The slot was removed."), by=by)


def fill(slots: Sequence[Placement], page_id: int, *, by: Any) -> None:
    """These slots carry this content from now on, in the versions they were read in: all of them or none.

    Whoever may edit the content may do so. If it is approved and this person plans, it is planned. Conflict when a slot
    was filled meanwhile, or approved content may not be sent there.
    """
    if page_id not in contents.editable([page_id], by) or page_id not in contents.describe([page_id]):
        raise PermissionDenied
    try:
        with transaction.atomic():
            for slot in slots:
                _fill(slot, page_id, by)
    except Refused as error:
        raise Conflict([str(problem.message) for problem in error.problems]) from error


def draft(slots: Sequence[Placement], wanted: drafts.Wanted, *, by: Any) -> int:
    """A new draft in these slots; its page. PermissionDenied for whoever may not write one."""
    with transaction.atomic():
        page_id = drafts.write(wanted, by)
        for slot in slots:
            _fill(slot, page_id, by)
    return page_id


def together_with(placement: Placement) -> list[Placement]:
    """The other empty slots of the same plan that want the same text at nearly the same time, on other channels."""
    if placement.due_at is None or not placement.note:
        return []
    near = placement.due_at - calendar.TOGETHER, placement.due_at + calendar.TOGETHER
    same = Placement.objects.empty_slots().filter(campaign=placement.campaign_id, note=placement.note)
    rows = same.filter(due_at__range=near)
    others = rows.exclude(pk=placement.pk).exclude(channel=placement.channel_id)
    return list(others.select_related("channel").order_by("due_at", "pk"))


def wanted_of(placement: Placement) -> drafts.Wanted:
    """What a draft for this slot begins with: all that the slot and its campaign know."""
    brief = SlotBrief.objects.filter(placement=placement).first()
    campaign = placement.campaign
    return drafts.Wanted(
        title=placement.note,
        focus_area=campaign.focus_area_id if campaign else None,
        campaign=placement.campaign_id,
        initiatives=drafting.initiatives_of(campaign),
        kind=brief.kind if brief else "",
        hint=brief.hint if brief else "",
    )


def nearest_free(slot: Slot, wanted: datetime) -> datetime | None:
    """The first time (UTC) from ``wanted`` at which this slot could stand; None within a week."""
    now = timezone.now()
    closed = closed_times.for_topic(Topic(text=slot.title), slot.channel, closed_times.ahead(now))
    return free_time.nearest(slot.channel, wanted, Placement.objects.taken(slot.channel), now, closed)


def ensure_may_add(by: Any) -> None:
    if not by.has_perm("campaigns.add_placement"):
        raise PermissionDenied


def _fill(slot: Placement, page_id: int, by: Any) -> None:
    rows = Placement.objects.empty_slots().filter(pk=slot.pk, version=slot.version)
    if not rows.update(page_id=page_id, version=F("version") + 1):
        raise Conflict([str(CHANGED_MEANWHILE)])
    slot.refresh_from_db()
    _ensure_open(slot)
    _record("slot.filled", slot, by, {"page": page_id})
    if slot.due_at is not None and by.has_perm("campaigns.change_placement"):
        placement_timed.send(Placement, placement=slot, by=by)


def _ensure_open(slot: Placement) -> None:
    """The time may be closed for what the content is about; of an empty slot only its title was known."""
    if slot.due_at is not None:
        shut = conflicts.closing(slot.due_at, closed_times.for_placement(slot, slot.channel, timezone.now()))
        if shut is not None:
            raise Conflict([windows.sentence(shut)])


def _fields(slot: Slot) -> dict[str, Any]:
    return {
        "note": slot.title,
        "channel": slot.channel,
        "campaign_id": slot.campaign,
        "due_at": slot.due_at,
        "wall_time": clock.written(slot.due_at) if slot.due_at else "",
    }


def _brief(placement: Placement, slot: Slot) -> None:
    if slot.kind or slot.hint:
        wanted = {"kind": slot.kind, "hint": slot.hint}
        SlotBrief.objects.update_or_create(placement=placement, defaults=wanted)
    else:
        SlotBrief.objects.filter(placement=placement).delete()


def _ensure_free(slot: Slot, placement: Placement | None = None) -> None:
    if slot.due_at is None:
        return
    taken = Placement.objects.taken(slot.channel)
    if placement is not None:
        taken = taken.exclude(pk=placement.pk)
    now = timezone.now()
    closed = closed_times.for_topic(Topic(text=slot.title), slot.channel, closed_times.ahead(now))
    found = conflicts.of_time(slot.channel, slot.due_at, now, closed)
    found = found or conflicts.of_gap(slot.channel, slot.due_at, taken)
    if found:
        raise Conflict(found)


def _record(what: str, placement: Placement, by: Any, payload: dict[str, Any]) -> None:
    record_evidence(what, actor=by.get_username(), subject=f"placement:{placement.key}", payload=payload)
