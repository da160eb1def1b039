"""Stories counted: by focus area and month, by initiative, against targets, with what is silent. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from campaigns.coverage.facts import Appearance, Area, Fate, Month, Period, Rules, Story, Topic, month_of
from campaigns.coverage.stories import find, published, told


@dataclass
class Tally:
    """Stories by fate: those that count, and those that are told apart."""

    counted: Counter[Fate] = field(default_factory=Counter)
    dry: Counter[Fate] = field(default_factory=Counter)
    proposed: Counter[Fate] = field(default_factory=Counter)

    def add(self, story: Story) -> None:
        {"": self.counted, "dry": self.dry, "proposed": self.proposed}[story.mark][story.fate] += 1

    def __bool__(self) -> bool:
        return bool(self.counted or self.dry or self.proposed)


@dataclass
class AreaRow:
    area: Area | None  # None: stories that belong to no focus area
    months: dict[Month, Tally]
    total: Tally
    publications: int
    target: int | None
    last: datetime | None
    next: datetime | None
    gap: bool
    relevant: int  # suitable initiatives whose mapping is confirmed
    covered: int  # of those, with a publication in the period
    unconfirmed: int  # suitable initiatives that are only proposed for it


@dataclass
class TopicRow:
    topic: Topic
    stories: int  # with a publication in the period
    last: datetime | None
    next: datetime | None
    gap: bool


@dataclass
class Coverage:
    period: Period
    now: datetime
    rules: Rules
    areas: list[AreaRow]
    without: AreaRow
    total: AreaRow
    topics: list[TopicRow]
    stories: list[Story]  # all of them, whenever

    def gaps(self) -> list[TopicRow]:
        """Suitable initiatives that nobody has heard of for long and will not soon."""
        return [row for row in self.topics if row.gap]


def cover(
    appearances: Sequence[Appearance],
    areas: Sequence[Area],
    topics: Sequence[Topic],
    *,
    period: Period,
    now: datetime,
    rules: Rules = Rules(),  # noqa: B008 (frozen)
    targets: bool = True,
) -> Coverage:
    """The whole report. ``targets`` is False when the appearances are a selection that no target was meant for."""
    stories = told(appearances, [area.id for area in areas], topics)
    rows = [_row(area, stories, topics, period, now, rules, targets) for area in areas]
    none = _row(None, [story for story in stories if story.area is None], topics, period, now, rules, False)
    total = _row(None, stories, topics, period, now, rules, False)
    aims = [row.target for row in rows if row.target is not None]
    total.target = sum(aims) if aims else None
    topic_rows = [_topic_row(topic, stories, period, now, rules) for topic in topics]
    return Coverage(period, now, rules, rows, none, total, topic_rows, stories)


def _row(
    area: Area | None,
    stories: Sequence[Story],
    topics: Sequence[Topic],
    period: Period,
    now: datetime,
    rules: Rules,
    targets: bool,
) -> AreaRow:
    mine = [story for story in stories if area is None or story.area == area.id]
    months, total = tallied(mine, period)
    counting = [story for story in mine if not story.mark]
    last, coming = last_of(counting, now), next_of(counting)
    relevant = [topic for topic in topics if _serves(topic, area, topic.confirmed)]
    return AreaRow(
        area=area,
        months=months,
        total=total,
        publications=sum(1 for story in counting for one in published(story) if period.holds(one.at)),
        target=area.aim(period) if area and targets else None,
        last=last,
        next=coming,
        gap=_is_gap(last, coming, now, rules),
        relevant=len(relevant),
        covered=sum(1 for topic in relevant if _told_in(topic, stories, period)),
        unconfirmed=sum(1 for topic in topics if _serves(topic, area, topic.proposed) and topic not in relevant),
    )


def tallied(stories: Iterable[Story], period: Period) -> tuple[dict[Month, Tally], Tally]:
    """Those that count in the period, by month and in all."""
    months, total = {month: Tally() for month in period.months()}, Tally()
    for story in stories:
        if period.holds(story.at):
            months[month_of(story.at)].add(story)
            total.add(story)
    return months, total


def _serves(topic: Topic, area: Area | None, mapped: frozenset[int]) -> bool:
    return topic.suitable == "yes" and (bool(mapped) if area is None else area.id in mapped)


def _topic_row(topic: Topic, stories: Sequence[Story], period: Period, now: datetime, rules: Rules) -> TopicRow:
    mine = [story for story in stories if topic.id in story.initiatives and story.mark != "dry"]
    last, coming = last_of(mine, now), next_of(mine)
    silent = topic.suitable == "yes" and _is_gap(last, coming, now, rules)
    return TopicRow(topic, _told_in(topic, stories, period), last, coming, silent)


def _told_in(topic: Topic, stories: Sequence[Story], period: Period) -> int:
    """Stories that served the initiative and were published (again, perhaps) within the period."""
    return len(find(stories, period, topic=topic.id))


def last_of(stories: Iterable[Story], now: datetime) -> datetime | None:
    return max((one.at for story in stories for one in published(story) if one.at <= now), default=None)


def next_of(stories: Iterable[Story]) -> datetime | None:
    """The next time something of them goes out, overdue ones included: they are about to."""
    planned = (one for story in stories for one in story.appearances if one.fate is Fate.PLANNED and not one.dry)
    return min((one.at for one in planned), default=None)


def _is_gap(last: datetime | None, coming: datetime | None, now: datetime, rules: Rules) -> bool:
    silent = last is None or now - last > timedelta(days=rules.silent)
    return silent and (coming is None or coming - now > timedelta(days=rules.ahead))
