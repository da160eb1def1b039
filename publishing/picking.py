"""Which account a channel shall be, where one login gives several (pages, organisations). Pure.

The accounts come with access of their own, so all of it lies in the consent's sealed box until one is picked.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from publishing.adapters.base import Candidate

ACCESS, CANDIDATES = "access:", "candidates"


def packed(access: Mapping[str, str], found: Sequence[Candidate]) -> dict[str, str]:
    """What is sealed until somebody has picked: the login's access, and the accounts by name."""
    rows = [
        {**asdict(item), "problem": str(item.problem)} for item in sorted(found, key=lambda item: item.name.lower())
    ]
    return {CANDIDATES: json.dumps(rows), **{ACCESS + name: value for name, value in access.items()}}


def candidates(box: Mapping[str, str]) -> list[Candidate]:
    """The accounts to pick from; none in a box of another step."""
    return [Candidate(**row) for row in json.loads(box.get(CANDIDATES, "[]"))]


def access(box: Mapping[str, str]) -> dict[str, str]:
    """What the login itself brought."""
    return {name.removeprefix(ACCESS): value for name, value in box.items() if name.startswith(ACCESS)}


def is_current(item: Candidate, config: Mapping[str, object]) -> bool:
    """Whether the channel posts from this account already."""
    return bool(item.config) and all(config.get(name) == value for name, value in item.config.items())


def no_choice(found: Sequence[Candidate], config: Mapping[str, object]) -> Candidate | None:
    """The only account there is. Another one than the channel's own until now is never taken without asking."""
    if len(found) != 1 or found[0].problem:
        return None
    [only] = found
    is_new = not any(name in config for name in only.config)
    return only if is_new or is_current(only, config) else None
