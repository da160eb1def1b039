"""An account on Bluesky: how we get in, and who it is. Its handle may change, its permanent name (DID) does not."""

from datetime import UTC, datetime
from typing import Any

from publishing.adapters import atproto
from publishing.adapters.atproto import Pds
from publishing.adapters.base import Account, Verification
from publishing.adapters.connecting import Connecting

RESOLVE = "com.atproto.identity.resolveHandle"


class Login(Connecting):
    """By an app password that a person types in: it gives sessions, which are renewed before they end."""

    def needs_refresh(self, account: Account) -> bool:
        return not Pds(account).session_is_good(datetime.now(UTC))

    def refresh(self, account: Account) -> dict[str, str]:
        return Pds(account).renew()


def did(account: Account) -> str:
    """The permanent name of our own, learnt by ``verify``; before that the handle, which serves as well."""
    return str(account.config.get("did") or atproto.handle(account))


def name(account: Account) -> str:
    """By which its page is found."""
    found = account.config.get("name")
    return str(found) if found and found != "handle.invalid" else did(account)


def did_of(pds: Pds, handle: str) -> str | None:
    """The permanent name of somebody. Anybody may ask, so our access stays at home."""
    response = pds.ask(RESOLVE, handle=handle.strip().lstrip("@").lower())
    if response.status == 400:  # no such handle, or none that can be one
        return None
    return str(pds.check(response).get("did"))


def verify(account: Account, *, image_bytes: int | None) -> Verification:
    """Logs in anew: a token of a revoked app password goes on working until it ends, and says nothing."""
    pds = Pds(account)
    session = pds.log_in()
    if atproto.claims(session["access_jwt"]).get("scope") == "com.atproto.access":
        return Verification(False, problem=atproto.OWN_PASSWORD)
    pds.token = session["access_jwt"]
    me = pds.check(pds.call("GET", "com.atproto.server.getSession"))
    learnt: dict[str, Any] = {"did": str(me.get("did")), "name": str(me.get("handle"))}
    server = pds.check(pds.call("GET", "com.atproto.server.describeServer"))
    told = server.data().get("blobUploadLimit")
    learnt |= {"image_bytes": told or image_bytes, **({"blob_bytes": told} if told else {})}
    return Verification(True, f"@{learnt['name']}", learnt=learnt)
