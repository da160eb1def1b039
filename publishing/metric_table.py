"""The figures of one post as a table over time: newest first, a column for whatever was ever told. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from publishing.models import MetricSnapshot

# Names of ours, in the order in which they are shown. "Told" by a platform is what has a name here, or shows its own.
NAMES: dict[str, str | Promise] = {
    "unique_reach": _("Reach"),
    "reach": _("Reach"),
    "impressions": _("Impressions"),
    "views": _("Views"),
    "likes": _("Likes"),
    "reposts": _("Reposts"),
    "shares": _("Shares"),
    "replies": _("Replies"),
    "quotes": _("Quotes"),
    "bookmarks": _("Bookmarks"),
    "link_clicks": _("Link clicks"),
}
MOST = 12  # rows shown; the rest is in between and tells nothing new


@dataclass(frozen=True)
class Table:
    """``rows`` hold None where the platform did not tell. ``earlier`` is how many rows are not shown."""

    names: list[str]
    rows: list[tuple[datetime, list[int | None]]]
    earlier: int


def of(snapshots: Sequence[MetricSnapshot]) -> Table:
    told = {name for row in snapshots for name in row.figures}
    keys = [name for name in NAMES if name in told] + sorted(told - set(NAMES))
    rows = sorted(snapshots, key=lambda row: row.at, reverse=True)
    shown = rows if len(rows) <= MOST else [*rows[: MOST - 1], rows[-1]]
    return Table(
        [str(NAMES.get(name, name)) for name in keys],
        [(row.at, [row.figures.get(name) for name in keys]) for row in shown],
        len(rows) - len(shown),
    )
