"""What has become of the denominators since a period closed: its initiatives and its targets. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.coverage.facts import Area, Period, Topic
from campaigns.coverage.ledger import Ledger


@dataclass(frozen=True)
class Changed:
    """Of one focus area. ``came`` and ``went`` are the numbers of initiatives, as printed."""

    key: str
    name: str
    was: int
    now: int
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    target_was: int | None = None
    target_now: int | None = None

    @property
    def of_target(self) -> bool:
        return self.target_was != self.target_now

    def words(self) -> tuple[str, str]:
        """Both sides, in the language of whoever asks."""
        return _words(self.was, self.target_was), ", ".join(
            [_words(self.now, self.target_now), *(f"+ {one}" for one in self.came), *(f"− {one}" for one in self.went)]
        )


def changed(ledger: Ledger, period: Period, as_closed: Sequence[Topic] | None) -> list[Changed]:
    """The focus areas that are measured against something else now; none as long as the period has not closed."""
    if as_closed is None:
        return []
    now = {area.id: area for area in ledger.areas_now}
    rows = [_of(area, now[area.id], period, as_closed, ledger.topics) for area in ledger.areas]
    return [row for row in rows if row.came or row.went or row.of_target]


def _words(initiatives: int, target: int | None) -> str:
    said = ngettext("%(count)s initiative", "%(count)s initiatives", initiatives) % {"count": initiatives}
    return said if target is None else _("%(said)s, target %(target)s") % {"said": said, "target": target}


def _of(then: Area, now: Area, period: Period, topics_then: Sequence[Topic], topics_now: Sequence[Topic]) -> Changed:
    was, there = _relevant(topics_then, then.id), _relevant(topics_now, now.id)
    numbers = {topic.id: topic.number for topic in topics_now}  # a closed month keeps none
    came, went = (tuple(numbers.get(pk) or "?" for pk in sorted(found)) for found in (there - was, was - there))
    aims = (then.aim(period), now.aim(period)) if period.quarters() else (None, None)
    return Changed(now.key, now.name, len(was), len(there), came, went, *aims)


def _relevant(topics: Sequence[Topic], area: int) -> set[int]:
    return {topic.id for topic in topics if topic.suitable == "yes" and area in topic.confirmed}
