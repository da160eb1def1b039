"""A channel set up from the command line, through the form that people use. No secret ever stands in the arguments."""

import getpass
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.core.management import CommandError

from publishing.channel_forms import SECRET, SETTING, ChannelForm
from publishing.models import Channel


def pairs(items: Iterable[str]) -> dict[str, str]:
    """NAME=VALUE, as often as given."""
    found = {}
    for item in items:
        name, equals, value = item.partition("=")
        if not name or not equals:
            raise CommandError(f"{item}: write NAME=VALUE.")
        found[name] = value
    return found


def secrets(from_environment: Iterable[str], from_files: Iterable[str], asked_for: Iterable[str]) -> dict[str, str]:
    """Read from where they may stand; what is asked for is typed unseen, or is the next line of stdin."""
    found = {}
    for name, variable in pairs(from_environment).items():
        if not os.environ.get(variable):
            raise CommandError(f"{name}: the environment has no {variable}.")
        found[name] = os.environ[variable]
    for name, path in pairs(from_files).items():
        try:
            found[name] = Path(path).read_text().rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{name}: {path} cannot be read ({type(error).__name__}).") from None
    for name in asked_for:
        found[name] = getpass.getpass(f"{name}: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    return found


def add(kind: str, values: Mapping[str, Any], hidden: Mapping[str, str]) -> Channel:
    """The channel, or CommandError that names every field that is wrong and what is wrong with it."""
    blank = Channel(kind=kind)
    fields = ChannelForm(channel=blank).fields
    data = {name: field.initial for name, field in fields.items() if field.initial is not None}
    data |= {"late_after": blank.late_after, "concurrency": blank.concurrency, "gap": 0, "version": 0}
    data |= {_field(name, fields): value for name, value in values.items()}
    data |= {_secret(name, fields): value for name, value in hidden.items()}
    form = ChannelForm(data, channel=blank)
    if not form.is_valid():
        faults = [f"{_plain(name)}: {' '.join(map(str, errors))}" for name, errors in form.errors.items()]
        raise CommandError("Nothing was added.\n" + "\n".join(faults))
    return form.add(by=None)


def _field(name: str, fields: Mapping[str, Any]) -> str:
    if SECRET + name in fields:
        ways = f"--secret-env {name}=VARIABLE, --secret-file {name}=FILE or --secret {name}"
        raise CommandError(f"{name} is a secret: give it by {ways}.")
    full = SETTING + name if SETTING + name in fields else name
    if full not in fields:
        open_ones = sorted(_plain(field) for field in fields if not field.startswith(SECRET) and field != "version")
        raise CommandError(f"There is no {name} to set. There is: {', '.join(open_ones)}.")
    return full


def _secret(name: str, fields: Mapping[str, Any]) -> str:
    if SECRET + name not in fields:
        known = ", ".join(_plain(field) for field in fields if field.startswith(SECRET)) or "none"
        raise CommandError(f"There is no secret {name}. There is: {known}.")
    return SECRET + name


def _plain(field: str) -> str:
    return field.removeprefix(SETTING).removeprefix(SECRET)
