"""Everything that one report says: the one thing that page, files, digest and API take their numbers from."""

from dataclasses import dataclass
from datetime import datetime

from campaigns.coverage import denominators, ended, findings, measures, naming, neglect
from campaigns.coverage.books import Dimension
from campaigns.coverage.facts import Period
from campaigns.coverage.figures import Coverage, counted
from campaigns.coverage.ledger import Ledger, Standing
from campaigns.coverage.splits import SplitRow, split
from campaigns.coverage.stories import Selection
from campaigns.models import Strategy


@dataclass(frozen=True)
class Dossier:
    strategy: Strategy | None
    found: Coverage
    standing: Standing
    finding: str
    neglected: list[str]
    weights: list[neglect.Weight]
    units: list[SplitRow]
    channels: list[SplitRow]
    sections: list[measures.Section]
    denominators: list[denominators.Changed]
    begins: str = ""  # from which month on it is counted, where the period begins before it
    unknown: bool = False  # the whole period lies before it: nobody counted, so there is no 0 to tell
    whole: bool = True  # False: the sections were left for later
    selected: str = ""  # what of everything it is about; the sections are of everything all the same

    @property
    def about(self) -> str:
        """The period, and the part of everything that was asked for."""
        return ", ".join(word for word in (naming.of_period(self.found.period), self.selected) if word)

    def lines(self, by: Dimension) -> list[SplitRow]:
        """The stories by another dimension than the focus area."""
        names = naming.names(by, self.strategy, self.found.kept, self.standing.topics)
        return split(by, names, self.found.kept, self.found.period)


def table(ledger: Ledger, period: Period, selection: Selection = Selection()) -> tuple[Coverage, Standing]:  # noqa: B008 (frozen)
    """The heat map alone, for whoever needs no more."""
    standing = ledger.stand(period, selection)
    found = counted(
        standing.kept,
        standing.areas,
        standing.topics,
        period=period,
        now=ledger.now,
        targets=not selection,
        as_closed=standing.as_closed,
    )
    return found, standing


def gather(
    strategy: Strategy | None,
    period: Period,
    now: datetime,
    *,
    ledger: Ledger | None = None,
    selection: Selection = Selection(),  # noqa: B008 (frozen)
    at_once: int | None = None,
) -> Dossier:
    """In the language of whoever asks. A ``selection`` has no targets: none was meant for it.

    ``at_once``: with more publications than that the sections, which look at each, are left for later.
    """
    ledger = ledger or Ledger(strategy, now)
    first = ledger.begins(period)
    begins, unknown = naming.counted_from(first) if first else "", first is not None and first > period.months()[-1]
    found, standing = table(ledger, period, selection)
    whole = at_once is None or found.total.publications <= at_once

    def by(dimension: Dimension) -> list[SplitRow]:
        return split(dimension, naming.names(dimension, strategy, found.kept, standing.topics), found.kept, period)

    return Dossier(
        strategy=strategy,
        found=found,
        standing=standing,
        finding=begins if unknown else findings.main_finding(found),
        neglected=[row.area.name for row in neglect.neglected(found) if row.area],
        weights=neglect.distribution(found),
        units=by(Dimension.UNIT),
        channels=by(Dimension.CHANNEL),
        sections=ended.sections(period, now) if whole else [],
        denominators=denominators.changed(ledger, period, standing.as_closed),
        begins=begins,
        unknown=unknown,
        whole=whole,
        selected=naming.of_selection(selection),
    )
