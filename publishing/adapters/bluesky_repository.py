"""A post in the account's own repository, by its key: looked at, and taken out again."""

from collections.abc import Mapping
from typing import Any

from publishing.adapters import answers
from publishing.adapters.atproto import PLATFORM, Pds
from publishing.adapters.base import Account
from publishing.adapters.bluesky_account import did
from publishing.adapters.bluesky_record import POST

GET, DELETE = "com.atproto.repo.getRecord", "com.atproto.repo.deleteRecord"


def look(account: Account, rkey: str) -> Mapping[str, Any] | None:
    """What lies there; None when nothing does."""
    pds = Pds(account)
    response = pds.call("GET", GET, params={"repo": did(account), "collection": POST, "rkey": rkey})
    if response.status == 400 and answers.code_of(response, PLATFORM) == "RecordNotFound":
        return None
    found = pds.check(response)
    return {name: found.get(name) for name in ("cid", "uri", "value")}


def delete(account: Account, rkey: str) -> None:
    pds = Pds(account)
    pds.check(pds.call("POST", DELETE, json={"repo": did(account), "collection": POST, "rkey": rkey}))
