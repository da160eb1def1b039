"""The figures beside the heat map where they take long: counted by a worker now and then, and read by whoever asks.

Of the month, the quarter and the year that are open, where there is so much that ``running`` keeps the table too; and
of what has ended, those that are collected for long afterwards. They say when they were counted. What people enter
themselves is always counted at once: they look for it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from campaigns.coverage import measures, written
from campaigns.coverage.facts import Period
from campaigns.coverage.measures import Section, Source
from campaigns.coverage.periods import quarter_of, whole_year
from campaigns.models import CoverageFigures, CoverageRunning

FRESH = timedelta(minutes=40)  # older than that nobody is counting: better slow than wrong
COLLECTED_FOR = timedelta(days=120)  # after that a platform is asked no more


@dataclass(frozen=True)
class Kept:
    at: datetime
    figures: written.Stored

    def section(self, key: str, source: Source) -> Section | None:
        """None: it was not counted."""
        if source.rows or key not in self.figures:
            return None
        figures = [one for one in map(written.figure, self.figures[key]) if one.key in source.definitions]
        return Section(key, source.heading(), figures, source.rows, counted_at=self.at)


def of_open(period: Period, now: datetime) -> Kept | None:
    """For whoever asks, in their language."""
    rows = CoverageRunning.objects.filter(figures_at__gt=now - FRESH).values_list("figures_at", "figures")
    for at, found in rows:  # one at most
        if at and _key(period) in found:
            return Kept(at, written.in_language(found[_key(period)]))
    return None


def of_ended(row: CoverageFigures, now: datetime) -> Kept | None:
    """What is collected afterwards, as it was when the period was last held against what is there."""
    if row.growing is None or row.compared_at is None:
        return None
    done = row.compared_at > timezone.make_aware(datetime.combine(row.last, datetime.min.time())) + COLLECTED_FOR
    return Kept(row.compared_at, written.in_language(row.growing)) if done or row.compared_at > now - FRESH else None


def count(now: datetime) -> bool:
    """Where the table of what is open is kept, count its figures too; whether they were counted."""
    if not CoverageRunning.objects.exists():
        return False
    today = timezone.localdate(now)
    # The longest first: the others are a part of it.
    periods = (whole_year(today.year), quarter_of(today), Period.of_month((today.year, today.month)))
    with measures.together():
        found = {_key(period): written.in_every_language(period, now, counted_now_and_then()) for period in periods}
    older = Q(figures_at=None) | Q(figures_at__lt=now)
    return bool(CoverageRunning.objects.filter(older).update(figures=found, figures_at=now))


def counted_now_and_then() -> list[tuple[str, Source]]:
    return [(key, source) for key, source in measures.sources() if not source.rows]


def _key(period: Period) -> str:
    return f"{period.first} {period.last}"
