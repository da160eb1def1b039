"""What periods, selections and the lines of the heat map are called, those with nothing to show among them."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from campaigns.coverage.books import Dimension, Kept, keys_of
from campaigns.coverage.facts import Month, Period, Topic
from campaigns.coverage.stories import Selection
from campaigns.models import Strategy, Unit
from publishing.models import Channel


def of_period(period: Period) -> str:
    if period.quarters() == 1:
        number = (period.first.month + 2) // 3
        return pgettext("period", "quarter %(number)s %(year)s") % {"number": number, "year": period.first.year}
    if period.quarters() == 4 and period.first.month == 1:
        return str(period.first.year)
    return f"{date_format(period.first, 'j. F Y')} – {date_format(period.last, 'j. F Y')}"


def counted_from(month: Month) -> str:
    first = date_format(date(*month, 1), "F Y")
    return _("Counted from %(month)s on: what was told earlier is not in the figures.") % {"month": first}


def of_selection(selection: Selection) -> str:
    """Nothing when it is everything."""
    found = [str(row) for row in Unit.objects.filter(pk=selection.unit)] if selection.unit else []
    found += [str(row) for row in Channel.objects.filter(pk=selection.channel)] if selection.channel else []
    kinds = ContentType.objects.filter(model=selection.kind) if selection.kind else []
    without = {"unit": _("Without a unit"), "kind": _("Without a type")}
    missing = [text for name, text in without.items() if name in selection.without]
    return ", ".join([*found, *(str(capfirst(row.name)) for row in kinds), *missing])


def names(by: Dimension, strategy: Strategy | None, kept: Kept, topics: Sequence[Topic]) -> Mapping[int | str, str]:
    """By the value that an appearance has there."""
    if by is Dimension.UNIT:
        return {unit.pk: unit.name for unit in Unit.objects.filter(pillar__strategy=strategy)}
    if by is Dimension.CHANNEL:
        return dict(Channel.objects.order_by("name").values_list("pk", "name"))
    if by is Dimension.INITIATIVE:
        told = keys_of(kept, by)
        shown = [topic for topic in topics if topic.suitable == "yes" or topic.id in told]
        return {topic.id: f"{topic.number} {topic.title}" for topic in sorted(shown, key=lambda topic: topic.number)}
    kinds = sorted(str(key) for key in keys_of(kept, by) if key)
    labels = {row.model: str(capfirst(row.name)) for row in ContentType.objects.filter(model__in=kinds)}
    return {kind: labels.get(kind, kind) for kind in kinds}
