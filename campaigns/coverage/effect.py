"""What was counted or asked elsewhere, beside the coverage. It says what happened, and never that we were the cause.

A figure counts in a report when its whole period lies inside the report's. The district's own figures make the number;
those of a unit or a focus area stand below it and are not added to it.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils.formats import date_format, number_format
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.clock import COPENHAGEN
from campaigns.coverage.facts import Period
from campaigns.coverage.measures import Definition, Figure, Source, Unit, register
from campaigns.models import ManualFigure
from campaigns.models.manual_figure import SHARES, Measure

BESIDE = gettext_lazy("It says what happened in the period, and proves nothing about why.")
TEXTS = {
    Measure.COUNCIL: gettext_lazy("What members of the citizens' council told us, as counted by whoever entered it."),
    Measure.CALLS: gettext_lazy("Calls to 114 in the district."),
    Measure.TIPS: gettext_lazy("Tips from the public."),
    Measure.SURVEY: gettext_lazy("The latest survey of the period: the share that its source names, of all answers."),
}


DEFINITIONS = {str(one): Definition(one.label, format_lazy("{} {}", TEXTS[one], BESIDE)) for one in Measure}


def figures(period: Period, now: datetime) -> Sequence[Figure]:
    rows = ManualFigure.objects.filter(first__gte=period.first, last__lte=period.last)
    found = list(rows.select_related("unit", "focus_area").order_by("last", "pk"))
    today = now.astimezone(COPENHAGEN).date()
    return [of_measure(one, [row for row in found if row.measure == one], period, today) for one in Measure]


def of_measure(measure: Measure, rows: Sequence[ManualFigure], period: Period, today: date) -> Figure:
    """Pure but for the language."""
    whole = [row for row in rows if row.unit_id is None and row.focus_area_id is None]
    if measure in SHARES:
        return _share(measure, rows, whole)
    value = float(sum(row.value for row in whole)) if whole else None
    missing = _days_missing(whole, period, today) if whole else 0
    gap = ngettext("%(count)s day", "%(count)s days", missing) % {"count": missing}
    below = [(_("Data is missing for"), gap)] if missing else []
    return Figure(str(measure), value, Unit.COUNT, parts=(*below, *_parts(row for row in rows if row not in whole)))


def _share(measure: Measure, rows: Sequence[ManualFigure], whole: Sequence[ManualFigure]) -> Figure:
    parts = tuple((f"{row.source}, {_about(row)}", _as_share(row).said()) for row in reversed(rows))
    if not whole:
        return Figure(str(measure), None, Unit.SHARE, parts=parts)
    latest = _as_share(whole[-1])
    return Figure(str(measure), latest.value, Unit.SHARE, latest.of, parts)


def _as_share(row: ManualFigure) -> Figure:
    return Figure(str(row.measure), float(row.value) * (row.answers or 0) / 100, Unit.SHARE, row.answers)


def _about(row: ManualFigure) -> str:
    names = [place.name for place in (row.unit, row.focus_area) if place]
    return ", ".join([*names, date_format(row.last, "d.m.Y")])


def _parts(rows: Iterable[ManualFigure]) -> list[tuple[str, str]]:
    """What was counted for each unit and focus area."""

    def place(row: ManualFigure) -> str:
        return ", ".join(found.name for found in (row.unit, row.focus_area) if found)

    ordered = sorted(rows, key=place)
    return [
        (name, number_format(sum(row.value for row in group), 0, force_grouping=True))
        for name, group in groupby(ordered, place)
    ]


def _days_missing(rows: Sequence[ManualFigure], period: Period, today: date) -> int:
    """Days of the period that are over and that no figure tells of."""
    last = min(period.last, today - timedelta(days=1))
    told = {row.first + timedelta(days=day) for row in rows for day in range(row.days)}
    return sum(period.first + timedelta(days=day) not in told for day in range(max(0, (last - period.first).days + 1)))


def install() -> None:
    register(
        "effect",
        Source(
            lambda: _("Effect: beside us, not because of us"),
            figures,
            DEFINITIONS,
            order=60,
            rows="manualfigure:index",
            grows=True,
        ),
    )
