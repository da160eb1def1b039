"""A strategy as a file: read, and checked entry by entry before anything is written. No database.

Every fault says on which line it stands and what to mend; all are found in one go.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from campaigns.models import FocusMapping, Initiative

BUNDLED = Path(__file__).parent / "data" / "strategy_2023.json"
NAMES = {"key": 60, "name_da": 150, "name_en": 150}
FIELDS: dict[str, dict[str, int]] = {
    "goal": NAMES,
    "focus area": {**NAMES, "motto_da": 200, "motto_en": 200},
    "pillar": NAMES,
    "unit": {**NAMES, "tagline_da": 200, "tagline_en": 200},
    "initiative": {
        "number": 10, "likely_number": 10, "unit": 60, "goal": 60, "title_da": 200, "title_en": 200, "suitable": 10,
        "source_note": 5000, "focus_area": 60, "confidence": 10,
    },
    "anomaly": {
        "code": 10, "printed": 300, "description_da": 5000, "description_en": 5000, "proposal_da": 5000,
        "proposal_en": 5000,
    },
}  # fmt: skip
REQUIRED = {
    "goal": ("key", "name_da"),
    "focus area": ("key", "name_da"),
    "pillar": ("key", "name_da"),
    "unit": ("key", "name_da"),
    "initiative": ("number", "unit", "title_da"),
    "anomaly": ("code", "description_da"),
}
HOLDS = {"goal": "focus_areas", "pillar": "units", "initiative": "carried_from", "anomaly": "numbers"}


class Invalid(Exception):
    """The file cannot be loaded; ``faults`` has one sentence for each thing to mend."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read(path: Path) -> dict[str, Any]:
    """The strategy in the file. Raises Invalid with everything that is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
        data = json.loads(text)
    except (OSError, ValueError) as error:
        raise Invalid([f"The file cannot be read: {error}"]) from error
    faults = list(check(data, text))
    if faults:
        raise Invalid(faults)
    checked: dict[str, Any] = data
    return checked


def check(data: Any, text: str = "") -> Iterator[str]:
    """Every fault of the data; ``text`` is what it was read from and gives the lines."""
    if not isinstance(data, dict):
        yield "The file must be one object with year, title, goals, pillars and initiatives."
        return
    if not isinstance(data.get("year"), int) or not 1900 < data["year"] < 2200:
        yield f"The year must be a number such as 2023, not {data.get('year')!r}."
    if not isinstance(data.get("title"), str) or not 0 < len(data["title"]) <= 200:
        yield "The strategy needs a title of at most 200 characters."
    for plural in ("goals", "pillars", "initiatives", "anomalies"):
        if not isinstance(data.get(plural, []), list):
            yield f"The {plural} must be a list."
    known: dict[str, set[str]] = {"goal": set(), "focus area": set(), "unit": set(), "pillar": set(), "anomaly": set()}
    for kind, plural, inner in (("goal", "goals", "focus area"), ("pillar", "pillars", "unit")):
        for where, item in _entries(data, plural, kind, text):
            yield from _entry(where, item, kind)
            yield from _once(where, item, kind, known[kind])
            for number, part in enumerate(_held(item, kind), 1):
                name = f"{where}, {inner} {number}"
                yield from _entry(name, part, inner)
                yield from _once(name, part, inner, known[inner])
    seen: set[tuple[str, str]] = set()
    for where, item in _entries(data, "initiatives", "initiative", text):
        yield from _entry(where, item, "initiative")
        if isinstance(item, dict):
            yield from _initiative(where, item, known)
            pair = (str(item.get("unit")), str(item.get("number")))
            if pair in seen:
                yield f"{where} stands twice in {pair[0]}."
            seen.add(pair)
    for where, item in _entries(data, "anomalies", "anomaly", text):
        yield from _entry(where, item, "anomaly")
        yield from _once(where, item, "anomaly", known["anomaly"])
        for number in _held(item, "anomaly"):
            if not any(number == list(pair) or number == pair[1] for pair in seen):
                yield f"{where} names the number {number!r}, which no initiative has."


def _initiative(where: str, item: dict[str, Any], known: dict[str, set[str]]) -> Iterator[str]:
    for field in ("number", "likely_number"):
        value = str(item.get(field) or "")
        if value and not re.fullmatch(r"[0-9]{1,10}", value):
            yield f"{where} has the {field} {value!r}; it must be digits only, as printed."
    for field, kind in (("unit", "unit"), ("goal", "goal"), ("focus_area", "focus area")):
        if item.get(field) and str(item[field]) not in known[kind]:
            yield f"{where} names the unknown {kind} {item[field]!r}."
    if item.get("suitable", "undecided") not in Initiative.Suitable.values:
        yield f"{where} has suitable {item['suitable']!r}; it must be yes, no or undecided."
    if item.get("confidence") and item["confidence"] not in FocusMapping.Confidence.values:
        yield f"{where} has confidence {item['confidence']!r}; it must be high, medium or low."
    carried = item.get("carried_from")
    if carried and not (isinstance(carried, list) and len(carried) == 3 and isinstance(carried[0], int)):
        yield f"{where} has carried_from {carried!r}; it must be [year, unit, number]."


def _entry(where: str, item: Any, kind: str) -> Iterator[str]:
    """The fields of one entry: there, known, text, not too long."""
    if not isinstance(item, dict):
        yield f"{where} must be an object."
        return
    fields = FIELDS[kind]
    yield from (f"{where} needs {name}." for name in REQUIRED[kind] if not item.get(name))
    for name, value in item.items():
        if name == HOLDS.get(kind):
            continue
        if name not in fields:
            yield f"{where} has the unknown field {name!r}."
        elif not isinstance(value, str) and not (name == "number" and isinstance(value, int)):
            yield f"{where} has {name} {value!r}; it must be text."
        elif len(str(value)) > fields[name]:
            yield f"{where} has a {name} of {len(str(value))} characters; {fields[name]} are possible."


def _once(where: str, item: Any, kind: str, seen: set[str]) -> Iterator[str]:
    key = (item.get("key") or item.get("code")) if isinstance(item, dict) else None
    if isinstance(key, str) and key in seen:
        yield f"{where}: the {kind} {key} stands twice."
    if isinstance(key, str):
        seen.add(key)
        if kind != "anomaly" and not re.fullmatch(r"[a-z0-9-]+", key):
            yield f"{where} has the key {key!r}; it must be small letters a to z, digits and hyphens."


def _entries(data: dict[str, Any], plural: str, kind: str, text: str) -> Iterator[tuple[str, Any]]:
    lines = lines_of(text, plural)
    for position, item in enumerate(_list(data.get(plural))):
        name = item.get("number") or item.get("key") or item.get("code") if isinstance(item, dict) else None
        line = f"Line {lines[position]}, " if position < len(lines) else ""
        yield f"{line}{kind} {name or position + 1}", item


def _held(item: Any, kind: str) -> list[Any]:
    return _list(item.get(HOLDS[kind])) if isinstance(item, dict) else []


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def lines_of(text: str, name: str) -> list[int]:
    """On which line each entry of the list ``name`` of a JSON object begins."""
    found = re.search(rf'"{name}"\s*:\s*\[', text)
    if found is None:
        return []
    decoder, lines, position = json.JSONDecoder(), [], found.end()
    while (start := re.compile(r"[\s,]*").match(text, position)) and text[start.end()] != "]":
        lines.append(text.count("\n", 0, start.end()) + 1)
        _item, position = decoder.raw_decode(text, start.end())
    return lines
