"""What an HTTP answer means in our errors: one function, and a small table from each platform.

::

    TABLE = Platform(code=("error",), words=("message",), codes={"BlobNotFound": ContentRejected}, rate="ratelimit")
    answers.check(response, TABLE, secrets=account.secrets.values())

A refusal (4xx) proves that nothing was posted. A 5xx does not: the server may have failed after it had written. With
``effect`` it is therefore OutcomeUnknown, unless the platform promises otherwise (``Platform.unwritten``).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing.adapters import quotas, waits
from publishing.adapters.base import HIDDEN, Figures
from publishing.errors import (
    ChannelMisconfigured,
    ContentRejected,
    DeliveryError,
    NotAuthorised,
    OutcomeUnknown,
    RateLimited,
    TemporaryError,
    Words,
)
from publishing.http import Response

Error = type[DeliveryError] | type[ChannelMisconfigured]
Meaning = Error | tuple[Error, Words]  # with a sentence of its own, where the usual one does not say enough

SENTENCES: Mapping[Error, Words] = {
    TemporaryError: _("The platform does not work right now."),
    RateLimited: _("The platform asks us to wait."),
    ContentRejected: _("The platform refuses this text, these images or this video."),
    NotAuthorised: _("The platform no longer accepts our access: connect the channel again."),
    OutcomeUnknown: _("The platform failed while posting: it may or may not have been posted."),
    ChannelMisconfigured: _("The platform does not know what we ask for: check the channel's settings."),
}
TOO_LARGE = (ContentRejected, _("The platform says that this is too large."))
MOVED = (ChannelMisconfigured, _("The platform's address has moved: check the channel's settings."))

# What a status means where the platform's table does not say. 409: perhaps our own earlier request.
STATUSES: Mapping[int, Meaning] = {
    301: MOVED,
    308: MOVED,
    307: TemporaryError,
    401: NotAuthorised,
    403: NotAuthorised,
    404: ChannelMisconfigured,
    405: ChannelMisconfigured,
    408: TemporaryError,
    410: ChannelMisconfigured,
    413: TOO_LARGE,
    420: RateLimited,
    425: TemporaryError,
    429: RateLimited,
}


@dataclass(frozen=True)
class Platform:
    """How one platform answers. Paths are steps into the JSON of a refusal."""

    code: tuple[str | int, ...] = ()
    subcode: tuple[str | int, ...] = ()
    words: tuple[str | int, ...] = ()
    # By "code/subcode" or code (as text), or by status where they are silent.
    codes: Mapping[str | int, Meaning] = field(default_factory=dict)
    failing: frozenset[str] = frozenset()  # codes that mean what a 5xx does, whatever the status
    rate: str = "x-ratelimit"  # before "-remaining" and "-reset"
    unwritten: frozenset[int] = frozenset()  # 5xx after which the platform promises that nothing was written


def check(response: Response, platform: Platform, *, secrets: Iterable[str] = ()) -> Response:
    """The answer itself when it is a good one, else the error that it means. ``secrets`` never show in the detail."""
    if response.ok:
        if response.effect:
            quotas.hear(response.headers, platform.rate, datetime.now(UTC))
        return response
    meaning = _meaning(response, platform)
    error, sentence = meaning if isinstance(meaning, tuple) else (meaning, SENTENCES[meaning])
    detail = _detail(response, platform, secrets)
    if error is RateLimited:
        raise RateLimited(sentence, detail, until=waits.until(response.headers, platform.rate, datetime.now(UTC)))
    raise error(sentence, detail)


def code_of(response: Response, platform: Platform) -> str:
    """The platform's own code in this answer, with its subcode ("190/463"); empty when there is none."""
    code, subcode = (_at(response.data(), path) for path in (platform.code, platform.subcode))
    return f"{code}/{subcode}" if code and subcode else code


def used_up_until(response: Response, platform: Platform) -> datetime | None:
    """For ``Receipt.not_before``: a good answer that says it was the last one of the quota."""
    if not waits.used_up(response.headers, platform.rate):
        return None
    return waits.until(response.headers, platform.rate, datetime.now(UTC))


def must_be_gone(there: object, node: str) -> None:
    """After a post was deleted, it is looked at once more: nothing may be there."""
    if there is not None:
        raise TemporaryError(_("The post is still there after it was deleted."), node)


def figures(response: Response, told: Any, names: Mapping[str, str], platform: Platform) -> Figures:
    """What a good answer counts: ``names`` are ours to the platform's. Anything but a whole number is not told."""
    numbers = told if isinstance(told, Mapping) else {}
    counts = {ours: numbers[theirs] for ours, theirs in names.items() if type(numbers.get(theirs)) is int}
    until = None
    if waits.nearly_used_up(response.headers, platform.rate):
        until = waits.until(response.headers, platform.rate, datetime.now(UTC))
    return Figures({name: max(0, number) for name, number in counts.items()}, until)


def _meaning(response: Response, platform: Platform) -> Meaning:
    whole = code_of(response, platform)
    code = whole.partition("/")[0]
    for key in (whole, code, response.status):
        if key in platform.codes:
            return platform.codes[key]
    if code in platform.failing:
        return _failed(response, platform)
    if response.status in STATUSES:
        return STATUSES[response.status]
    if response.status < 400 or response.status == 409:
        return OutcomeUnknown if response.effect else TemporaryError
    return ContentRejected if response.status < 500 else _failed(response, platform)


def _failed(response: Response, platform: Platform) -> Meaning:
    """The platform itself failed, perhaps after it had written."""
    if response.effect and response.status not in platform.unwritten:
        return OutcomeUnknown
    return RateLimited if response.headers.get("retry-after") else TemporaryError


def _at(data: Any, path: tuple[str | int, ...]) -> str:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return ""
    return str(data) if path and isinstance(data, str | int) else ""


def _detail(response: Response, platform: Platform, secrets: Iterable[str]) -> str:
    """For support: where, status, code and the platform's words."""
    if response.data():
        said = " ".join(filter(None, (code_of(response, platform), _at(response.data(), platform.words))))
    else:
        said = re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", response.text()[:2000], flags=re.S | re.I)
    return f"{response.where}: {response.status} {' '.join(redact(said, secrets).split())[:300]}".strip()


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without these secrets, and without anything else that looks like a token."""
    for secret in sorted((item for item in secrets if len(item) > 3), key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return re.sub(r"[A-Za-z0-9_\-.~+/=]{32,}", HIDDEN, text)
