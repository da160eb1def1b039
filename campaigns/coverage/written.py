"""Figures beside the heat map as JSON and back: counted once, said in every language."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language

from campaigns.coverage.facts import Period
from campaigns.coverage.measures import Figure, Source, Unit

Stored = Mapping[str, list[list[Any]]]  # by section


def count(period: Period, now: datetime, sources: Iterable[tuple[str, Source]]) -> dict[str, list[list[Any]]]:
    """In the language that is active, from what is there now."""
    found = {key: [_as_list(figure) for figure in source.figures(period, now)] for key, source in sources}
    stored: dict[str, list[list[Any]]] = json.loads(json.dumps(found))  # as a database gives it back
    return stored


def in_every_language(
    period: Period, now: datetime, sources: Sequence[tuple[str, Source]]
) -> dict[str, dict[str, list[list[Any]]]]:
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = count(period, now, sources)
    return found


def in_language(stored: Mapping[str, Stored]) -> Stored:
    """For whoever asks."""
    code = (get_language() or settings.LANGUAGE_CODE)[:2]
    return stored.get(code) or stored.get(settings.LANGUAGE_CODE[:2]) or {}


def figure(stored: Sequence[Any]) -> Figure:
    key, value, unit, of, parts, name = stored
    return Figure(key, value, Unit(unit), of, tuple((label, said) for label, said in parts), name)


def _as_list(figure: Figure) -> list[Any]:
    return [figure.key, figure.value, str(figure.unit), figure.of, figure.parts, figure.name]
