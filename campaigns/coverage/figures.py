"""Stories counted: by focus area and month, by initiative, against targets, with what is silent. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from campaigns.coverage.books import TOPIC, Dimension, Ends, Kept, Key, Tally, added, keep, keys_of
from campaigns.coverage.facts import Appearance, Area, Month, Period, Rules, Story, Topic
from campaigns.coverage.stories import told


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
    # Of what belongs to no focus area these three are None: an initiative is measured where it is mapped.
    relevant: int | None  # suitable initiatives whose mapping is confirmed
    covered: int | None  # of those, with a publication in the period
    unconfirmed: int | None  # suitable initiatives that are only proposed for it


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
    kept: Kept
    stories: list[Story] = field(default_factory=list)  # those that it was counted from

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
    found = counted(
        keep(stories, now, period=period), areas, topics, period=period, now=now, rules=rules, targets=targets
    )
    found.stories = stories
    return found


def counted(
    kept: Kept,
    areas: Sequence[Area],
    topics: Sequence[Topic],
    *,
    period: Period,
    now: datetime,
    rules: Rules = Rules(),  # noqa: B008 (frozen)
    targets: bool = True,
    as_closed: Sequence[Topic] | None = None,
) -> Coverage:
    """The report of the books of a period. ``as_closed`` are the initiatives as they were when it had closed."""
    told_in: dict[int, set[str]] = {}
    for month in period.months():
        for topic, stories in kept.books[month].told.items() if month in kept.books else ():
            told_in.setdefault(topic, set()).update(stories)
    then = [topic for topic in (topics if as_closed is None else as_closed) if topic.suitable == "yes"]

    def row(area: Area | None, keys: Iterable[Key], aimed: bool) -> AreaRow:
        wanted = list(keys)
        lines = added(kept.books, period, Dimension.AREA, wanted)
        total, (last, coming) = Tally(), ends(kept.ends, Dimension.AREA, wanted)
        for line in lines.values():
            total.take(line.tally)
        relevant = [topic for topic in then if _serves(area, topic.confirmed)]
        proposed = [topic for topic in then if _serves(area, topic.proposed) and topic not in relevant]
        return AreaRow(
            area=area,
            months={month: line.tally for month, line in lines.items()},
            total=total,
            publications=sum(line.publications for line in lines.values()),
            target=area.aim(period) if area and aimed else None,
            last=last,
            next=coming,
            gap=_is_gap(last, coming, now, rules),
            relevant=len(relevant),
            covered=sum(1 for topic in relevant if told_in.get(topic.id)),
            unconfirmed=len(proposed),
        )

    known, every = [area.id for area in areas], keys_of(kept, Dimension.AREA)
    rows = [row(area, [area.id], targets) for area in areas]
    none, total = row(None, every.difference(known), False), row(None, every, False)
    aims = [one.target for one in rows if one.target is not None]
    total.target = sum(aims) if aims else None
    none.relevant = none.covered = none.unconfirmed = None

    def topic_row(topic: Topic) -> TopicRow:
        last, coming = ends(kept.ends, TOPIC, [topic.id])
        silent = topic.suitable == "yes" and _is_gap(last, coming, now, rules)
        return TopicRow(topic, len(told_in.get(topic.id, ())), last, coming, silent)

    return Coverage(period, now, rules, rows, none, total, [topic_row(topic) for topic in topics], kept)


def ends(found: Ends, dimension: str, keys: Iterable[Key]) -> tuple[datetime | None, datetime | None]:
    """When these lines last went out, and go out next."""
    wanted = [(dimension, key) for key in keys]
    last = max((found.last[place] for place in wanted if place in found.last), default=None)
    return last, min((found.next[place] for place in wanted if place in found.next), default=None)


def _serves(area: Area | None, mapped: frozenset[int]) -> bool:
    return bool(mapped) if area is None else area.id in mapped


def _is_gap(last: datetime | None, coming: datetime | None, now: datetime, rules: Rules) -> bool:
    silent = last is None or now - last > timedelta(days=rules.silent)
    return silent and (coming is None or coming - now > timedelta(days=rules.ahead))
