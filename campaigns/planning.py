"""Plan, move, drop: each verb checks, changes and leaves evidence; the outbox follows in the same transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import below, clock, closed_times, conflicts, rechannelling, replacing
from campaigns.models import Placement, PlacementTag
from campaigns.signals import placement_timed
from publishing import deciding, scheduling, stopping
from publishing.message import Message
from publishing.models import Channel, Delivery, State
from publishing.models.delivery import CANCELLABLE
from publishing.scheduling import NotPossible

MOVED_MEANWHILE = gettext_lazy("Somebody moved this meanwhile. Load the page again to see the new time.")


class Conflict(Exception):
    """The time cannot be used; ``sentences`` say why."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def plan(
    placement: Placement,
    *,
    message: Message,
    revision: Any,
    labels: Iterable[str],
    headline: str,
    operational: bool,
    focus_area: int | None,
    initiatives: Iterable[int],
    by: Any,
    parts: Sequence[Message] = (),
) -> Delivery | None:
    """Schedule an approved message for a placement, replacing what an older approval planned.

    ``parts`` are posted below it, each answering the one before.

    None when the placement has no time yet, or when it was sent and the channel cannot be sent to twice.
    """
    old, tags = placement.delivery, sorted(set(initiatives))
    post = replacing.post_of(old)
    if placement.due_at is None or (old is not None and not replacing.may_replace(placement, old, message, parts)):
        return None
    update = post is not None  # of a page, or of a post where it stands
    at_once = update or (old is not None and deciding.waits_for_a_hand(old))  # however late
    if old is not None:
        replacing.give_way(old, by=by)
    edits = post if placement.channel.limits.edit else None
    due_at = timezone.now() if at_once else placement.due_at
    with transaction.atomic():
        delivery = scheduling.schedule(
            key=_key(placement, f"{revision.pk}/{placement.channel_id}/{message.sha256()}"),
            channel=placement.channel,
            message=message,
            due_at=due_at,
            latest_at=None if at_once else placement.latest,
            withdraw_at=None if edits else placement.withdraw_at,  # the post itself is taken down then
            revision=revision,
            labels=[*labels, f"placement:{placement.key.hex}", *_in_short(tags)],
            operational=operational,
            headline=headline,
            by=by,
            edits=edits,
        )
        _tag(placement, delivery, focus_area, tags)
        if not update:
            below.plan(delivery, parts, by=by)
    return delivery


def _key(placement: Placement, what: str) -> UUID:
    """The same for the same words, so that planning again is harmless; a new one for what was given up by a move
    (no time, another channel) and comes back, for what was cancelled is never sent."""
    key = uuid5(placement.key, what)
    given_up = placement.delivery is None and Delivery.objects.filter(key=key, state=State.CANCELLED).exists()
    return uuid5(placement.key, f"{what}/{placement.version}") if given_up else key


def _tag(placement: Placement, delivery: Delivery, focus_area: int | None, initiatives: list[int]) -> None:
    """What the approved revision serves is copied, so that history does not change when the content does."""
    first = Coalesce("first_planned_for", "due_at")
    rows = Placement.objects.filter(pk=placement.pk)
    rows.update(delivery=delivery, focus_area=focus_area, first_planned_for=first)
    placement.tags.all().delete()
    PlacementTag.objects.bulk_create(
        PlacementTag(placement=placement, initiative_id=initiative) for initiative in initiatives
    )
    placement.delivery = delivery


def _in_short(initiatives: list[int]) -> list[str]:
    """One label for all of them, for when the placement is gone; what does not fit is left to the placement."""
    label = f"initiatives:{'.'.join(map(str, initiatives))}"
    return [label] if initiatives and len(label) <= 200 else []


def move(
    placement: Placement,
    *,
    due_at: datetime,
    latest_at: datetime | None = None,
    withdraw_at: datetime | None = None,
    version: int,
    by: Any,
    channel: Channel | None = None,
) -> None:
    """A new time (UTC), and another ``channel`` if one is given.

    Conflict when time or channel cannot be used, or somebody moved it meanwhile (``version``).
    """
    if not by.has_perm("campaigns.change_placement"):
        raise PermissionDenied
    channel = channel or placement.channel
    now = timezone.now()
    others = Placement.objects.taken(channel).exclude(pk=placement.pk)
    closed = closed_times.for_placement(placement, channel, now)
    found = conflicts.of_time(channel, due_at, now, closed) or conflicts.of_gap(channel, due_at, others)
    found += conflicts.of_order(due_at, latest_at, withdraw_at).values()
    if channel != placement.channel:
        found += rechannelling.against(placement, channel, due_at, by=by)
    if found:
        raise Conflict(found)
    with transaction.atomic():
        done = Placement.objects.filter(pk=placement.pk, version=version, cancelled_at__isnull=True).update(
            due_at=due_at,
            latest_at=latest_at,
            withdraw_at=withdraw_at,
            wall_time=clock.written(due_at),
            channel=channel,
            version=F("version") + 1,
        )
        if not done:
            raise Conflict([str(MOVED_MEANWHILE)])
        placement.refresh_from_db()
        follow(placement, by=by)
        placement_timed.send(Placement, placement=placement, by=by)


