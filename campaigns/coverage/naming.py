"""What the lines of the heat map are called, those with nothing to show among them."""

from collections.abc import Mapping, Sequence

from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst

from campaigns.coverage.facts import Appearance, Topic
from campaigns.coverage.splits import Dimension
from campaigns.models import Strategy, Unit
from publishing.models import Channel


def names(
    by: Dimension, strategy: Strategy | None, appearances: Sequence[Appearance], topics: Sequence[Topic]
) -> Mapping[int | str, str]:
    """By the value that an appearance has there."""
    if by is Dimension.UNIT:
        return {unit.pk: unit.name for unit in Unit.objects.filter(pillar__strategy=strategy)}
    if by is Dimension.CHANNEL:
        return dict(Channel.objects.order_by("name").values_list("pk", "name"))
    if by is Dimension.INITIATIVE:
        told = {one for appearance in appearances for one in appearance.initiatives}
        shown = [topic for topic in topics if topic.suitable == "yes" or topic.id in told]
        return {topic.id: f"{topic.number} {topic.title}" for topic in sorted(shown, key=lambda topic: topic.number)}
    kinds = sorted({one.kind for one in appearances if one.kind})
    labels = {row.model: str(capfirst(row.name)) for row in ContentType.objects.filter(model__in=kinds)}
    return {kind: labels.get(kind, kind) for kind in kinds}
