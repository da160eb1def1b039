"""How good it was: can everybody get it, is it easy to read, what was overridden and what had to be put right."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.coverage import Period
from campaigns.coverage.measures import Definition, Figure, Source, Unit, middle, register
from cms import readability
from cms.measures.sent import first_sent
from cms.models.approvals import Approval
from cms.models.corrections import Correction
from cms.models.overrides import Override
from cms.models.removals import Removal

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
    media: set[tuple[str, bool]] = set()
    videos: set[tuple[str, bool]] = set()
    lix = []
    for messages in _approved(period):
        media |= {
            (item["sha256"], bool(item["alt"].strip()))
            for message in messages.values()
            for item in message.get("media", ())
            if not item.get("decorative")
        }
        videos |= {
            (video["sha256"], bool(video["captions"].strip()))
            for video in (message["video"] for message in messages.values() if "video" in message)
            if not (video["speechless"] or video["in_picture"])
        }
        reading = readability.read(max((message.get("text", "") for message in messages.values()), key=len, default=""))
        if reading.words >= readability.FEWEST:
            lix.append(reading.lix)
    checks = Counter(Override.objects.filter(at__date__range=days).values_list("check_id", flat=True))
    causes = Counter(Removal.objects.filter(at__date__range=days).values_list("cause", flat=True))
    named = tuple((str(Removal.Cause(cause).label), str(count)) for cause, count in sorted(causes.items()))
    return [
        Figure("quality_alt", sum(1 for _hash, has_alt in media if has_alt), Unit.SHARE, len(media)),
        Figure("quality_captions", sum(1 for _hash, has in videos if has), Unit.SHARE, len(videos)),
        Figure("quality_lix", middle(lix), Unit.NUMBER, len(lix)),
        Figure("quality_overrides", checks.total(), parts=tuple((key, str(n)) for key, n in sorted(checks.items()))),
        Figure("quality_corrections", Correction.objects.filter(at__date__range=days).count()),
        Figure("quality_removals", causes.total(), parts=named),
    ]


def _approved(period: Period) -> Iterator[dict[str, Any]]:
    """What was last approved of each content, by channel."""
    seen = set()
    rows = Approval.objects.filter(page_id__in=first_sent(period)).order_by("-at", "-pk")
    for page, messages in rows.values_list("page_id", "messages").iterator():
        if page not in seen:
            seen.add(page)
            yield messages


def install() -> None:
    register("quality", Source(lambda: _("Quality"), figures, DEFINITIONS, order=30))
