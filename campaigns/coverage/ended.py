"""A period that has ended: the figures beside the heat map stand as they were counted then.

Every month, quarter and year since the first closed month is counted once, when it has ended, in each language; medians
of a quarter cannot be put together from those of its months. What is counted otherwise now stands beside it.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from campaigns.coverage import meanwhile, measures, written
from campaigns.coverage.definitions import VERSION
from campaigns.coverage.facts import Month, Period, month_after
from campaigns.coverage.measures import Figure, Section, Source
from campaigns.coverage.periods import quarter_of, whole_year
from campaigns.coverage.written import Stored
from campaigns.models import CoverageFigures, CoverageSnapshot
from publishing import scheduling

COMPARED_FOR = timedelta(days=400)  # what ended longer ago is history


def sections(period: Period, now: datetime) -> list[Section]:
    """Of a period that has ended, as it was counted then; of any other, as things are now or were a moment ago."""
    row = CoverageFigures.objects.filter(first=period.first, last=period.last).first()
    was, since = (written.in_language(row.figures), written.in_language(row.since or {})) if row else ({}, {})
    kept = meanwhile.of_ended(row, now) if row else meanwhile.of_open(period, now)

    def section(key: str, source: Source) -> Section:
        if row and key in was:
            return _standing(key, source, row, was[key], since.get(key, []))
        found = kept.section(key, source) if kept else None
        return found or measures.section(key, source, period, now)

    with measures.together():
        return [section(key, source) for key, source in measures.sources()]


def _standing(key: str, source: Source, row: CoverageFigures, was: list[list[Any]], since: list[list[Any]]) -> Section:
    lasting = [one for one in map(written.figure, since) if one.key in source.definitions]
    now = {(one.key, one.name): one for one in lasting if not source.definitions[one.key].momentary}
    figures = [
        _beside(one, now.get((one.key, one.name))) for one in map(written.figure, was) if one.key in source.definitions
    ]
    noticed = row.noticed_at if any(one.since for one in figures) else None
    return Section(key, source.heading(), figures, source.rows, row.closed_at, noticed)


def _beside(was: Figure, now: Figure | None) -> Figure:
    """What would be said now; of a change in its parts alone, these too."""
    if now is None or now == was:
        return was
    parts = ", ".join(f"{name}: {said}" for name, said in now.parts) if now.parts != was.parts else ""
    return replace(was, since=f"{now.said()} ({parts})" if parts else now.said())


def close_due(now: datetime) -> int:
    """Count every period that has ended and is not counted, then hold the newer ones against what is there now.

    Returns how many were counted. Harmless to repeat. A period that was missed is counted late: ``closed_at`` says so.
    """
    first = CoverageSnapshot.objects.order_by("month").values_list("month", flat=True).first()
    today = timezone.localdate(now)
    periods = list(_over(first, today)) if first else []
    periods.sort(key=lambda period: period.first - period.last)  # the longest first: the others are a part of it
    with measures.together():
        return sum(_close(period, now) or _compare(period, now, today) for period in periods)


def _over(first: date, today: date) -> Iterator[Period]:
    """Months, quarters and years that have ended, from the month that begins on ``first`` on."""
    month: Month = (first.year, first.month)
    while (one := Period.of_month(month)).last < today:
        yield one
        for longer in (quarter_of(one.last), whole_year(month[0])):
            if longer.last == one.last:
                yield longer
        month = month_after(month)


def _close(period: Period, now: datetime) -> bool:
    if CoverageFigures.objects.filter(first=period.first, last=period.last).exists():
        return False
    figures = written.in_every_language(period, now, _lasting_sources())
    growing = written.in_every_language(period, now, _growing_sources())
    with transaction.atomic():
        values = {"closed_at": now, "definitions": VERSION, "figures": figures, "growing": growing, "compared_at": now}
        row, new = CoverageFigures.objects.get_or_create(first=period.first, last=period.last, defaults=values)
        if new:
            payload = {"definitions": VERSION, "sha256": hashlib.sha256(_canonical(figures)).hexdigest()}
            scheduling.record_evidence("coverage.figures", subject=f"figures:{row}", payload=payload)
    return new


def _compare(period: Period, now: datetime, today: date) -> bool:
    """Note what would be counted otherwise now. Nothing was closed."""
    row = CoverageFigures.objects.get(first=period.first, last=period.last)
    if today - period.last <= COMPARED_FOR:
        was = _lasting(written.in_language(row.figures))
        differs = _lasting(written.count(period, now, _lasting_sources())) != was
        since = written.in_every_language(period, now, _lasting_sources()) if differs else None
        if since != row.since:
            row.since, row.noticed_at = since, now if differs else None
    elif row.growing is not None:
        return False
    row.growing = written.in_every_language(period, now, _growing_sources())
    row.compared_at = now
    row.save(update_fields=["since", "noticed_at", "growing", "compared_at"])
    return False


def _lasting_sources() -> list[tuple[str, Source]]:
    return [(key, source) for key, source in measures.sources() if not source.grows]


def _growing_sources() -> list[tuple[str, Source]]:
    return [(key, source) for key, source in meanwhile.counted_now_and_then() if source.grows]


def _lasting(stored: Stored) -> list[list[Any]]:
    """What later changes correct: not what was only true of a moment."""
    momentary = {key for key, one in measures.definitions().items() if one.momentary}
    return [figure for figures in stored.values() for figure in figures if figure[0] not in momentary]


def _canonical(figures: Any) -> bytes:
    return json.dumps(figures, sort_keys=True).encode()
