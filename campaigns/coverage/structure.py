"""The strategy as coverage is counted against it: its focus areas with their targets, its initiatives with theirs."""

from campaigns.coverage.facts import Area, Topic
from campaigns.models import FocusArea, FocusMapping, Initiative, Strategy, Target


def areas_of(strategy: Strategy | None) -> list[Area]:
    rows = FocusArea.objects.filter(goal__strategy=strategy)
    aims: dict[int, dict[tuple[int, int], int | None]] = {}
    found = Target.objects.filter(focus_area__goal__strategy=strategy).order_by("set_at", "pk")
    for area, year, quarter, stories in found.values_list("focus_area_id", "year", "quarter", "stories"):
        aims.setdefault(area, {})[year, quarter] = stories  # the newest counts
    return [
        Area(row.pk, row.name, row.target_per_quarter, row.key, tuple(aims.get(row.pk, {}).items())) for row in rows
    ]


def topics_of(strategy: Strategy | None) -> list[Topic]:
    rows = Initiative.objects.filter(strategy=strategy).select_related("unit").prefetch_related("mappings")
    return [
        Topic(
            id=row.pk,
            number=row.number,
            title=row.title,
            suitable=row.suitable,
            confirmed=_mapped(row, FocusMapping.Status.CONFIRMED),
            proposed=_mapped(row, FocusMapping.Status.PROPOSED),
            likely=row.likely_number,
            unit=row.unit.name,
        )
        for row in rows
    ]


def _mapped(initiative: Initiative, status: str) -> frozenset[int]:
    return frozenset(row.focus_area_id for row in initiative.mappings.all() if row.status == status)
