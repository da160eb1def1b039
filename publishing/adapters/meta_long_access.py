"""Access to an account on Instagram or Threads that its own login gives: for 60 days, and renewed while it is good.

Both platforms have the same three steps under addresses of their own: a code becomes access for an hour, that becomes
access for 60 days, and that is exchanged for a new one when half of it is over. A renewal spends nothing: while the old
access is good for a day more, one that fails keeps nobody waiting, and is tried again an hour later.

Meta wants secrets in the query of two of these calls. They go nowhere else: errors and logs show no query.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from publishing import http
from publishing.adapters import answers, meta_errors
from publishing.adapters.base import Account
from publishing.errors import (
    ChannelMisconfigured,
    ContentRejected,
    NotAuthorised,
    OutcomeUnknown,
    RateLimited,
    TemporaryError,
)

AHEAD, SPARE, AGAIN = timedelta(days=30), timedelta(days=1), timedelta(hours=1)
LIFETIME = 60 * 86400  # seconds, where Meta does not say
REFUSED = (NotAuthorised, _("Meta does not accept the consent any more: connect the channel again."))
UNKNOWN = (ChannelMisconfigured, _("Meta does not know this application: check its ID and its secret."))
PLATFORM = meta_errors.platform({"100": REFUSED, "101": UNKNOWN, 400: REFUSED})


@dataclass(frozen=True)
class Door:
    """``code`` takes the code that a person brings; ``graph`` makes short access long, and long access new."""

    consent: str
    code: str
    graph: str
    grant: str  # before "_exchange_token" and "_refresh_token"
    scopes: tuple[str, ...]

    def at(self, account: Account) -> "Door":
        """A server of the house itself may stand in for Meta, and nobody else's may."""
        api = str(account.config.get("api") or "").rstrip("/")
        if not api:
            return self
        if not http.is_ours(api):
            raise ChannelMisconfigured(_("Only Meta itself is called by this channel."), api)
        return replace(self, consent=f"{api}/oauth/authorize", code=f"{api}/oauth/access_token", graph=api)


def consent(door: Door, account: Account, redirect_uri: str, state: str) -> str:
    query = {
        "client_id": app_id(account),
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "scope": ",".join(door.scopes),
        "state": state,
    }
    return f"{door.at(account).consent}?{urlencode(query)}"


def exchange(door: Door, account: Account, code: str, redirect_uri: str) -> dict[str, str]:
    """A code, good once, for access of 60 days."""
    door, secret = door.at(account), account.secrets.get("app_secret", "")
    form = {
        "client_id": app_id(account),
        "client_secret": secret,
        "grant_type": "authorization_code",
        "redirect_uri": redirect_uri,
        "code": code,
    }
    response = http.request("POST", door.code, data=form, effect=False)
    told = answers.check(response, PLATFORM, secrets=[*account.secrets.values(), code]).data()
    first = told["data"][0] if told.get("data") else told
    _all_granted(door, first.get("permissions"))
    short = str(first.get("access_token") or "")
    query = {"grant_type": f"{door.grant}_exchange_token", "client_secret": secret, "access_token": short}
    return _kept(account, http.request("GET", f"{door.graph}/access_token", params=query, effect=False), short)


def needs_refresh(account: Account, now: datetime) -> bool:
    ends, tried = account.secrets.get("expires_at"), account.secrets.get("renewal_tried_at")
    if not account.secrets.get("access_token") or not ends or datetime.fromisoformat(ends) - AHEAD > now:
        return False
    return not tried or datetime.fromisoformat(tried) + AGAIN <= now or datetime.fromisoformat(ends) - SPARE <= now


def refresh(door: Door, account: Account) -> dict[str, str]:
    now, token = datetime.now(UTC), account.secrets.get("access_token", "")
    query = {"grant_type": f"{door.grant}_refresh_token", "access_token": token}
    try:
        response = http.request("GET", f"{door.at(account).graph}/refresh_access_token", params=query, effect=False)
        return _kept(account, response, token)
    except (TemporaryError, RateLimited, OutcomeUnknown, ContentRejected):
        if datetime.fromisoformat(account.secrets["expires_at"]) - SPARE <= now:
            raise
        return {"renewal_tried_at": now.isoformat(timespec="seconds")}


def expires_at(account: Account) -> datetime | None:
    told = account.secrets.get("expires_at", "")
    return datetime.fromisoformat(told) if told else None


def app_id(account: Account) -> str:
    return str(account.config.get("app_id") or "").strip()


def _kept(account: Account, response: http.Response, used: str) -> dict[str, str]:
    told = answers.check(response, PLATFORM, secrets=[*account.secrets.values(), used])
    ends = datetime.now(UTC) + timedelta(seconds=int(told.data().get("expires_in") or LIFETIME))
    return {
        "access_token": str(told.get("access_token")),
        "expires_at": ends.isoformat(timespec="seconds"),
        "renewal_tried_at": "",
    }


def _all_granted(door: Door, told: Any) -> None:
    """Whether the person allowed everything, where the platform tells."""
    granted = told.split(",") if isinstance(told, str) else list(told or door.scopes)
    missing = [scope for scope in door.scopes if scope not in granted]
    if missing:
        raise NotAuthorised(_("The consent does not cover everything that is needed."), " ".join(missing))
