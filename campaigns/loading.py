"""Load a strategy from a JSON file: checked whole before anything is written, and harmless to repeat.

What an editor has changed here is never overwritten: names, initiatives, decided mappings and settled anomalies stay
as they are, and the report says where the file differs. Years live side by side; an initiative may say by
``carried_from`` (``[year, unit, number]``) which one it continues.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from campaigns.models import Anomaly, FocusArea, FocusMapping, Goal, Initiative, Pillar, Strategy, Unit
from campaigns.strategy_file import BUNDLED, Invalid, check, read

__all__ = ["BUNDLED", "Invalid", "Line", "check", "load"]

EDITABLE = ("likely_number", "title_da", "title_en", "suitable", "source_note")
TEXTS = ("printed", "description_da", "description_en", "proposal_da", "proposal_en")


@dataclass(frozen=True)
class Line:
    """One line of the report. ``what`` is created, updated, unchanged or kept."""

    what: str
    thing: str

    def __str__(self) -> str:
        return f"{self.what:<9} {self.thing}"


def load(path: Path | None = None) -> list[Line]:
    """Load the file (the bundled 2023 strategy by default). Raises Invalid, having written nothing."""
    data = read(path or BUNDLED)
    faults = list(_unknown_predecessors(data))
    if faults:
        raise Invalid(faults)
    with transaction.atomic():
        return list(_write(data))


def _unknown_predecessors(data: dict[str, Any]) -> Iterator[str]:
    for item in data.get("initiatives", []):
        if item.get("carried_from") and _carried_from(item) is None:
            year, unit, number = item["carried_from"]
            yield f"Initiative {item['number']} continues {number} of {unit} in {year}, which is not loaded."


def _write(data: dict[str, Any]) -> Iterator[Line]:
    strategy, created = Strategy.objects.get_or_create(year=data["year"], defaults={"title": data["title"]})
    if created and not Strategy.objects.filter(status=Strategy.Status.CURRENT).exists():
        Strategy.objects.filter(pk=strategy.pk).update(status=Strategy.Status.CURRENT)
    yield _line(created, f"strategy {strategy.year}", ["title"] * (strategy.title != data["title"]))
    goals: dict[str, Goal] = {}
    areas: dict[str, FocusArea] = {}
    for order, item in enumerate(data.get("goals", [])):
        goals[item["key"]], line = _named(Goal, item, order, strategy=strategy)
        yield line
        for number, area in enumerate(item.get("focus_areas", [])):
            areas[area["key"]], line = _named(FocusArea, area, number, goal=goals[item["key"]])
            yield line
    units: dict[str, Unit] = {}
    for order, item in enumerate(data.get("pillars", [])):
        pillar, line = _named(Pillar, item, order, strategy=strategy)
        yield line
        for number, unit in enumerate(item.get("units", [])):
            units[unit["key"]], line = _named(Unit, unit, number, pillar=pillar)
            yield line
    for item in data.get("initiatives", []):
        yield from _initiative(strategy, item, goals, areas, units)
    for item in data.get("anomalies", []):
        yield _anomaly(strategy, item)


def _line(created: bool, thing: str, edited: list[str]) -> Line:
    if created:
        return Line("created", thing)
    return Line("kept", f"{thing} (edited: {', '.join(edited)})") if edited else Line("unchanged", thing)


def _named(model: Any, item: dict[str, Any], order: int, **parent: Any) -> tuple[Any, Line]:
    fields = {name: value for name, value in item.items() if name not in ("key", "focus_areas", "units")}
    row, created = model.objects.get_or_create(key=item["key"], **parent, defaults={**fields, "order": order})
    edited = [name for name, value in fields.items() if getattr(row, name) != value]
    return row, _line(created, f"{model._meta.model_name} {item['key']}", edited)


def _initiative(
    strategy: Strategy,
    item: dict[str, Any],
    goals: dict[str, Goal],
    areas: dict[str, FocusArea],
    units: dict[str, Unit],
) -> Iterator[Line]:
    fields = {name: item[name] for name in EDITABLE if name in item}
    row, created = Initiative.objects.get_or_create(
        strategy=strategy,
        unit=units[item["unit"]],
        number=str(item["number"]),
        defaults={**fields, "goal": goals.get(item.get("goal", "")), "carried_from": _carried_from(item)},
    )
    edited = [field for field, value in fields.items() if getattr(row, field) != value]
    yield _line(created, f"initiative {row.number} in {item['unit']}", edited)
    area = areas.get(item.get("focus_area", ""))
    if area is not None and not row.mappings.exists():
        FocusMapping.objects.create(initiative=row, focus_area=area, confidence=item.get("confidence", ""))
        yield Line("created", f"proposal {row.number} -> {area.key}")


def _carried_from(item: dict[str, Any]) -> Initiative | None:
    if not item.get("carried_from"):
        return None
    year, unit, number = item["carried_from"]
    return Initiative.objects.filter(strategy__year=year, unit__key=unit, number=str(number)).first()


def _anomaly(strategy: Strategy, item: dict[str, Any]) -> Line:
    """Nobody edits what the source says; what somebody decided about it is kept."""
    texts = {name: item.get(name, "") for name in TEXTS}
    row, created = Anomaly.objects.get_or_create(strategy=strategy, code=item["code"], defaults=texts)
    if created:
        row.initiatives.set(_affected(strategy, item.get("numbers", [])))
    elif changed := {name: text for name, text in texts.items() if getattr(row, name) != text}:
        Anomaly.objects.filter(pk=row.pk).update(**changed)
        return Line("updated", f"anomaly {row.code}")
    return Line("created" if created else "unchanged", f"anomaly {row.code}")


def _affected(strategy: Strategy, numbers: list[Any]) -> list[Initiative]:
    """A number alone means every unit that has it; ``[unit, number]`` means one."""
    found = []
    for row in strategy.initiatives.select_related("unit"):
        if row.number in numbers or [row.unit.key, row.number] in numbers:
            found.append(row)
    return found
