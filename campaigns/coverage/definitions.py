"""What each figure of the heat map means, in one place for page, exports and digest. The rest defines its own."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from campaigns.coverage import measures
from campaigns.coverage.measures import Definition

VERSION = 1  # goes up when a figure comes to mean something else: closed months say by which they were counted

OF_THE_TABLE = {
    "stories": Definition(
        _("Stories"),
        _(
            "One story on five channels is one story and five publications. It counts once, in the month it first went "
            "out."
        ),
    ),
    "focus_area": Definition(
        _("Focus area"), _("The primary focus area, or the one that its initiatives' confirmed mappings point to.")
    ),
    "moved": Definition(
        _("Moved"), _("Stories that count and stand at another time, on any channel, than the one first approved.")
    ),
    "closed": Definition(
        _("Closed month"),
        _(
            "A month is counted for good when it ends in Copenhagen. What changes afterwards stands beside it as a "
            "correction and never in the figure itself. Figures beside the table stand so for every month, quarter and "
            "year that has ended; what is collected for long afterwards (reach, press, effect) is as things are now. "
            "Where there is much to count, it is counted ahead, and the page says when."
        ),
    ),
    "planned": Definition(_("Planned"), _("Approved with a time, and not out yet. It stands in the month it is due.")),
    "proposed": Definition(_("Proposed"), _("Its mapping is not confirmed yet, so it is hatched and counts nowhere.")),
    "coverage": Definition(
        _("Coverage"), _("Suitable initiatives with a story in the period, of all that are suitable and confirmed.")
    ),
    "target": Definition(
        _("Target attainment"),
        _("Stories sent against the stories aimed at, by whole quarters. Without a target: neutral."),
    ),
    "gap": Definition(_("Gap"), _("No story for more than 90 days, and none planned in the next 30.")),
    "silence": Definition(_("Silence"), _("Days since the last story of a focus area or unit, whenever it was.")),
    "distribution": Definition(
        _("Distribution"),
        _("A focus area's share of the stories sent against its share of the targets. A warning above 15 points."),
    ),
}  # fmt: skip


def every() -> Iterator[dict[str, str]]:
    for key, one in {**OF_THE_TABLE, **measures.definitions()}.items():
        yield {"key": key, "label": str(one.label), "text": str(one.text)}
