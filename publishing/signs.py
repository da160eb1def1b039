"""Signs that no document of ours may hold: what comes along when somebody pastes from a PDF. Pure."""

import re
from typing import Any

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # XML 1.0 has no way to write them


def readable(value: Any) -> Any:
    """The same with a space for each of them, however deep it stands."""
    match value:
        case str():
            return CONTROL.sub(" ", value)
        case dict():
            return {key: readable(inner) for key, inner in value.items()}
        case list() | tuple():
            return type(value)(readable(inner) for inner in value)
    return value
