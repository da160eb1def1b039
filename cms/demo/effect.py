"""What the press wrote and what was counted elsewhere: samples, and each says so."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from campaigns import entering
from campaigns.models import FocusArea, ManualFigure, PressClipping, Unit
from campaigns.models.manual_figure import Measure
from cms.models import Story

SOURCE = "Prøvetal, opdigtet"
CLIPPINGS = (
    (3, "Prøveavisen", "Prøve: Politiet deler cykellygter ud", "positive"),
    (9, "Prøveradioen", "Prøve: Borgere mødte betjente på torvet", "neutral"),
    (16, "Prøveavisen", "Prøve: Beboere savner svar om støjen", "critical"),
)
# Months back, what is counted, how much, and of how many answers.
FIGURES: tuple[tuple[int, Measure, str, int | None], ...] = (
    (1, Measure.CALLS, "11840", None),
    (2, Measure.CALLS, "12310", None),
    (1, Measure.TIPS, "412", None),
    (1, Measure.COUNCIL, "17", None),
    (1, Measure.SURVEY, "62.5", 408),
)


def ensure(users: Mapping[str, Any]) -> Iterator[str]:
    """Once, by the verbs that people use."""
    if ManualFigure.objects.exists() or PressClipping.objects.exists():
        return
    editor, today = users["redaktor"], timezone.localdate()
    stories = list(Story.objects.live().order_by("-first_published_at")[:2])
    area = FocusArea.objects.filter(key="borgervendt-kommunikation").first()
    for number, (days, outlet, title, tone) in enumerate(CLIPPINGS):
        row = PressClipping(day=today - timedelta(days=days), outlet=outlet, title=title, tone=tone, focus_area=area)
        row.story = stories[number].page_ptr if number < len(stories) else None
        entering.save(row, by=editor)
    for back, measure, value, answers in FIGURES:
        first, last = _month(today, back)
        said: dict[str, Any] = {"measure": measure, "first": first, "last": last, "answers": answers}
        entering.save(ManualFigure(value=Decimal(value), source=SOURCE, **said), by=editor)
    first, last = _month(today, 1)
    if unit := Unit.objects.filter(key="almene-sager").first():
        tips: dict[str, Any] = {"measure": Measure.TIPS, "first": first, "last": last, "unit": unit}
        entering.save(ManualFigure(value=Decimal(58), source=SOURCE, **tips), by=editor)
    yield f"{len(CLIPPINGS)} presseklip og {ManualFigure.objects.count()} indtastede tal (opdigtede)"


def _month(today: date, back: int) -> tuple[date, date]:
    """The first and last day of the month so many before this one."""
    first = today.replace(day=1)
    for _step in range(back):
        last = first - timedelta(days=1)
        first = last.replace(day=1)
    return first, last
