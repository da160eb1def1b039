"""Load a strategy from a JSON file: checked whole before anything is written, and harmless to repeat.

What an editor has changed here is never overwritten: existing initiatives, decided mappings and settled anomalies
stay as they are, and the report says where the file differs. Years live side by side; an initiative may say by
``carried_from`` (``[year, unit, number]``) which one it continues.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from campaigns.models import Anomaly, FocusArea, FocusMapping, Goal, Initiative, Pillar, Strategy, Unit

BUNDLED = Path(__file__).parent / "data" / "strategy_2023.json"
EDITABLE = ("likely_number", "title_da", "title_en", "suitable", "source_note")


class Invalid(Exception):
    """The file cannot be loaded; ``faults`` has one sentence for each thing to mend."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Line:
    """One line of the report. ``what`` is created, updated, unchanged or kept."""

    what: str
    thing: str

    def __str__(self) -> str:
        return f"{self.what:<9} {self.thing}"


def load(path: Path | None = None) -> list[Line]:
    """Load the file (the bundled 2023 strategy by default). Raises Invalid, having written nothing."""
    try:
        data = json.loads((path or BUNDLED).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Invalid([f"The file cannot be read: {error}"]) from error
    faults = list(check(data))
    if faults:
        raise Invalid(faults)
    with transaction.atomic():
        return list(_write(data))


def check(data: Any) -> Iterator[str]:
    """Every fault of the file. Pure."""
    if not isinstance(data, dict) or not isinstance(data.get("year"), int) or not data.get("title"):
        yield "The file must be an object with year (a number) and title."
        return
    units = [unit["key"] for pillar in data.get("pillars", []) for unit in pillar.get("units", [])]
    goals = {goal["key"] for goal in data.get("goals", [])}
    areas = {area["key"] for goal in data.get("goals", []) for area in goal.get("focus_areas", [])}
    yield from (f"The unit {key} stands twice." for key in sorted({key for key in units if units.count(key) > 1}))
    seen: set[tuple[str, str]] = set()
    for position, item in enumerate(data.get("initiatives", []), 1):
        name = f"Initiative {position} ({item.get('number', 'no number')})"
        key = (item.get("unit", ""), str(item.get("number", "")))
        if not key[1] or not item.get("title_da"):
            yield f"{name} needs a number and a Danish title."
        if key[0] not in units:
            yield f"{name} names the unknown unit {key[0]!r}."
        if item.get("goal") and item["goal"] not in goals:
            yield f"{name} names the unknown goal {item['goal']!r}."
        if item.get("focus_area") and item["focus_area"] not in areas:
            yield f"{name} names the unknown focus area {item['focus_area']!r}."
        if item.get("suitable", "undecided") not in Initiative.Suitable.values:
            yield f"{name} has suitable {item['suitable']!r}; it must be yes, no or undecided."
        if key in seen:
            yield f"{name} stands twice in {key[0]}."
        seen.add(key)


def _write(data: dict[str, Any]) -> Iterator[Line]:
    strategy, created = Strategy.objects.get_or_create(year=data["year"], defaults={"title": data["title"]})
    if created and not Strategy.objects.filter(status=Strategy.Status.CURRENT).exists():
        Strategy.objects.filter(pk=strategy.pk).update(status=Strategy.Status.CURRENT)
    yield Line("created" if created else "unchanged", f"strategy {strategy.year}")
    goals: dict[str, Goal] = {}
    areas: dict[str, FocusArea] = {}
    for order, item in enumerate(data["goals"]):
        goals[item["key"]], line = _named(Goal, item, order, strategy=strategy)
        yield line
        for number, area in enumerate(item["focus_areas"]):
            areas[area["key"]], line = _named(FocusArea, area, number, goal=goals[item["key"]])
            yield line
    units: dict[str, Unit] = {}
    for order, item in enumerate(data["pillars"]):
        pillar, line = _named(Pillar, item, order, strategy=strategy)
        yield line
        for number, unit in enumerate(item["units"]):
            units[unit["key"]], line = _named(Unit, unit, number, pillar=pillar)
            yield line
    for item in data["initiatives"]:
        yield from _initiative(strategy, item, goals, areas, units)
    for item in data.get("anomalies", []):
        yield _anomaly(strategy, item)


def _named(model: Any, item: dict[str, Any], order: int, **parent: Any) -> tuple[Any, Line]:
    """Names and mottos belong to the source: the file decides."""
    fields = {name: value for name, value in item.items() if name not in ("key", "focus_areas", "units")}
    fields["order"] = order
    row, created = model.objects.get_or_create(key=item["key"], **parent, defaults=fields)
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    if changed and not created:
        model.objects.filter(pk=row.pk).update(**{name: fields[name] for name in changed})
    what = "created" if created else "updated" if changed else "unchanged"
    return row, Line(what, f"{model._meta.model_name} {item['key']}")


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
    name = f"initiative {row.number} in {item['unit']}"
    differs = [field for field, value in fields.items() if getattr(row, field) != value]
    if created:
        yield Line("created", name)
    else:
        yield Line(
            "kept" if differs else "unchanged", f"{name}{' (edited: ' + ', '.join(differs) + ')' * bool(differs)}"
        )
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
    texts = ("description_da", "description_en", "proposal_da", "proposal_en")
    row, created = Anomaly.objects.get_or_create(
        strategy=strategy, code=item["code"], defaults={name: item.get(name, "") for name in texts}
    )
    if created:
        row.initiatives.set(Initiative.objects.filter(strategy=strategy, number__in=item.get("numbers", [])))
    return Line("created" if created else "unchanged", f"anomaly {row.code}")
