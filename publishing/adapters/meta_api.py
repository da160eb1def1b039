"""Talking to Meta's Graph: Facebook and Instagram by graph.facebook.com, Threads by a host of its own.

::

    graph = Graph(account)                                       # or Graph(account, host=..., version=...)
    graph.check(graph.call("POST", "123/feed", data={"message": "Hej"}, effect=True)).get("id")

The access goes in a header, never in the address. Where the application's secret is known each call proves that it
comes from the application (``appsecret_proof``), so that access that was stolen is worth nothing elsewhere. Meta takes
the proof as a parameter only, so of a question it stands in the address: no address is ever logged or told with its
query (``http.describe``), and the proof opens nothing without the access that it was made of.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing import http
from publishing.adapters import answers, meta_errors, meta_usage
from publishing.adapters.base import HIDDEN, Account, Figures, Request
from publishing.errors import ChannelMisconfigured, RateLimited

GRAPH, VERSION = "https://graph.facebook.com", "v26.0"
PROOF = "appsecret_proof"
BLOCKED_FOR = timedelta(hours=1)  # between two tries, when Meta has blocked the account and does not say for how long


class Graph:
    """Meta's Graph for one account, for one step. ``platform`` says what its refusals mean."""

    def __init__(
        self,
        account: Account,
        *,
        host: str = GRAPH,
        version: str = VERSION,
        platform: answers.Platform = meta_errors.PLATFORM,
        proves: bool = True,
    ) -> None:
        self.account, self.platform, self.proves = account, platform, proves
        # Not a setting of the form: a server of the house itself may stand in for Meta, and nobody else's may.
        self.host = str(account.config.get("api") or host).rstrip("/")
        self.stands_in = self.host != host
        self.base = f"{self.host}/{version}"

    def described(self, verb: str, path: str, body: Mapping[str, Any]) -> Request:
        """A call as the dry run shows it."""
        proof = {PROOF: HIDDEN} if self.proves else {}
        return Request(verb, f"{self.base}/{path}", {"Authorization": f"Bearer {HIDDEN}"}, {**body, **proof})

    def call(
        self,
        verb: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        token: str | None = None,
        effect: bool = False,
    ) -> http.Response:
        """One call, with the channel's access unless another ``token`` is given; an answer of any status."""
        if self.stands_in and not http.is_ours(self.host):
            raise ChannelMisconfigured(_("Only Meta itself is called by this channel."), self.host)
        access = self._access() if token is None else token
        proof = self._proof(access)
        if verb == "POST":
            data = {**(data or {}), **proof}
        else:
            params = {**(params or {}), **proof}
        headers = {"Authorization": f"Bearer {access}"} if access else {}
        url = f"{self.base}/{path}"
        return http.request(verb, url, params=params, headers=headers, data=data, files=files, effect=effect)

    def _access(self) -> str:
        return self.account.secrets.get("access_token", "")

    def _proof(self, access: str) -> dict[str, str]:
        secret = self.account.secrets.get("app_secret", "")
        if not secret or not access or not self.proves:
            return {}
        return {PROOF: hmac.new(secret.encode(), access.encode(), hashlib.sha256).hexdigest()}

    def check(self, response: http.Response, *secrets: str) -> http.Response:
        """A good answer, else the declared error; a wait is as long as the headers say, in whatever way they do."""
        try:
            hidden = [*self.account.secrets.values(), *self._proof(self._access()).values(), *secrets]
            return answers.check(response, self.platform, secrets=hidden)
        except RateLimited as error:
            told = error
        now = datetime.now(UTC)
        least = now + BLOCKED_FOR if meta_errors.is_blocked(response) else now
        until = max(told.until, least, meta_usage.rest_until(response.headers, now) or now)
        raise RateLimited(told.summary, told.detail, until=until)

    def get(self, path: str, *secrets: str, token: str | None = None, **params: Any) -> http.Response:
        """A good answer to a question."""
        return self.check(self.call("GET", path, params=params, token=token), *secrets)

    def look(self, node: str, fields: str) -> http.Response | None:
        """One object; None when it is not there (any more)."""
        response = self.call("GET", node, params={"fields": fields})
        if meta_errors.is_gone(response):
            return None
        self.check(response).get("id")
        return response

    def delete(self, node: str) -> None:
        """Away with it; what is gone already is as wished."""
        response = self.call("DELETE", node)
        if not meta_errors.is_gone(response):
            self.check(response)


def not_before(response: http.Response) -> datetime | None:
    """For ``Receipt.not_before``: the quota is used up, as a good answer said."""
    return meta_usage.rest_until(response.headers, datetime.now(UTC))


def figures(response: http.Response, told: Any, names: Mapping[str, str]) -> Figures:
    """As ``answers.figures``, and spared while little is left of the quota."""
    spared = meta_usage.rest_until(response.headers, datetime.now(UTC), at=meta_usage.NEARLY)
    return replace(answers.figures(response, told, names, meta_errors.PLATFORM), spared_until=spared)
