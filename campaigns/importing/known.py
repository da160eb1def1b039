"""What the rows of a plan can name, read once: channels, campaigns, initiatives, focus areas, and taken times."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from campaigns import closed_times
from campaigns.importing import values
from campaigns.models import Campaign, FocusArea, Initiative, Placement, Strategy, Unit
from campaigns.topics import Topic
from campaigns.windows import Window
from publishing.models import Channel


class Known:
    """Names are met whatever their case. The strategy in force comes first where a name stands in several years."""

    def __init__(self) -> None:
        self._taken: dict[int, list[datetime]] = {}

    @cached_property
    def channels(self) -> dict[str, Channel]:
        found: dict[str, Channel] = {}
        for channel in Channel.objects.usable():
            found |= {channel.slug.casefold(): channel, channel.name.casefold(): channel}
        return found

    @cached_property
    def campaigns(self) -> dict[str, int]:
        rows = Campaign.objects.order_by("starts_on").values_list("title", "pk")
        return {title.casefold(): pk for title, pk in rows}

    @cached_property
    def _years(self) -> list[int]:
        """Strategies by id, the one that counts last."""
        return list(Strategy.objects.order_by("year").values_list("pk", flat=True))

    @cached_property
    def focus_areas(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for area in FocusArea.objects.order_by("goal__strategy__year"):
            found |= {name.casefold(): area.pk for name in (area.name_da, area.name_en, area.key) if name}
        return found

    @cached_property
    def units(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for unit in Unit.objects.order_by("pillar__strategy__year"):
            found |= {name.casefold(): unit.pk for name in (unit.name_da, unit.name_en, unit.key) if name}
        return found

    @cached_property
    def stories(self) -> dict[str, list[int]]:
        """Content that has ever had a place in the plan, by its title."""
        found: dict[str, list[int]] = {}
        planned = Placement.objects.filter(page__isnull=False).order_by()
        for title, pk in planned.values_list("page__draft_title", "page_id").distinct():
            found.setdefault(title.casefold(), []).append(pk)
        return found

    @cached_property
    def initiatives(self) -> dict[str, list[int]]:
        """Number as printed to all of the newest year that bear it: 1191 stands in two units."""
        found: dict[str, list[tuple[int, int]]] = {}
        for pk, number, strategy in Initiative.objects.values_list("pk", "number", "strategy_id"):
            found.setdefault(values.number(number), []).append((self._years.index(strategy), pk))
        return {number: [pk for year, pk in rows if year == max(rows)[0]] for number, rows in found.items()}

    @cached_property
    def closed(self) -> list[Window]:
        return closed_times.ahead(timezone.now())

    def topic(self, focus_area: int | None, initiatives: Iterable[int], text: str) -> Topic:
        """What a row would be about; not asked for while nothing is closed."""
        if not self.closed:
            return Topic()
        area, numbers = self._area_keys.get(focus_area or 0, ""), self._numbers
        return Topic(focus_area=area, initiatives=frozenset(numbers[pk] for pk in initiatives), text=text)

    @cached_property
    def _area_keys(self) -> dict[int, str]:
        return dict(FocusArea.objects.values_list("pk", "key"))

    @cached_property
    def _numbers(self) -> dict[int, str]:
        return dict(Initiative.objects.values_list("pk", "number"))

    def taken(self, channel: Channel) -> list[datetime]:
        """Times from now on that are taken on a channel; those of the file itself are added as they are read."""
        if channel.pk not in self._taken:
            rows = Placement.objects.taken(channel).filter(due_at__gte=timezone.now() - channel.gap_span)
            self._taken[channel.pk] = [moment for moment in rows if moment is not None]
        return self._taken[channel.pk]

    def stands(self, title: str, due_at: datetime | None, channel: Channel) -> bool:
        """Whether the plan has this already, however it came there."""
        return (title, due_at, channel.pk) in self._standing

    @cached_property
    def _standing(self) -> set[Any]:
        rows = Placement.objects.active().filter(due_at__gte=timezone.now())
        found = rows.values_list("page__draft_title", "note", "page_id", "due_at", "channel_id")
        return {(title if page else note, due, channel) for title, note, page, due, channel in found}
