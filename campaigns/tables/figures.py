"""The table of manual figures."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.importing.columns import Field
from campaigns.models import ManualFigure
from campaigns.models.manual_figure import Measure
from campaigns.tables.cells import Cells
from campaigns.tables.table import Table

FIELDS = (
    Field("measure", gettext_lazy("Measure"), ("måling", "measure", "mål", "tal", "type"), True),
    Field("first", gettext_lazy("From"), ("fra", "from", "fra dato", "start"), True),
    Field("last", gettext_lazy("To"), ("til", "to", "til dato", "slut"), True),
    Field("unit", gettext_lazy("Unit"), ("enhed", "unit", "afdeling")),
    Field("focus_area", gettext_lazy("Focus area"), ("indsatsområde", "focus area", "fokusområde")),
    Field("value", gettext_lazy("Value"), ("værdi", "value", "antal", "procent"), True),
    Field("answers", gettext_lazy("Answers"), ("svar", "answers", "antal svar")),
    Field("source", gettext_lazy("Source"), ("kilde", "source"), True),
)

NO_AREA = gettext_lazy("There is no focus area “%(name)s”.")


def read(cells: Cells) -> Any:
    known, answers = cells.known, cells.number("answers")
    said: dict[str, Any] = {
        "measure": cells.choice("measure", Measure),
        "first": cells.day("first"),
        "last": cells.day("last"),
        "unit_id": cells.named("unit", known.units, gettext_lazy("There is no unit “%(name)s”.")),
        "focus_area_id": cells.named("focus_area", known.focus_areas, NO_AREA),
        "value": cells.number("value"),
        "answers": int(answers) if answers is not None and answers > 0 else None,
        "source": cells.text("source"),
    }
    return ManualFigure(**said)


def faults(row: ManualFigure) -> dict[str, Any]:
    return row.faults(timezone.localdate())


def twin(row: ManualFigure) -> ManualFigure | None:
    return ManualFigure.objects.filter(identity=row.named()).first()


def shown(row: ManualFigure) -> str:
    """With the number: a point or a comma in the file decides how much it is."""
    return f"{row}: {row.said()}"


def clash(one: ManualFigure, other: ManualFigure) -> bool:
    return one.rivals(other)


def examples(today: date) -> Sequence[Sequence[Any]]:
    last = today.replace(day=1) - timedelta(days=1)
    first = last.replace(day=1)
    return [
        [str(Measure.CALLS.label), first, last, "", "", 1234, "", _("Statistics of the service centre")],
        [str(Measure.SURVEY.label), first, last, "", "", "62,5", 410, _("The safety survey")],
    ]


TABLE = Table(
    "figures",
    "campaigns.add_manualfigure",
    FIELDS,
    read,
    faults,
    twin,
    clash,
    ("first", "last", "value", "answers", "source"),
    examples,
    shown,
)
