"""Everything that one report says: the one thing that page, files, digest and API take their numbers from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from campaigns.coverage import findings, measures, naming, neglect, reading
from campaigns.coverage.facts import Appearance, Period
from campaigns.coverage.figures import Coverage, cover
from campaigns.coverage.splits import Dimension, SplitRow, split
from campaigns.models import Strategy


@dataclass(frozen=True)
class Dossier:
    strategy: Strategy | None
    found: Coverage
    finding: str
    neglected: list[str]
    weights: list[neglect.Weight]
    units: list[SplitRow]
    channels: list[SplitRow]
    sections: list[measures.Section]


def gather(
    strategy: Strategy | None,
    period: Period,
    now: datetime,
    *,
    facts: reading.Facts | None = None,
    appearances: Sequence[Appearance] | None = None,
    targets: bool = True,
) -> Dossier:
    """In the language of whoever asks. ``appearances`` is a selection of the facts' own."""
    facts = facts or reading.read(strategy, now)
    chosen = facts.appearances if appearances is None else appearances
    found = cover(chosen, facts.areas, facts.topics, period=period, now=now, targets=targets)

    def by(dimension: Dimension) -> list[SplitRow]:
        names = naming.names(dimension, strategy, chosen, facts.topics)
        return split(dimension, names, chosen, facts.areas, facts.topics, period=period, now=now)

    return Dossier(
        strategy=strategy,
        found=found,
        finding=findings.main_finding(found),
        neglected=[row.area.name for row in neglect.neglected(found) if row.area],
        weights=neglect.distribution(found),
        units=by(Dimension.UNIT),
        channels=by(Dimension.CHANNEL),
        sections=measures.sections(period, now),
    )
