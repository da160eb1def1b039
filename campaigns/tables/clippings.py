"""The table of press clippings."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.importing import values
from campaigns.importing.columns import Field
from campaigns.models import PressClipping
from campaigns.tables.cells import Cells
from campaigns.tables.table import Table

FIELDS = (
    Field("day", gettext_lazy("Date"), ("dato", "date", "dag", "day"), True),
    Field("outlet", gettext_lazy("Outlet"), ("medie", "outlet", "avis", "kilde"), True),
    Field("title", gettext_lazy("Title"), ("titel", "title", "overskrift", "headline"), True),
    Field("link", gettext_lazy("Link"), ("link", "adresse", "url")),
    Field("story", gettext_lazy("Our story"), ("vores historie", "our story", "historie", "story")),
    Field("initiative", gettext_lazy("Initiative"), ("initiativ", "initiative", "initiativnr")),
    Field("focus_area", gettext_lazy("Focus area"), ("indsatsområde", "focus area", "fokusområde")),
    Field("tone", gettext_lazy("Tone"), ("tone", "vinkel")),
)
NO_STORY = gettext_lazy("There is no story “%(name)s”. Leave it empty and choose it afterwards.")
MANY_STORIES = gettext_lazy("%(count)s texts are called “%(name)s”. Leave it empty and choose it afterwards.")
NO_INITIATIVE = gettext_lazy("There is no initiative with the number %(name)s.")
MANY_INITIATIVES = gettext_lazy("%(name)s is the number of %(count)s initiatives. Leave it out and choose it here.")
NO_AREA = gettext_lazy("There is no focus area “%(name)s”.")


def read(cells: Cells) -> PressClipping:
    known = cells.known
    story, number = cells.text("story").casefold(), values.number(cells.text("initiative"))
    said: dict[str, Any] = {
        "day": cells.day("day"),
        "outlet": cells.text("outlet"),
        "title": cells.text("title"),
        "link": cells.text("link"),
        "tone": cells.choice("tone", PressClipping.Tone),
        "story_id": cells.one_of("story", known.stories.get(story, []), NO_STORY, MANY_STORIES),
        "initiative_id": cells.one_of("initiative", known.initiatives.get(number, []), NO_INITIATIVE, MANY_INITIATIVES),
        "focus_area_id": cells.named("focus_area", known.focus_areas, NO_AREA),
    }
    return PressClipping(**said)


def faults(row: PressClipping) -> dict[str, Any]:
    return {"day": _("The day has not come yet.")} if row.day > timezone.localdate() else {}


def twin(row: PressClipping) -> PressClipping | None:
    return PressClipping.objects.filter(day=row.day, outlet=row.outlet, title=row.title).first()


def clash(one: PressClipping, other: PressClipping) -> bool:
    return (one.day, one.outlet, one.title) == (other.day, other.outlet, other.title)


def examples(today: date) -> Sequence[Sequence[Any]]:
    title, tone = _("The police hand out lights to cyclists"), str(PressClipping.Tone.POSITIVE.label)
    return [[today, _("The local paper"), title, "https://example.org/artikel", "", "1132", "", tone]]


TABLE = Table(
    "clippings", "campaigns.add_pressclipping", FIELDS, read, faults, twin, clash,
    ("link", "story_id", "initiative_id", "focus_area_id", "tone"), examples,
)  # fmt: skip
