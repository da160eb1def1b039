"""How good it was: can everybody get it, is it easy to read, what was overridden and what had to be put right."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.coverage import Period
from campaigns.coverage.measures import Definition, Figure, Source, Unit, middle, once, register
from cms import readings
from cms.measures.sent import first_sent
from cms.models.approvals import Approval
from cms.models.corrections import Correction
from cms.models.overrides import Override
from cms.models.removals import Removal

AT_ONCE = 1000  # of what is read anew
DEFINITIONS = {
    "quality_alt": Definition(
        gettext_lazy("Images with alternative text"),
        gettext_lazy("Of the images in what the public first got in the period; decorative ones are not counted."),
    ),
    "quality_captions": Definition(
        gettext_lazy("Videos with captions"),
        gettext_lazy(
            "Of the videos in what the public first got in the period; those in which nothing is said, or whose words "
            "stand in the picture, are not counted."
        ),
    ),
    "quality_lix": Definition(
        gettext_lazy("Readability (LIX), median"),
        gettext_lazy(
            "Words in a sentence plus the share of long words. Below 45 is readable for most. Texts of fewer than "
            "forty words have none."
        ),
    ),
    "quality_overrides": Definition(
        gettext_lazy("Checks overridden"),
        gettext_lazy(
            "How often somebody let a text pass a publication rule, with a reason, by the number of the check."
        ),
    ),
    "quality_corrections": Definition(
        gettext_lazy("Corrections"), gettext_lazy("Notes of what was wrong that were published in the period.")
    ),
    "quality_removals": Definition(
        gettext_lazy("Removals"), gettext_lazy("Content that was to be taken down everywhere, by cause.")
    ),
}


def figures(period: Period, now: datetime) -> Sequence[Figure]:
    days = (period.first, period.last)
    read = once("readings", period, lambda: list(_readings(period)))
    images = {(sha256, has) for one in read for sha256, has in one["images"]}
    videos = {(sha256, has) for one in read for sha256, has in one["videos"]}
    lix = [one["lix"] for one in read if one["lix"] is not None]
    checks = Counter(Override.objects.filter(at__date__range=days).values_list("check_id", flat=True))
    causes = Counter(Removal.objects.filter(at__date__range=days).values_list("cause", flat=True))
    named = tuple((str(Removal.Cause(cause).label), str(count)) for cause, count in sorted(causes.items()))
    return [
        Figure("quality_alt", sum(1 for _hash, has in images if has), Unit.SHARE, len(images)),
        Figure("quality_captions", sum(1 for _hash, has in videos if has), Unit.SHARE, len(videos)),
        Figure("quality_lix", middle(lix), Unit.NUMBER, len(lix)),
        Figure("quality_overrides", checks.total(), parts=tuple((key, str(n)) for key, n in sorted(checks.items()))),
        Figure("quality_corrections", Correction.objects.filter(at__date__range=days).count()),
        Figure("quality_removals", causes.total(), parts=named),
    ]


def _readings(period: Period) -> Iterator[dict[str, Any]]:
    """Of what was last approved of each content."""
    rows = Approval.objects.filter(page_id__in=first_sent(period)).order_by("at", "pk")
    latest = {page: (pk, reading) for page, pk, reading in rows.values_list("page_id", "pk", "reading")}
    unread = [pk for pk, reading in latest.values() if not _holds(reading)]
    yield from (reading for _pk, reading in latest.values() if _holds(reading))
    for start in range(0, len(unread), AT_ONCE):
        some = Approval.objects.filter(pk__in=unread[start : start + AT_ONCE])
        yield from map(readings.of, some.values_list("messages", flat=True))


def _holds(reading: dict[str, Any] | None) -> bool:
    return reading is not None and reading["version"] == readings.VERSION


def install() -> None:
    register("quality", Source(lambda: _("Quality"), figures, DEFINITIONS, order=30))
