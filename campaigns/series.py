"""A series in the plan: its slots are made 90 days ahead, and each can be left out, put back or given words of its own.

Made once and never again: what was moved, skipped or reworded stays as somebody left it, however often this runs.
"""

import logging
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from campaigns import clock, closed_times, conflicts, contents, drafts, planning, recurrence
from campaigns.models import Occurrence, Placement, Series
from campaigns.planning import Conflict
from campaigns.signals import placement_timed
from publishing.models import Channel, State
from publishing.scheduling import NotPossible, Refused

logger = logging.getLogger(__name__)
AHEAD = timedelta(days=90)
CHANGE = "campaigns.change_series"


@dataclass
class Made:
    """How many slots are new, and why some of them were left without the text of the series."""

    slots: int = 0
    why: list[str] = field(default_factory=list)


@transaction.atomic
def expand(series: Series, now: datetime, *, by: Any) -> Made:
    """Make the slots of the next 90 days that are not there yet. Again is harmless."""
    made = Made()
    series = Series.objects.select_for_update().get(pk=series.pk)  # one at a time: a beat and somebody who saves
    if series.paused_at is not None or series.ended_at is not None:
        return made
    today = timezone.localdate(now)
    known = set(series.occurrences.filter(on__gte=today - 2 * recurrence.SHIFTED).values_list("on", "channel_id"))
    channels = list(series.channels.all())
    new = [
        (one, channel)
        for one in recurrence.occurrences(series.recurrence, today, today + AHEAD)
        for channel in channels
        if channel.retired_at is None and (one.moment is None or one.moment > now) and (one.on, channel.pk) not in known
    ]
    rows = Placement.objects.bulk_create(_slot(series, channel, one.moment, by) for one, channel in new)
    Occurrence.objects.bulk_create(
        Occurrence(series=series, channel=channel, on=one.on, day=one.day, given_at=one.moment, placement=row)
        for (one, channel), row in zip(new, rows, strict=True)
    )
    made.slots = len(rows)
    if series.page_id is not None:
        made.why = [sentence for row in rows for sentence in _fill(series, row, now, by)]
    return made


def _slot(series: Series, channel: Channel, moment: datetime | None, by: Any) -> Placement:
    return Placement(
        channel=channel,
        campaign_id=series.campaign_id,
        focus_area_id=series.focus_area_id,
        due_at=moment,
        wall_time=clock.written(moment) if moment else "",
        note=series.title,
        created_by=by,
    )


def _fill(series: Series, row: Placement, now: datetime, by: Any) -> list[str]:
    """The text of the series goes into a slot, planned at once when it is approved; else why the slot stays empty."""
    page = series.page_id
    if page is None or row.due_at is None:
        return []
    row.page_id = page
    found = conflicts.of_time(row.channel, row.due_at, now, closed_times.for_placement(row, row.channel, now))
    found += conflicts.of_gap(row.channel, row.due_at, Placement.objects.taken(row.channel).exclude(pk=row.pk))
    found += conflicts.of_repeat(row.channel, row.due_at, elsewhere(page, row.channel))
    found += contents.obstacles(page, row.channel, row.due_at)
    if found:
        return found[:1]
    try:
        with transaction.atomic():
            Placement.objects.filter(pk=row.pk).update(page_id=page, version=F("version") + 1)
            row.refresh_from_db()
            placement_timed.send(Placement, placement=row, by=by)
    except Refused as error:
        return [str(problem.message) for problem in error.problems][:1]
    except NotPossible as error:
        return [error.summary]
    return []


def elsewhere(page_id: int, channel: Channel) -> list[datetime]:
    """When this content goes, or went, to this channel."""
    rows = Placement.objects.of_page(page_id).filter(channel=channel, due_at__isnull=False)
    rows = rows.exclude(delivery__state__in=(State.CANCELLED, State.WITHDRAWN, State.FAILED, State.MISSED))
    return [moment for moment in rows.values_list("due_at", flat=True) if moment is not None]


def expand_all(now: datetime) -> int:
    """Every running series, each by whoever made it. Tells how many slots are new.

    One that fails stops none of the others; what failed is raised when all have had their turn.
    """
    slots, failed = 0, []
    for series in Series.objects.running(timezone.localdate(now)).select_related("created_by"):
        try:
            slots += expand(series, now, by=series.created_by).slots
        except Exception as error:
            logger.exception("series %s could not be expanded", series.pk)
            failed.append(error)
    if failed:
        raise ExceptionGroup("Some series could not be expanded.", failed)
    return slots


def skip(occurrence: Occurrence, *, by: Any) -> None:
    """It is left out, and stays so. NotPossible for what was sent."""
    _ensure(by)
    with transaction.atomic():
        occurrence = _held(occurrence)
        row = occurrence.placement
        if row is not None and row.is_out:
            raise NotPossible(_("It was sent, so it cannot be left out."))
        if row is not None and row.cancelled_at is None:
            planning.drop(row, reason=_("Left out of the series."), by=by)
        Occurrence.objects.filter(pk=occurrence.pk).update(skipped_at=timezone.now())
    log(occurrence.series, "campaigns.occurrence_skipped", user=by, data=_said(occurrence))


