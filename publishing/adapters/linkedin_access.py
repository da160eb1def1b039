"""How a person gives us access to an organisation's page on LinkedIn: OAuth 2 for an application with a secret.

See https://learn.microsoft.com/linkedin/shared/authentication/authorization-code-flow. LinkedIn knows PKCE for
applications without a secret only: here the secret and the state stand for it. Access lasts 60 days. An application
that LinkedIn has allowed it gets a token for renewals too, good for a year from the consent, which renewing does not
prolong and does not spend.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from publishing import http
from publishing.adapters import answers
from publishing.adapters.base import Account
from publishing.adapters.connecting import Connecting, ends_soon
from publishing.adapters.linkedin_api import Api
from publishing.errors import NotAuthorised

SCOPES = ("r_organization_social", "w_organization_social", "r_organization_admin")
AHEAD = timedelta(days=1)  # renewed so long before it ends
LIFETIME = timedelta(days=60).total_seconds()  # where LinkedIn does not say
PLATFORM = answers.Platform(
    code=("error",),
    words=("error_description",),
    codes={400: (NotAuthorised, _("LinkedIn does not accept the consent any more: connect the channel again."))},
)


class Login(Connecting):
    """An application of the house's own, a consent to it in the browser, and a page picked after it."""

    connects = True
    picks = True

    def consent(self, account: Account, *, redirect_uri: str, state: str, challenge: str) -> str:
        query = {
            "response_type": "code",
            "client_id": client_id(account),
            "redirect_uri": redirect_uri,
            "scope": " ".join(SCOPES),
            "state": state,
        }
        return f"{Api(account).site}/oauth/v2/authorization?{urlencode(query)}"

    def exchange(self, account: Account, *, code: str, redirect_uri: str, verifier: str) -> dict[str, str]:
        told = _ask(account, "accessToken", grant_type="authorization_code", code=code, redirect_uri=redirect_uri)
        granted = scopes(told.data().get("scope"))
        missing = [scope for scope in SCOPES if granted and scope not in granted]
        if missing:
            raise NotAuthorised(_("The consent does not cover everything that is needed."), " ".join(missing))
        return {"refresh_token": "", "refresh_expires_at": "", **_access(told)}

    def needs_refresh(self, account: Account) -> bool:
        return ends_soon(account, AHEAD)

    def refresh(self, account: Account) -> dict[str, str]:
        token = account.secrets.get("refresh_token", "")
        return _access(_ask(account, "accessToken", grant_type="refresh_token", refresh_token=token))


def introspect(account: Account) -> http.Response:
    """What LinkedIn knows of our access: whether it is good, until when, and for what."""
    return _ask(account, "introspectToken", token=account.secrets.get("access_token", ""))


def ends_at(account: Account) -> datetime | None:
    """When somebody must connect it again: the end of what renews it, else of the access itself."""
    renewable = bool(account.secrets.get("refresh_token"))
    told = account.secrets.get("refresh_expires_at" if renewable else "expires_at", "")
    return datetime.fromisoformat(told) if told else None


def scopes(told: Any) -> set[str]:
    """LinkedIn writes them with commas in one answer and with spaces in another."""
    return set(filter(None, re.split(r"[\s,]+", str(told or ""))))


def client_id(account: Account) -> str:
    return str(account.config.get("client_id") or "").strip()


def _access(told: http.Response) -> dict[str, str]:
    now = datetime.now(UTC)
    found = {
        "access_token": str(told.get("access_token")),
        "expires_at": _after(now, told.data().get("expires_in") or LIFETIME),
    }
    if told.data().get("refresh_token"):
        found["refresh_token"] = str(told.get("refresh_token"))
        if told.data().get("refresh_token_expires_in"):
            found["refresh_expires_at"] = _after(now, told.get("refresh_token_expires_in"))
    return found


def _after(now: datetime, seconds: Any) -> str:
    return (now + timedelta(seconds=int(seconds))).isoformat(timespec="seconds")


def _ask(account: Account, step: str, **form: str) -> http.Response:
    api = Api(account)
    form = {**form, "client_id": client_id(account), "client_secret": account.secrets.get("client_secret", "")}
    response = api.ask("POST", f"{api.site}/oauth/v2/{step}", {}, data=form)
    return answers.check(response, PLATFORM, secrets=[*account.secrets.values(), form.get("code", "")])
