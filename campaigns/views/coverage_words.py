"""What the lines and months of the coverage are called, and a correction in words."""

from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext as _

from campaigns import badges
from campaigns.coverage import Dimension, Month
from campaigns.coverage.corrections import Change


def labels() -> dict[Dimension, str]:
    """What a line of the table is."""
    return {
        Dimension.AREA: _("Focus area"),
        Dimension.UNIT: _("Unit"),
        Dimension.INITIATIVE: _("Initiative"),
        Dimension.CHANNEL: _("Channel"),
        Dimension.KIND: _("Type"),
    }


def caption(by: Dimension) -> str:
    return {
        Dimension.AREA: _("Stories by focus area and month"),
        Dimension.UNIT: _("Stories by unit and month"),
        Dimension.INITIATIVE: _("Stories by initiative and month"),
        Dimension.CHANNEL: _("Stories by channel and month"),
        Dimension.KIND: _("Stories by type and month"),
    }[by]


def month_name(year: int, month: int) -> str:
    return f"{MONTHS[month]} {year}"


def heading(month: Month, one_year: bool, wide: bool) -> str:
    name = str((MONTHS_3 if wide else MONTHS)[month[1]])
    return name if one_year else f"{name} {month[0]}"


def said(change: Change) -> str:
    """What a correction would add to the figure: "+1 sent, −1 not sent in time"."""
    marks = {"proposed": _("proposed"), "dry": _("dry run")}
    words = [
        (count, f"{badges.of_fate(fate).label} ({marks[mark]})" if mark else badges.of_fate(fate).label)
        for (mark, fate), count in change.stories.items()
    ]
    return ", ".join(f"{'+' if count > 0 else '−'}{abs(count)} {word}" for count, word in words)
