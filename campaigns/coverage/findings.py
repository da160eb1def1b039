"""The one sentence at the top: what somebody who reads nothing else should know. Pure but for the language."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.clock import COPENHAGEN
from campaigns.coverage.facts import Fate
from campaigns.coverage.figures import AreaRow, Coverage


def main_finding(found: Coverage) -> str:
    """The most important thing first: nothing at all, silence, a target missed, or that all is well."""
    return next(_candidates(found))


def _candidates(found: Coverage) -> Iterator[str]:
    if not found.areas:
        yield _("No strategy is loaded, so there is nothing to measure against.")
        return
    counted = found.total.total.counted
    if found.period.first > found.now.astimezone(COPENHAGEN).date():
        yield _not_begun(counted[Fate.PLANNED])
    if not counted[Fate.SENT] and not counted[Fate.PLANNED]:
        yield _("Nothing was sent in this period, and nothing is planned in it.")
    yield from _silence(found)
    yield from _targets(found)
    sent = counted[Fate.SENT]
    reached = sum(1 for row in found.areas if row.total.counted[Fate.SENT])
    yield ngettext(
        "%(count)s story was sent; %(reached)s of %(areas)s focus areas were told about, and none is silent.",
        "%(count)s stories were sent; %(reached)s of %(areas)s focus areas were told about, and none is silent.",
        sent,
    ) % {"count": sent, "reached": reached, "areas": len(found.areas)}


def _not_begun(planned: int) -> str:
    if not planned:
        return _("The period has not begun, and nothing is planned in it yet.")
    return ngettext(
        "The period has not begun; %(count)s story is planned in it.",
        "The period has not begun; %(count)s stories are planned in it.",
        planned,
    ) % {"count": planned}


def _silence(found: Coverage) -> Iterator[str]:
    silent = [row for row in found.areas if row.gap]
    if not silent:
        return
    never = [row for row in silent if row.last is None]
    if len(silent) == len(found.areas):
        yield _("Every focus area is silent: no story for %(days)s days, and nothing planned soon.") % {
            "days": found.rules.silent
        }
    worst = never[0] if never else min(silent, key=lambda row: row.last or found.now)
    others = len(silent) - 1
    first = _about(worst, found)
    if others:
        more = ngettext(
            "%(count)s other focus area is silent too.", "%(count)s other focus areas are silent too.", others
        )
        yield f"{first} {more % {'count': others}}"
    yield first


def _about(row: AreaRow, found: Coverage) -> str:
    name = row.area.name if row.area else ""
    if row.last is None:
        return _("%(area)s has never been told about, and nothing is planned.") % {"area": name}
    days = (found.now - row.last).days
    return ngettext(
        "%(area)s has been silent for %(days)s day, and nothing is planned.",
        "%(area)s has been silent for %(days)s days, and nothing is planned.",
        days,
    ) % {"area": name, "days": days}


def _targets(found: Coverage) -> Iterator[str]:
    behind = [row for row in found.areas if row.target and _expected(row) < row.target]
    if behind:
        worst = min(behind, key=lambda row: _expected(row) / (row.target or 1))
        yield _("%(area)s is furthest from its target: %(sent)s sent and %(planned)s planned of %(target)s.") % {
            "area": worst.area.name if worst.area else "",
            "sent": worst.total.counted[Fate.SENT],
            "planned": worst.total.counted[Fate.PLANNED],
            "target": worst.target,
        }


def _expected(row: AreaRow) -> int:
    return row.total.counted[Fate.SENT] + row.total.counted[Fate.PLANNED]
