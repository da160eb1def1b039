"""From one year to the next: prepare a strategy from the one before, put it in force, or throw a draft away."""

from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from campaigns.models import FocusArea, FocusMapping, Goal, Initiative, Pillar, Strategy, Unit


def prepare(before: Strategy, *, year: int, title: str, carried: Collection[int], by: User) -> Strategy:
    """A draft for ``year`` with the structure of ``before`` and the initiatives ``carried`` (by id) over.

    Each knows its predecessor. What was mapped becomes a proposal again, to be confirmed for the new year; what was
    rejected stays behind. IntegrityError when the year has a strategy.
    """
    _ensure_may(by, "campaigns.add_strategy")
    with transaction.atomic():
        strategy = Strategy.objects.create(year=year, title=title)
        goals = _copied(Goal, before.goals.all(), {}, strategy=strategy)
        areas = _copied(FocusArea, FocusArea.objects.filter(goal__strategy=before), {"goal": goals})
        pillars = _copied(Pillar, before.pillars.all(), {}, strategy=strategy)
        units = _copied(Unit, Unit.objects.filter(pillar__strategy=before), {"pillar": pillars})
        initiatives = _copied(
            Initiative,
            before.initiatives.filter(pk__in=carried),
            {"goal": goals, "unit": units},
            strategy=strategy,
            carries=True,
        )
        proposals = FocusMapping.objects.filter(initiative_id__in=initiatives).exclude(
            status=FocusMapping.Status.REJECTED
        )
        FocusMapping.objects.bulk_create(
            FocusMapping(
                initiative=initiatives[row.initiative_id],
                focus_area=areas[row.focus_area_id],
                confidence=FocusMapping.Confidence.HIGH if row.status == "confirmed" else row.confidence,
            )
            for row in proposals
            if row.focus_area_id in areas
        )
        log(
            instance=strategy,
            action="campaigns.strategy_prepared",
            user=by,
            data={"before": before.year, "carried": len(initiatives)},
        )
    return strategy


def _copied(model: Any, rows: Iterable[Any], parents: dict[str, dict[int, Any]], **fixed: Any) -> dict[int, Any]:
    """New rows like the old ones below the new parents, by the old one's id."""
    carries = fixed.pop("carries", False)
    new = {}
    for row in rows:
        skipped = {"id", "carried_from", *parents, *fixed}
        values = {field.attname: getattr(row, field.attname) for field in row._meta.fields if field.name not in skipped}
        above = {name: known.get(getattr(row, f"{name}_id")) for name, known in parents.items()}
        new[row.pk] = model.objects.create(**values, **above, **fixed, **({"carried_from": row} if carries else {}))
    return new


def put_in_force(strategy: Strategy, *, by: User) -> bool:
    """From now on this one counts; the one before is past. False when it counted already."""
    _ensure_may(by, "campaigns.change_strategy")
    with transaction.atomic():
        others = Strategy.objects.select_for_update().filter(status=Strategy.Status.CURRENT).exclude(pk=strategy.pk)
        for other in others:
            other.status = Strategy.Status.PAST
            other.save(update_fields=["status"])
            log(instance=other, action="campaigns.strategy_past", user=by)
        done = (
            Strategy.objects.filter(pk=strategy.pk)
            .exclude(status=Strategy.Status.CURRENT)
            .update(status=Strategy.Status.CURRENT)
        )
        strategy.refresh_from_db()
        if done:
            log(instance=strategy, action="campaigns.strategy_in_force", user=by)
    return bool(done)


def discard(strategy: Strategy, *, by: User) -> None:
    """Delete a draft and all in it. ProtectedError when content is tagged with it, ValueError when it is no draft."""
    _ensure_may(by, "campaigns.delete_strategy")
    with transaction.atomic():
        if strategy.status != Strategy.Status.DRAFT:
            raise ValueError("Only a draft can be deleted.")
        log(instance=strategy, action="wagtail.delete", user=by, deleted=True)
        strategy.initiatives.all().delete()
        strategy.delete()


def _ensure_may(by: User, permission: str) -> None:
    if not by.has_perm(permission):
        raise PermissionDenied
