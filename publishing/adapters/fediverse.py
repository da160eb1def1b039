"""Talking to a server with Mastodon's API, and the small steps that several calls share.

Servers that speak it differ (Mastodon, GoToSocial, Takahe, Hollo): errors may be HTML or empty.
See https://docs.joinmastodon.org/methods/statuses/ and /methods/media/.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing import http
from publishing.adapters import answers
from publishing.adapters.base import HIDDEN, Account, Request
from publishing.errors import NotAuthorised, TemporaryError, Words

AGAIN: Words = _("The consent has expired or was refused: connect the channel again.")
NOT_READY = (TemporaryError, _("The platform is still working on an image."))
PLATFORM = answers.Platform(
    code=("error",),
    words=("error_description",),
    codes={
        "Cannot attach files that have not finished processing. Try again in a moment!": NOT_READY,
        "access_denied": (NotAuthorised, AGAIN),
        "invalid_client": (NotAuthorised, AGAIN),
        "invalid_grant": (NotAuthorised, AGAIN),
        "unauthorized_client": (NotAuthorised, AGAIN),
    },
    rate="x-ratelimit",
)
MEDIA, STATUSES = "/api/v2/media", "/api/v1/statuses"


class Server:
    """One account's server, for one step."""

    def __init__(self, account: Account) -> None:
        name = str(account.config.get("instance", "")).strip().rstrip("/")
        self.account = account
        self.base = name if "://" in name else f"https://{name}"

    def described(self, path: str, body: object, **headers: str) -> Request:
        return Request("POST", self.base + path, {"Authorization": f"Bearer {HIDDEN}", **headers}, body)

    def call(
        self, verb: str, path: str, *, effect: bool = False, headers: Mapping[str, str] | None = None, **content: Any
    ) -> http.Response:
        """One call with our access; an answer of any status."""
        token = self.account.secrets.get("access_token", "")
        headers = {"Authorization": f"Bearer {token}", **(headers or {})}
        return http.request(verb, self.base + path, headers=headers, effect=effect, **content)

    def check(self, response: http.Response, *secrets: str) -> http.Response:
        return answers.check(response, PLATFORM, secrets=[*self.account.secrets.values(), *secrets])

    def look(self, status_id: str) -> Mapping[str, Any] | None:
        """One status; None when it is not there (any more)."""
        response = self.call("GET", f"{STATUSES}/{status_id}")
        if response.status in (404, 410):
            return None
        found = self.check(response)
        return {**found.data(), "content": str(found.get("content"))}

    def me(self) -> http.Response:
        return self.check(self.call("GET", "/api/v1/accounts/verify_credentials"))
