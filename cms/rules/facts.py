"""A Context from JSON. What is unknown or misspelt is refused with a sentence, never passed over."""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from cms.rules.base import Context, Kind, Plea, Restriction, Stage

KEYS = ("stage", "plea", "restriction", "minor_defendant", "sexual_offence")
ROW = ("id", "kind", "text", "context")


class Unusable(ValueError):
    """What was given is no context."""


def parse(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unusable(f"not JSON ({error.msg} at character {error.pos}).") from error
    except RecursionError as error:
        raise Unusable("nested too deeply.") from error
    if not isinstance(data, dict):
        raise Unusable("a JSON object is needed.")
    return data


def read(kind: Any, data: Mapping[str, Any]) -> Context:
    unknown = sorted(set(data) - set(KEYS))
    if unknown:
        raise Unusable(f"unknown key {unknown[0]!r} in the context; known are {', '.join(KEYS)}.")
    return Context(
        kind=_choice("kind", Kind, kind),
        stage=_choice("stage", Stage, data["stage"]) if data.get("stage") is not None else None,
        plea=_choice("plea", Plea, data["plea"]) if data.get("plea") is not None else None,
        restriction=_choice("restriction", Restriction, data.get("restriction", Restriction.INGEN.value)),
        minor_defendant=_boolean("minor_defendant", data),
        sexual_offence=_boolean("sexual_offence", data),
    )


def row(data: Mapping[str, Any]) -> tuple[str, Context]:
    """One line: the text as it is, and its context."""
    unknown = sorted(set(data) - set(ROW))
    if unknown:
        raise Unusable(f"unknown key {unknown[0]!r}; known are {', '.join(ROW)}.")
    for key in ("id", "text"):
        if key not in data:
            raise Unusable(f"{key!r} is missing.")
    if not isinstance(data["text"], str):
        raise Unusable("'text' must be a string.")
    context = data.get("context")
    if context is not None and not isinstance(context, dict):
        raise Unusable("'context' must be an object.")
    return data["text"], read(data.get("kind", Kind.POST.value), context or {})


def _choice(name: str, choices: type[StrEnum], value: Any) -> Any:
    known = [choice.value for choice in choices]
    if not isinstance(value, str) or value not in known:
        raise Unusable(f"{name!r} cannot be {value!r}; it is one of {', '.join(known)}.")
    return choices(value)


def _boolean(name: str, data: Mapping[str, Any]) -> bool:
    value = data.get(name, False)
    if value is None:
        return False
    if not isinstance(value, bool):
        raise Unusable(f"{name!r} must be true or false, not {value!r}.")
    return value
