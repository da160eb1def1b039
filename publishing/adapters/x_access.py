"""How a person gives us access to an account on X: OAuth 2 with PKCE, for public and confidential applications.

See https://docs.x.com/resources/fundamentals/authentication/oauth-2-0/authorization-code. Access ends after two
hours; each renewal spends the refresh token and gives a new one.
"""

import base64
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from publishing.adapters import answers
from publishing.adapters.base import Account
from publishing.adapters.connecting import Connecting, ends_soon
from publishing.adapters.x_api import API, Api
from publishing.errors import NotAuthorised

CONSENT = "https://x.com/i/oauth2/authorize"
SCOPES = ("tweet.read", "tweet.write", "users.read", "media.write", "offline.access")
AHEAD = timedelta(minutes=5)  # renewed so long before it ends
LIFETIME = 7200  # seconds, where X does not say
PLATFORM = answers.Platform(
    code=("error",),
    words=("error_description",),
    codes={400: (NotAuthorised, _("X does not accept the consent any more: connect the channel again."))},
    rate="x-rate-limit",
)


class Login(Connecting):
    """An application of the house's own, and a consent to it in the browser."""

    connects = True

    def consent(self, account: Account, *, redirect_uri: str, state: str, challenge: str) -> str:
        api = Api(account)
        query = {
            "response_type": "code",
            "client_id": client_id(account),
            "redirect_uri": redirect_uri,
            "scope": " ".join(SCOPES),
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        page = CONSENT if api.base == API else f"{api.base}/i/oauth2/authorize"
        return f"{page}?{urlencode(query)}"

    def exchange(self, account: Account, *, code: str, redirect_uri: str, verifier: str) -> dict[str, str]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
        }
        return _ask(account, form, effect=False)

    def needs_refresh(self, account: Account) -> bool:
        return ends_soon(account, AHEAD)

    def refresh(self, account: Account) -> dict[str, str]:
        form = {"grant_type": "refresh_token", "refresh_token": account.secrets.get("refresh_token", "")}
        return _ask(account, form, effect=True)


def client_id(account: Account) -> str:
    return str(account.config.get("client_id") or "").strip()


def _ask(account: Account, form: dict[str, str], *, effect: bool) -> dict[str, str]:
    """A confidential application proves itself with its secret; a public one just says its name."""
    api, secret = Api(account), account.secrets.get("client_secret", "")
    pair = base64.b64encode(f"{client_id(account)}:{secret}".encode()).decode()
    headers = {"Authorization": f"Basic {pair}"} if secret else {}
    form = {**form, "client_id": client_id(account)}
    response = api.call("POST", "/2/oauth2/token", data=form, headers=headers, effect=effect)
    hidden = [*account.secrets.values(), pair, form.get("code", ""), form.get("code_verifier", "")]
    told = answers.check(response, PLATFORM, secrets=hidden)
    granted = str(told.data().get("scope") or " ".join(SCOPES)).split()
    missing = [scope for scope in SCOPES if scope not in granted]
    if missing:
        raise NotAuthorised(_("The consent does not cover everything that is needed."), " ".join(missing))
    ends = datetime.now(UTC) + timedelta(seconds=int(told.data().get("expires_in") or LIFETIME))
    return {
        "access_token": str(told.get("access_token")),
        "refresh_token": str(told.get("refresh_token")),
        "expires_at": ends.isoformat(timespec="seconds"),
    }