def unskip(occurrence: Occurrence, now: datetime, *, by: Any) -> None:
    """Put back where the series had it, with the words it had; again is harmless. Conflict when that time has passed
    or cannot be used."""
    _ensure(by)
    with transaction.atomic():
        occurrence = _held(occurrence)
        if occurrence.skipped:
            _put_back(occurrence, now, by)


def _put_back(occurrence: Occurrence, now: datetime, by: Any) -> None:
    series, before, channel = occurrence.series, occurrence.placement, occurrence.channel
    moment, page = occurrence.given_at, before.page_id if before else None
    if (moment is None and occurrence.day < timezone.localdate(now)) or (moment is not None and moment < now):
        raise Conflict([_("This time has passed.")])
    if page is not None and moment is not None:
        asked = Placement(page_id=page, channel=channel)
        found = conflicts.of_time(channel, moment, now, closed_times.for_placement(asked, channel, now))
        found += conflicts.of_gap(channel, moment, Placement.objects.taken(channel))
        if found:
            raise Conflict(found)
    row = _slot(series, channel, moment, by)
    row.page_id = page
    row.save()
    Occurrence.objects.filter(pk=occurrence.pk).update(placement=row, skipped_at=None)
    if page is not None and moment is not None:
        placement_timed.send(Placement, placement=row, by=by)
    log(series, "campaigns.occurrence_put_back", user=by, data=_said(occurrence))


def reword(occurrence: Occurrence, *, by: Any) -> int:
    """A draft of its own for this slot alone, tagged as the series is. The id of its page."""
    _ensure(by)
    with transaction.atomic():
        return _reword(_held(occurrence), by)


def _reword(occurrence: Occurrence, by: Any) -> int:
    row, series = occurrence.placement, occurrence.series
    if row is None or occurrence.skipped or row.is_out:
        raise NotPossible(_("Only what still stands in the plan can be given words of its own."))
    if occurrence.reworded:
        raise NotPossible(_("It has words of its own already."))
    wanted = drafts.Wanted(series.title, focus_area=series.focus_area_id, campaign=series.campaign_id)
    page = drafts.write(wanted, by)
    if row.page_id is not None:  # the text of the series is given up here, with all that was planned of it
        planning.drop(row, reason=_("It gets words of its own."), by=by)
        own = _slot(series, row.channel, row.due_at, by)
        own.page_id = page
        own.save()
        Occurrence.objects.filter(pk=occurrence.pk).update(placement=own)
    else:
        Placement.objects.filter(pk=row.pk).update(page_id=page, version=F("version") + 1)
    log(series, "campaigns.occurrence_reworded", user=by, data=_said(occurrence))
    return page


def pause(series: Series, *, by: Any) -> None:
    """No new slots come; those that stand in the plan stay."""
    _ensure(by)
    Series.objects.filter(pk=series.pk, paused_at=None).update(paused_at=timezone.now())
    log(series, "campaigns.series_paused", user=by)


def resume(series: Series, now: datetime, *, by: Any) -> Made:
    """It goes on; the slots that are missing ahead are made."""
    _ensure(by)
    Series.objects.filter(pk=series.pk).update(paused_at=None)
    log(series, "campaigns.series_resumed", user=by)
    return expand(series, now, by=by)


@transaction.atomic
def end(series: Series, now: datetime, *, drop_empty: bool, by: Any) -> tuple[int, int]:
    """Nothing more comes of it. How many empty slots were taken out of the plan, and how many things stand there."""
    _ensure(by)
    Series.objects.filter(pk=series.pk, ended_at=None).update(ended_at=now)
    rows = [one for one in series.occurrences.ahead(now).with_all() if not one.skipped]
    empty = [one for one in rows if one.untouched] if drop_empty else []
    discard(empty)
    log(series, "campaigns.series_ended", user=by, data={"dropped": len(empty)})
    return len(empty), len(rows) - len(empty)


def discard(untouched: list[Occurrence]) -> None:
    """Empty slots as the series made them leave no trace; one that somebody filled meanwhile stays."""
    rows = Placement.objects.select_for_update(no_key=True).filter(pk__in=[one.placement_id for one in untouched])
    empty = list(rows.filter(page=None).values_list("pk", flat=True))
    Occurrence.objects.filter(placement__in=empty).delete()
    Placement.objects.filter(pk__in=empty).delete()


def _held(occurrence: Occurrence) -> Occurrence:
    """As it is now, and nobody else changes it until we are done: two may press at once."""
    # Held first and read then: what is joined to a row that was waited for would be as it was before the wait.
    Occurrence.objects.select_for_update(no_key=True).get(pk=occurrence.pk)
    return Occurrence.objects.with_all().select_related("series").get(pk=occurrence.pk)


def _ensure(by: Any) -> None:
    if not by.has_perm(CHANGE):
        raise PermissionDenied


def _said(occurrence: Occurrence) -> dict[str, str]:
    day: date = occurrence.day
    return {"day": day.isoformat(), "channel": occurrence.channel.name}
