"""Talking to a PDS, the server of a Bluesky account (AT Protocol): sessions, and calls in them.

A session is an access token (2 hours) and a refresh token (90 days), got with an app password. The signal that the
access token is over is **400** ExpiredToken, not 401. See https://atproto.com/specs/xrpc.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing import http
from publishing.adapters import answers
from publishing.adapters.base import HIDDEN, Account, DeliveryKey, Request
from publishing.errors import NotAuthorised, TemporaryError, Words

CLOSED = (NotAuthorised, _("The platform has closed or suspended the account."))
OWN_PASSWORD: Words = _("This is the account's own password: make an app password and use that.")
PLATFORM = answers.Platform(
    code=("error",),
    words=("message",),
    codes={
        "ExpiredToken": NotAuthorised,
        "InvalidToken": NotAuthorised,
        "AuthMissing": NotAuthorised,
        "AuthFactorTokenRequired": (NotAuthorised, OWN_PASSWORD),
        "AccountTakedown": CLOSED,
        "AccountSuspended": CLOSED,
        "AccountDeactivated": CLOSED,
        "AccountNotFound": CLOSED,
        "BlobNotFound": TemporaryError,  # the upload was tidied away before the post: again uploads again
    },
    rate="ratelimit",
)
OVER = ("ExpiredToken", "InvalidToken")
AHEAD = timedelta(minutes=10)  # a session is renewed so long before it ends
ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"


def tid(key: DeliveryKey) -> str:
    """The record key of this delivery, the same for every attempt: its second, and 30 bits of its UUID."""
    microseconds = int(key.moment.timestamp()) * 1_000_000 + key.uuid.int % 1_000_000
    value = microseconds << 10 | key.uuid.int >> 64 & 1023
    return "".join(ALPHABET[value >> shift & 31] for shift in range(60, -1, -5))


def cid(sha256: str) -> str:
    """The address of a blob: CIDv1, raw, SHA-256, base32."""
    return "b" + base64.b32encode(b"\x01\x55\x12\x20" + bytes.fromhex(sha256)).decode().lower().rstrip("=")


def claims(token: str) -> Mapping[str, Any]:
    """What a token says of itself; empty when it is not a JWT."""
    try:
        payload = token.split(".")[1]
        found = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (IndexError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def handle(account: Account) -> str:
    return str(account.config.get("handle", "")).strip().removeprefix("@")


class Pds:
    """One account's server, for one step. It renews the session once when told that it is over."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.base = str(account.config.get("service") or "https://bsky.social").rstrip("/")
        self.token = account.secrets.get("access_jwt", "")

    def url(self, method: str) -> str:
        return f"{self.base}/xrpc/{method}"

    def described(self, method: str, body: object, mime: str = "application/json") -> Request:
        headers = {"Authorization": f"Bearer {HIDDEN}", "Content-Type": mime}
        return Request("POST", self.url(method), headers, body)

    def call(self, verb: str, method: str, *, effect: bool = False, mime: str = "", **content: Any) -> http.Response:
        """One call; an answer of any status but that the session is over."""
        response = self._call(verb, method, effect, mime, content)
        if response.status == 400 and answers.code_of(response, PLATFORM) in OVER:  # refused, so nothing was done
            self.token = self.log_in()["access_jwt"]
            response = self._call(verb, method, effect, mime, content)
        return response

    def _call(self, verb: str, method: str, effect: bool, mime: str, content: Mapping[str, Any]) -> http.Response:
        headers = {"Authorization": f"Bearer {self.token}", **({"Content-Type": mime} if mime else {})}
        return http.request(verb, self.url(method), headers=headers, effect=effect, **content)

    def ask(self, method: str, **params: str) -> http.Response:
        """A question that anybody may put: without our access."""
        return http.request("GET", self.url(method), params=params, effect=False)

    def check(self, response: http.Response) -> http.Response:
        return answers.check(response, PLATFORM, secrets=[*self.account.secrets.values(), self.token])

    def session_is_good(self, now: datetime) -> bool:
        """Whether the stored session is for this very handle and password, and lasts."""
        until = self.account.secrets.get("access_until", "")
        mine = self.account.secrets.get("session_for") == self._fingerprint()
        return mine and bool(until) and datetime.fromisoformat(until) - AHEAD > now

    def renew(self) -> dict[str, str]:
        """A new session as secrets: by the refresh token, else by the app password."""
        secrets = self.account.secrets
        if secrets.get("refresh_jwt") and secrets.get("session_for") == self._fingerprint():
            headers = {"Authorization": f"Bearer {secrets['refresh_jwt']}"}
            response = http.request(
                "POST", self.url("com.atproto.server.refreshSession"), headers=headers, effect=False
            )
            if response.status not in (400, 401):
                return self._session(self.check(response))
        return self.log_in()

    def log_in(self) -> dict[str, str]:
        """A new session by the app password; NotAuthorised when it was revoked."""
        login = {"identifier": handle(self.account), "password": self.account.secrets.get("app_password", "")}
        url = self.url("com.atproto.server.createSession")
        return self._session(self.check(http.request("POST", url, json=login, effect=False)))

    def _session(self, response: http.Response) -> dict[str, str]:
        if response.data().get("active") is False:
            raise NotAuthorised(CLOSED[1], str(response.data().get("status", "")))
        token = str(response.get("accessJwt"))
        ends = claims(token).get("exp")
        until = datetime.fromtimestamp(ends, UTC) if isinstance(ends, int) else datetime.now(UTC) + timedelta(hours=1)
        return {
            "access_jwt": token,
            "refresh_jwt": str(response.get("refreshJwt")),
            "access_until": until.isoformat(),
            "session_for": self._fingerprint(),
        }

    def _fingerprint(self) -> str:
        """Ties a session to what it was got with: another password or handle needs another session."""
        parts = (self.base, handle(self.account), self.account.secrets.get("app_password", ""))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()
