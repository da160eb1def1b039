"""What the press wrote, as figures beside the coverage: counted from clippings that people enter."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.coverage.facts import Period
from campaigns.coverage.measures import Definition, Figure, Source, Unit, register
from campaigns.models import FocusArea, PressClipping

DEFINITIONS = {
    "clippings": Definition(
        gettext_lazy("Press clippings"),
        gettext_lazy(
            "Articles and features about us that somebody entered, by the day they came out. When none is entered for "
            "the period, nobody knows: data is missing."
        ),
    ),
    "outlets": Definition(gettext_lazy("Outlets"), gettext_lazy("Different papers, sites and stations among them.")),
    "stories_taken_up": Definition(
        gettext_lazy("Our stories in the press"),
        gettext_lazy("Different stories of ours that the clippings are about."),
    ),
}


def figures(period: Period, now: datetime) -> Sequence[Figure]:
    rows = list(
        PressClipping.objects.filter(day__range=(period.first, period.last)).values_list(
            "outlet", "tone", "focus_area_id", "story_id"
        )
    )
    if not rows:
        return [Figure(key, None) for key in DEFINITIONS]
    tones, areas = Counter(row[1] for row in rows), Counter(row[2] for row in rows if row[2])
    names = {area.pk: area.name for area in FocusArea.objects.filter(pk__in=areas)}
    tone = [(str(one.label), str(tones[one.value])) for one in PressClipping.Tone if tones[one.value]]
    about = [(names[pk], str(count)) for pk, count in areas.most_common()]
    unsaid = [(_("tone not said"), str(tones[""]))] if tones[""] and tone else []
    return [
        Figure("clippings", len(rows), Unit.COUNT, parts=(*tone, *unsaid, *about)),
        Figure("outlets", len({row[0].casefold() for row in rows})),
        Figure("stories_taken_up", len({row[3] for row in rows if row[3]})),
    ]


def install() -> None:
    register(
        "press", Source(lambda: _("Press"), figures, DEFINITIONS, order=55, rows="pressclipping:index", grows=True)
    )
