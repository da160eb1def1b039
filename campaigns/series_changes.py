"""Changing a series: for all that lies ahead, or for one day and what follows.

Empty slots as the series made them follow by themselves. What somebody moved, worded or approved is never changed
unseen: it is listed, and follows only when it is chosen.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from campaigns import clock, planning, recurrence, series
from campaigns.models import Occurrence, Placement, Series
from publishing.models import Channel
from publishing.scheduling import NotPossible

FIELDS = (
    "title", "campaign", "focus_area", "page", "rule", "at", "starts_on", "until", "count", "on_holidays", "excluded",
)  # fmt: skip


@dataclass(frozen=True)
class Affected:
    """A changed occurrence that the series would give another time (``to``, UTC) now, or another text, or no place."""

    occurrence: Occurrence
    to: datetime | None
    goes: bool
    text: bool = False

    @property
    def fixed(self) -> bool:
        """Something of it is out, or was sent: it stays whatever is chosen."""
        row = self.occurrence.placement
        return row is None or row.is_out


@transaction.atomic
def begin(new: Series, channels: Collection[Channel], *, now: datetime, by: Any) -> tuple[Series, series.Made]:
    """A new series, with its first slots in the plan."""
    if not by.has_perm("campaigns.add_series"):
        raise PermissionDenied
    new.created_by = by
    new.save()
    new.channels.set(channels)
    log(new, "campaigns.series_begun", user=by)
    return new, series.expand(new, now, by=by)


def affected(
    old: Series, new: Series, channels: Collection[Channel], start: date | None, now: datetime
) -> list[Affected]:
    """What was touched, from ``start`` on, and would come at another time, with another text or not at all now."""
    wanted = _wanted(new, channels, now)
    found = []
    for one in old.occurrences.ahead(now).with_all():
        if one.skipped or one.untouched or (start is not None and one.on < start):
            continue
        place, text = wanted.get((one.on, one.channel_id)), _has_text_of(old.page_id, new.page_id, one)
        if place is None or place.moment != one.given_at or text:
            found.append(Affected(one, place.moment if place else None, place is None, text))
    return found


def _has_text_of(old: int | None, new: int | None, one: Occurrence) -> bool:
    """Whether it has the text that the series had and has no more."""
    return old is not None and old != new and one.placement is not None and one.placement.page_id == old


@transaction.atomic
def change(
    old: Series,
    new: Series,
    channels: Collection[Channel],
    *,
    start: date | None,
    chosen: Collection[int],
    now: datetime,
    by: Any,
) -> tuple[Series, series.Made]:
    """``new`` holds the values as they shall be; ``start`` is the day it begins on, None for all that lies ahead.

    From a day on it becomes a series of its own, which takes along what stands in the plan from that day.
    ``chosen`` are occurrences that follow although somebody changed them. Conflict or NotPossible changes nothing.
    """
    if not by.has_perm(series.CHANGE):
        raise PermissionDenied
    if start is None:
        changed = Series.objects.select_for_update().get(pk=old.pk)
    else:
        Series.objects.select_for_update().get(pk=old.pk)
        if not old.occurrences.filter(on=start).exists():
            raise NotPossible(_("Somebody changed it meanwhile. Look again."))
        changed = Series(created_by=by, follows=old, paused_at=old.paused_at)
    for name in FIELDS:
        setattr(changed, name, getattr(new, name))
    if start is not None:
        changed.starts_on = max(start, new.starts_on)
    changed.save()
    changed.channels.set(channels)
    if start is not None:
        Series.objects.filter(pk=old.pk).update(until=start - timedelta(days=1))
        old.occurrences.filter(on__gte=start).update(series=changed)
    log(changed, "campaigns.series_changed", user=by)
    _follow(changed, old, channels, chosen, now, by)
    return changed, series.expand(changed, now, by=by)


def _follow(
    changed: Series, before: Series, channels: Collection[Channel], chosen: Collection[int], now: datetime, by: Any
) -> None:
    wanted = _wanted(changed, channels, now)
    gone = []
    for one in changed.occurrences.ahead(now).with_all():
        place = wanted.get((one.on, one.channel_id))
        if one.is_as_made(before.title):
            if place is None or changed.page_id is not None:  # what has a text now is made anew with it
                gone.append(one)
            else:
                _retime(changed, one, place)
        elif one.pk in chosen and not one.skipped:
            _take_along(one, place, by)
            if place is not None and _has_text_of(before.page_id, changed.page_id, one):
                _give_up(one, by)  # and is made anew with the text that the series has now
        elif place is not None:  # left where it is; it differs from the series now, and says so
            Occurrence.objects.filter(pk=one.pk).update(given_at=place.moment, day=place.day)
    series.discard(gone)


def _retime(changed: Series, one: Occurrence, place: recurrence.Occurrence) -> None:
    Placement.objects.filter(occurrence=one, page=None).update(
        due_at=place.moment,
        wall_time=clock.written(place.moment) if place.moment else "",
        note=changed.title,
        campaign=changed.campaign,
        focus_area=changed.focus_area,
        version=F("version") + 1,
    )
    Occurrence.objects.filter(pk=one.pk).update(given_at=place.moment, day=place.day)


def _give_up(one: Occurrence, by: Any) -> None:
    if one.placement is not None:
        planning.drop(one.placement, reason=_("The series has another text now."), by=by)
    one.delete()


def _take_along(one: Occurrence, place: recurrence.Occurrence | None, by: Any) -> None:
    row = one.placement
    if row is None or row.is_out:
        raise NotPossible(_("It was sent, so it cannot be left out."))
    if place is None or place.moment is None:
        return series.skip(one, by=by)
    if row.due_at == place.moment:
        return None
    planning.move(row, due_at=place.moment, latest_at=None, withdraw_at=row.withdraw_at, version=row.version, by=by)
    Occurrence.objects.filter(pk=one.pk).update(given_at=place.moment, day=place.day)


def _wanted(new: Series, channels: Collection[Channel], now: datetime) -> dict[tuple[date, int], recurrence.Occurrence]:
    today = timezone.localdate(now)
    found = recurrence.occurrences(new.recurrence, today, today + series.AHEAD + recurrence.SHIFTED)
    return {(one.on, channel.pk): one for one in found for channel in channels}
