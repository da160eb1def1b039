"""Strict readers of the environment: a setting is what it says, or the start stops with a clear sentence."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The variable NAME, or the contents of the file named by NAME_FILE (for secrets), or the default."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error.strerror}.") from error
    return os.environ.get(name, default)


def boolean(name: str, default: bool) -> bool:
    """True or False, nothing else: "yes", "0" and the like stop the start."""
    value = text(name, str(default))
    if value not in ("True", "False"):
        raise ImproperlyConfigured(f"{name} must be True or False, not {value!r}.")
    return value == "True"


def integer(name: str, default: int, *, minimum: int | None = None) -> int:
    """A whole number, not below the minimum."""
    value = text(name, str(default))
    try:
        number = int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from error
    if minimum is not None and number < minimum:
        raise ImproperlyConfigured(f"{name} must be at least {minimum}, not {number}.")
    return number


def words(name: str, default: str = "") -> list[str]:
    """A list separated by commas; empty parts are left out."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]
