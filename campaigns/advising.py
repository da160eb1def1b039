"""The evergreen pool in the plan: what may be told on an empty day, and placing it there.

Nothing that was not approved is sent by it: approved content is planned while its review date has not passed, anything
else is placed as a draft that wants an approval.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from campaigns import calendar, clock, closed_times, contents, evergreen, free_time
from campaigns.evergreen import Piece, Suggestion, Use
from campaigns.models import Advice, Placement
from campaigns.planning import Conflict
from campaigns.signals import placement_timed
from publishing.models import Channel, State
from publishing.scheduling import record_evidence

PLACE = "campaigns.add_placement"
AT = time(10)  # where the day's first free quarter is sought from
UNUSED = (State.CANCELLED, State.WITHDRAWN, State.FAILED, State.MISSED)


@dataclass(frozen=True)
class Idea:
    """An advice for a day, with the channels (ids) on which it may be told; ``best`` says why."""

    piece: Piece
    channels: tuple[int, ...]
    best: Suggestion


@dataclass(frozen=True)
class EmptyDay:
    day: date
    ideas: list[Idea]


@dataclass
class Placed:
    """Where it stands now, whether it is planned or wants an approval, and why other channels were left out."""

    channels: list[Channel] = field(default_factory=list)
    planned: bool = False
    why: list[str] = field(default_factory=list)


def history(pages: Iterable[int]) -> list[Use]:
    """When these contents were told or are planned, on the days of Copenhagen. One query."""
    rows = Placement.objects.active().filter(page_id__in=list(pages), due_at__isnull=False)
    rows = rows.exclude(delivery__state__in=UNUSED)
    found = rows.values_list("page_id", "channel_id", "due_at")
    return [Use(page, channel, clock.to_wall(due_at).date()) for page, channel, due_at in found if page and due_at]


def ideas(pool: Sequence[Piece], used: Sequence[Use], day: date, limit: int) -> list[Idea]:
    """The best of the pool for a day, each once with all the channels that may have it."""
    found: dict[int, list[Suggestion]] = {}
    for channel in sorted({channel for piece in pool for channel in piece.channels}):
        for one in evergreen.suggest(pool, used, day, channel):
            found.setdefault(one.piece.pk, []).append(one)
    best = [Idea(rows[0].piece, tuple(row.channel for row in rows), rows[0]) for rows in found.values()]
    best.sort(key=lambda idea: evergreen.rank(idea.best))
    return best[:limit]


def empty_days(first: date, last: date, limit: int, *, spread: bool = False) -> list[EmptyDay]:
    """Days on which nothing at all is planned, with what the pool has for them; none when the pool is empty.

    ``spread``: what is the first idea of a day counts as told there, so that the next day has another.
    """
    pool = [piece for piece in Advice.objects.filter(active=True).pool() if piece.channels]
    if not pool:
        return []
    start, end = calendar.bounds(first, last)
    busy = Placement.objects.active().between(start, end).values_list("due_at", flat=True)
    taken = {clock.to_wall(moment).date() for moment in busy if moment is not None}
    pages = [piece.page for piece in pool]
    standing, used, found = contents.standing(pages), history(pages), []
    for day in (first + timedelta(days=number) for number in range((last - first).days + 1)):
        if day in taken:
            continue
        told = [replace(piece, ready=_is_ready(piece, standing, day)) for piece in pool]
        best = ideas(told, used, day, limit)
        if best:
            found.append(EmptyDay(day, best))
        if best and spread:
            used += [Use(best[0].piece.page, channel, day) for channel in best[0].channels]
    return found


def _is_ready(piece: Piece, standing: Mapping[int, contents.Standing], day: date) -> bool:
    given = standing.get(piece.page, contents.NOTHING)
    return any(given.allows(channel, day) for channel in piece.channels)


def place(advice: Advice, day: date, now: datetime, *, by: Any) -> Placed:
    """Put it on that day, on every channel that may have it. Conflict when none can, with the reasons."""
    if not by.has_perm(PLACE):
        raise PermissionDenied
    with transaction.atomic():
        advice = Advice.objects.select_for_update(no_key=True).get(pk=advice.pk)  # two may press at once
        return _put(advice, day, now, by)


def _put(advice: Advice, day: date, now: datetime, by: Any) -> Placed:
    piece, placed = advice.piece, Placed()
    used, standing = history([piece.page]), contents.standing([piece.page]).get(piece.page, contents.NOTHING)
    overdue = standing.until is not None and timezone.localdate(now) > standing.until
    if standing.until is not None and day > standing.until and not overdue:
        sentence = _("It is to be reviewed after %(day)s. Choose an earlier day, or review it now.")
        raise Conflict([sentence % {"day": date_format(standing.until, pgettext("day with year", "j F Y"))}])
    channels = [row for row in advice.channels.all() if not standing.channels or row.pk in standing.channels]
    rows = [row for channel in channels if (row := _place(piece, channel, day, used, now, placed, by)) is not None]
    if not rows:
        raise Conflict(placed.why or [_("None of its channels may have it on that day.")])
    if overdue:
        contents.reopen(piece.page, by)
    placed.planned = bool(standing.channels) and not overdue
    for row in rows if placed.planned else ():
        placement_timed.send(Placement, placement=row, by=by)
    return placed


def _place(
    piece: Piece, channel: Channel, day: date, used: Sequence[Use], now: datetime, placed: Placed, by: Any
) -> Placement | None:
    against = evergreen.against(piece, used, day, channel.pk)
    if against is not None:
        placed.why.append(f"{channel}: {against}")
        return None
    moment = _free(piece, channel, day, now)
    if moment is None:
        placed.why.append(_("%(channel)s has no free time that day.") % {"channel": channel})
        return None
    found = contents.obstacles(piece.page, channel, moment)
    if found:
        placed.why += found[:1]
        return None
    row = Placement.objects.create(
        page_id=piece.page, channel=channel, due_at=moment, wall_time=clock.written(moment), created_by=by
    )
    record_evidence(
        "placement.advised",
        actor=by.get_username(),
        subject=f"placement:{row.key}",
        payload={"advice": piece.pk, "day": day.isoformat()},
    )
    placed.channels.append(channel)
    return row


def _free(piece: Piece, channel: Channel, day: date, now: datetime) -> datetime | None:
    """The first free quarter of that day from ten o'clock on."""
    wanted = clock.to_utc(datetime.combine(day, AT))
    start, end = calendar.bounds(day, day)
    taken = list(Placement.objects.taken(channel).filter(due_at__gte=start - timedelta(days=1), due_at__lt=end))
    closed = closed_times.for_placement(Placement(page_id=piece.page, channel=channel), channel, now)
    moment = free_time.nearest(channel, wanted, taken, now, closed)
    return moment if moment is not None and moment < end else None
