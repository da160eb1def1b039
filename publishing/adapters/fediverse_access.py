"""How a person gives us access to an account on a server with Mastodon's API: OAuth 2 with PKCE.

See https://docs.joinmastodon.org/methods/oauth/. Its tokens do not end by themselves.
"""

from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from publishing import http
from publishing.adapters.base import Account
from publishing.adapters.connecting import Connecting
from publishing.adapters.fediverse import Server
from publishing.errors import NotAuthorised

SCOPES = ("read:accounts", "read:statuses", "write:media", "write:statuses")


class Login(Connecting):
    """An application of ours on the account's own server, and a consent to it in the browser."""

    connects = True

    def register(self, account: Account, *, redirect_uri: str) -> dict[str, str] | None:
        """An application of ours on this server, made once for each address that the consent returns to."""
        server = Server(account)
        mine = f"{server.base} {redirect_uri}"
        if account.secrets.get("client_for") == mine:
            return None
        wanted = {"client_name": "Pejlemærke", "redirect_uris": redirect_uri, "scopes": " ".join(SCOPES)}
        made = server.check(http.request("POST", f"{server.base}/api/v1/apps", json=wanted, effect=False))
        client = {name: str(made.get(name)) for name in ("client_id", "client_secret")}
        return {**client, "client_for": mine}

    def consent(self, account: Account, *, redirect_uri: str, state: str, challenge: str) -> str:
        """PKCE is always asked for: Mastodon checks it from 4.3, a server that does not know it ignores it."""
        server = Server(account)
        query = {
            "response_type": "code",
            "client_id": account.secrets.get("client_id", ""),
            "redirect_uri": redirect_uri,
            "scope": " ".join(SCOPES),
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{server.base}/oauth/authorize?{urlencode(query)}"

    def exchange(self, account: Account, *, code: str, redirect_uri: str, verifier: str) -> dict[str, str]:
        server, secrets = Server(account), account.secrets
        form = {
            "grant_type": "authorization_code",
            "client_id": secrets.get("client_id", ""),
            "client_secret": secrets.get("client_secret", ""),
            "redirect_uri": redirect_uri,
            "code": code,
            "code_verifier": verifier,
        }
        url = f"{server.base}/oauth/token"
        told = server.check(http.request("POST", url, data=form, effect=False), code, verifier)
        granted = str(told.data().get("scope") or " ".join(SCOPES)).split()
        missing = [scope for scope in SCOPES if not {scope, scope.partition(":")[0]} & set(granted)]
        if missing:
            raise NotAuthorised(_("The consent does not cover everything that is needed."), " ".join(missing))
        return {"access_token": str(told.get("access_token"))}
