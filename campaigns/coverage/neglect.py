"""What was forgotten, and whether the weight lies where it was meant to. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime

from campaigns.coverage.facts import Fate
from campaigns.coverage.figures import AreaRow, Coverage
from campaigns.coverage.shares import percent

FAR_OFF = 15  # percentage points between the share told and the share aimed at
SMALL = 5  # below it a share says less than the counts themselves
NEVER = datetime(1, 1, 1, tzinfo=UTC)


def neglected(found: Coverage, at_most: int = 3) -> list[AreaRow]:
    """The focus areas that the public has waited longest for; those with nothing planned before those with."""
    return sorted(found.areas, key=lambda row: (not row.gap, row.next is not None, row.last or NEVER))[:at_most]


@dataclass(frozen=True)
class Weight:
    """How much of everything sent was about one focus area. Shares are per cent; None: too few, or no target."""

    name: str
    sent: int
    share: int | None
    aimed: int | None

    @property
    def off(self) -> bool:
        return self.share is not None and self.aimed is not None and abs(self.share - self.aimed) > FAR_OFF


def distribution(found: Coverage) -> list[Weight]:
    sent = {row.area.id: row.total.counted[Fate.SENT] for row in found.areas if row.area}
    told, aims = sum(sent.values()), sum(row.target or 0 for row in found.areas)
    return [
        Weight(
            row.area.name,
            sent[row.area.id],
            percent(sent[row.area.id], told) if told >= SMALL else None,
            percent(row.target, aims) if row.target is not None and aims else None,
        )
        for row in found.areas
        if row.area
    ]
