"""The one HTTP door: timeouts, size caps, private-address guard, redaction. No redirects, no cookies, no retry.

::

    response = http.request("POST", url, headers=..., json=..., effect=True)

``effect`` says whether the request can make something appear. It decides what a lost answer means: OutcomeUnknown, or
just TemporaryError. An answer of any status is an answer: ``adapters.answers`` says what it means.
"""

import json as json_module
import logging
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from requests.structures import CaseInsensitiveDict

from publishing import connections
from publishing.errors import ChannelMisconfigured, DeliveryError, OutcomeUnknown, TemporaryError

TIMEOUT = 15.0  # seconds for the whole call
MAX_BYTES = 2_000_000  # of an answer
AGENT = "Pejlemaerke/1"

# At DEBUG it writes whole addresses, query and all.
logging.getLogger("urllib3").setLevel(logging.INFO)
os.register_at_fork(after_in_child=connections.forget)

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


@dataclass(frozen=True)
class Response:
    """What the other side answered, whole. Its repr shows neither headers nor body: both may hold secrets."""

    status: int
    headers: Mapping[str, str] = field(default_factory=CaseInsensitiveDict, repr=False)  # names in any case
    body: bytes = field(default=b"", repr=False)
    where: str = ""  # method, host and path, without secrets
    effect: bool = False

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def text(self) -> str:
        """The body as text, whatever it is."""
        return self.body.decode("utf-8", "replace")

    def data(self) -> dict[str, Any]:
        """The JSON object in the body; empty when there is none. For reading errors: never raises."""
        try:
            found = json_module.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def json(self) -> Any:
        """The JSON in the body. Without any: OutcomeUnknown if something may have appeared, else TemporaryError."""
        try:
            return json_module.loads(self.body)
        except ValueError:
            pass
        raise self.unreadable("no JSON")

    def get(self, *path: str | int) -> Any:
        """A value inside the JSON that must be there; raises as ``json`` does."""
        value = self.json()
        try:
            for step in path:
                value = value[step]
        except (KeyError, IndexError, TypeError):
            value = None
        if value is None:
            raise self.unreadable(f"no {'.'.join(map(str, path))}")
        return value

    def unreadable(self, why: str) -> DeliveryError:
        """The error for an answer that makes no sense."""
        return lost(self.effect, f"{self.where}: {self.status}, {why}")


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Every call inside ends before then, all together: one send of many calls stays inside its lease."""
    outer = _deadline.get()
    mine = time.monotonic() + seconds
    token = _deadline.set(mine if outer is None else min(outer, mine))
    try:
        yield
    finally:
        _deadline.reset(token)


def request(
    method: str,
    url: str,
    *,
    params: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
    json: Any = None,
    data: Any = None,
    files: Any = None,
    effect: bool,
    timeout: float = TIMEOUT,
    max_bytes: int = MAX_BYTES,
) -> Response:
    """One request, one answer, inside ``timeout`` seconds; redirects are answers too.

    TemporaryError: it is certain that nothing was carried out. OutcomeUnknown: with ``effect``, when the answer was
    lost after a byte may have left. ChannelMisconfigured: an address that may not be called, or a malformed request.
    """
    where = describe(method, url)
    prepared, fault = _prepare(method, url, params, headers, json, data, files)
    if prepared is None:
        raise ChannelMisconfigured(_("The request cannot be made: check the channel's settings."), f"{where}: {fault}")
    _may_call(str(prepared.url), where)
    with connections.Call(ends_at(timeout)) as call:
        response, fault = _exchange(prepared, call, max_bytes, where, effect)
    # Raised out here, so that no error of a library hangs on ours: theirs show addresses and headers.
    if response is not None:
        return response
    if call.sent:
        raise lost(effect, f"{where}: {fault}")
    raise TemporaryError(_("The platform cannot be reached right now."), f"{where}: {fault}, nothing was sent")


def lost(effect: bool, detail: str) -> DeliveryError:
    """What a lost answer means."""
    if effect:
        return OutcomeUnknown(_("The answer was lost: it may or may not have been posted."), detail)
    return TemporaryError(_("The platform's answer was lost."), detail)


def describe(method: str, url: str) -> str:
    """Method, host and path for support: no query, and nothing in the path that looks like a token."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return f"{method} ?"
    steps = [step if len(step) < 25 and "=" not in step else "…" for step in parts.path.split("/")]
    return f"{method} {parts.netloc.rpartition('@')[2]}{'/'.join(steps)}"


def upload_timeout() -> float:
    """Seconds for a call that carries a whole video: the most that any call may take."""
    return settings.PUBLISHING_LEASE_SECONDS / 2


def carries() -> int:
    """Bytes that surely leave the house in one call: two thirds of its time at the line's speed, the rest to answer.

    A limit for platforms that take a video in one request only, so that one which cannot make it is refused before it
    is approved.
    """
    return int(upload_timeout() * 2 / 3 * settings.PUBLISHING_UPLOAD_MEGABITS * 125_000)


def is_ours(url: str) -> bool:
    """Whether the house has named this address's host as one of its own."""
    return connections.allowed(urlsplit(url).hostname or "")


def ends_at(timeout: float) -> float:
    """When a call must be over (monotonic), never later than half a lease: whoever looks next must find us done."""
    end = time.monotonic() + min(timeout, settings.PUBLISHING_LEASE_SECONDS / 2)
    outer = _deadline.get()
    return end if outer is None else min(end, outer)


def _may_call(url: str, where: str) -> None:
    parts = urlsplit(url)  # as requests wrote it down: what is checked is what is called
    if not parts.hostname or parts.username is not None or parts.scheme not in ("http", "https"):
        raise ChannelMisconfigured(_("This is not a web address that can be called."), where)
    if parts.scheme != "https" and not connections.allowed(parts.hostname):
        raise ChannelMisconfigured(_("Only https addresses are called."), where)


def _prepare(
    method: str, url: str, params: Any, headers: Any, json: Any, data: Any, files: Any
) -> tuple[requests.PreparedRequest | None, str]:
    usual = {"User-Agent": AGENT, "Accept": "application/json, */*;q=0.5", "Accept-Encoding": "identity"}
    try:
        made = requests.Request(
            method, url, params=params, headers={**usual, **(headers or {})}, json=json, data=data, files=files
        ).prepare()
    except (requests.RequestException, ValueError) as error:
        return None, type(error).__name__
    return made, ""


def _exchange(
    prepared: requests.PreparedRequest, call: connections.Call, max_bytes: int, where: str, effect: bool
) -> tuple[Response | None, str]:
    """The answer, or the name of what went wrong."""
    if call.remaining() <= 0:
        return None, "no time left"
    try:
        answer = connections.adapter().send(
            prepared, stream=True, timeout=(connections.CONNECT, max(0.001, call.remaining()))
        )
        try:
            body = _read(answer, max_bytes)
        finally:
            answer.close()
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        return None, "deadline passed" if call.expired else type(error).__name__
    if body is None:
        return None, f"{answer.status_code}, answer larger than {max_bytes} bytes"
    if call.expired:  # what was read may have been cut off
        return None, "deadline passed"
    return Response(answer.status_code, answer.headers, body, where, effect), ""


def _read(answer: requests.Response, max_bytes: int) -> bytes | None:
    """The whole body; None when it is too large. Of a refusal the beginning is enough."""
    body = bytearray()
    for chunk in answer.iter_content(65536):
        body += chunk
        if len(body) > max_bytes:
            return bytes(body[:max_bytes]) if answer.status_code >= 400 else None
    return bytes(body)
