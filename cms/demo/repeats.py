"""What comes again: a series in the plan, with one slot left out and one that has words of its own."""

from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from campaigns import series, series_changes
from campaigns.models import Campaign, FocusArea, Series
from campaigns.recurrence import OnHolidays
from publishing.models import Channel

TITLE = "Cykellygter i myldretiden"


def ensure(users: Mapping[str, Any], channels: Mapping[str, Channel]) -> Iterator[str]:
    """Once; what somebody made of it stays."""
    if not Series.objects.filter(title=TITLE).exists():
        yield _series(users["planlaegger"], [channels["x"], channels["bluesky"]])


def _series(planner: Any, channels: list[Channel]) -> str:
    now, today = timezone.now(), timezone.localdate()
    year = today.year + (today > date(today.year, 12, 1))
    lights = Series(
        title=TITLE,
        campaign=Campaign.objects.filter(title="Lys på").first(),
        focus_area=FocusArea.objects.filter(key="borgervendt-kommunikation").first(),
        rule="FREQ=WEEKLY;BYDAY=TU,TH",
        at=time(16),
        starts_on=today + timedelta(days=1),
        until=date(year, 12, 20),
        on_holidays=OnHolidays.SKIP,
    )
    row, made = series_changes.begin(lights, channels, now=now, by=planner)
    slots = list(row.occurrences.with_all().select_related("series"))
    series.skip(slots[2], by=planner)
    series.reword(slots[4], by=planner)
    return f"{TITLE}: {made.slots} pladser"
