"""Compares a described request (``Adapter.translate``) with one that a fake really saw."""

import base64
import hashlib
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from publishing.adapters.base import HIDDEN, LATER, Request
from tests.fakes.server import Seen


def differences(described: Request, seen: Seen, base: str) -> list[str]:
    """Everything in which the description is wrong; ``base`` is the address of the fake."""
    url = urlsplit(described.url)
    pairs = {
        "method": (described.method, seen.method),
        "address": (f"{url.scheme}://{url.netloc}{url.path}", base + seen.path),
        "query": (dict(parse_qsl(url.query, keep_blank_values=True)), seen.query),
        "body": (described.body, seen.content()),
        **{f"header {name}": (value, seen.headers.get(name.lower())) for name, value in described.headers.items()},
    }
    return [f"{name}: {told!r} is {found!r}" for name, (told, found) in pairs.items() if not same(told, found)]


def same(told: Any, found: Any) -> bool:
    if told == LATER:
        return found is not None
    if isinstance(told, str) and (HIDDEN in told or LATER in told):
        pattern = re.escape(told).replace(re.escape(HIDDEN), ".+").replace(re.escape(LATER), ".+")
        return isinstance(found, str) and re.fullmatch(pattern, found, re.DOTALL) is not None
    if isinstance(told, dict) and "sha256" in told and not isinstance(found, dict):
        content = base64.b64decode(found) if isinstance(found, str) else found
        if "from" in told:
            return len(content) == told["size"]
        return hashlib.sha256(content).hexdigest() == told["sha256"]
    if isinstance(told, dict) and isinstance(found, dict):
        return told.keys() == found.keys() and all(same(told[key], found[key]) for key in told)
    if isinstance(told, list | tuple) and isinstance(found, list):
        return len(told) == len(found) and all(map(same, told, found))
    return bool(told == found)