def take_time(placement: Placement, *, version: int, by: Any, channel: Channel | None = None) -> None:
    """Back to the tray: it has no time any more, and what was planned of it is not sent."""
    if not by.has_perm("campaigns.change_placement"):
        raise PermissionDenied
    with transaction.atomic():
        rows = Placement.objects.filter(pk=placement.pk, version=version, cancelled_at__isnull=True)
        channel = channel or placement.channel
        if not rows.update(due_at=None, latest_at=None, wall_time="", channel=channel, version=F("version") + 1):
            raise Conflict([str(MOVED_MEANWHILE)])
        placement.refresh_from_db()
        follow(placement, by=by)


def follow(placement: Placement, *, by: Any) -> None:
    """Let the delivery of a placement have the placement's times; without a time, or elsewhere, it is given up."""
    delivery = placement.delivery
    if delivery is None:
        return
    delivery.refresh_from_db()
    if delivery.state in CANCELLABLE and (placement.due_at is None or delivery.channel_id != placement.channel_id):
        return _give_up(placement, delivery, by=by)
    if placement.due_at is None:
        return
    if delivery.channel_id != placement.channel_id:  # ended before: what goes to the new channel is another delivery
        return _let_go(placement)
    times = {"due_at": placement.due_at, "latest_at": placement.patience, "withdraw_at": placement.withdraw_at}
    if all(getattr(delivery, name) == value for name, value in times.items()):
        return
    if delivery.state == State.SCHEDULED:
        scheduling.reschedule(delivery, by=by, **times)
    elif delivery.state in (State.HELD, State.MISSED):
        if by is None or not by.has_perm("publishing.release_delivery"):
            raise PermissionDenied
        stopping.release(delivery, by=by, due_at=placement.due_at, latest_at=placement.patience)
    elif delivery.state not in (State.CANCELLED, State.FAILED):
        raise NotPossible(_("It is %(state)s now, so it cannot be moved.") % {"state": delivery.get_state_display()})


def place_now(page: Any, channels: Iterable[Channel], *, by: Any) -> None:
    """Each of these channels gets the content at this minute: what waits there comes forward, else a row is new."""
    now = timezone.now()
    waiting = {row.channel_id: row for row in Placement.objects.of_page(page.pk) if not row.is_out}
    for channel in channels:
        times: dict[str, Any] = {"due_at": now, "latest_at": None, "wall_time": clock.written(now)}
        row = waiting.get(channel.pk)
        if row is None:
            Placement.objects.create(page_id=page.pk, channel=channel, created_by=by, **times)
        else:
            Placement.objects.filter(pk=row.pk).update(version=F("version") + 1, **times)
            row.refresh_from_db()
            follow(row, by=by)


def _give_up(placement: Placement, delivery: Delivery, *, by: Any) -> None:
    """Its time was taken away, or it shall go to another channel: what was planned is not sent."""
    with transaction.atomic():
        scheduling.cancel(delivery, reason=_("Its time or its channel was changed."), by=by)
        _let_go(placement)


def _let_go(placement: Placement) -> None:
    Placement.objects.filter(pk=placement.pk).update(delivery=None)
    placement.delivery = None


def drop(placement: Placement, *, reason: str, by: Any) -> None:
    """This channel and time are given up, with what is planned of them by now. Nothing that is out changes."""
    if not by.has_perm("campaigns.change_placement"):
        raise PermissionDenied
    with transaction.atomic():
        Placement.objects.filter(pk=placement.pk).update(cancelled_at=timezone.now(), version=F("version") + 1)
        planned = Delivery.objects.filter(placements=placement.pk).exclude(state=State.CANCELLED).first()
        if planned is not None:  # perhaps since it was looked at: somebody may have approved it meanwhile
            scheduling.cancel(planned, reason=reason, by=by)
        scheduling.record_evidence(
            "placement.dropped",
            actor=by.get_username(),
            subject=f"placement:{placement.key}",
            payload={"reason": reason},
        )
