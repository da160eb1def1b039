"""The organisation's page that a channel posts on: which there are to pick from, and is our access good for it?"""

from collections.abc import Container, Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing.adapters import linkedin_access as access
from publishing.adapters.base import Account, Candidate, Verification
from publishing.adapters.linkedin_api import Api

MAY_POST = {"ADMINISTRATOR", "CONTENT_ADMINISTRATOR", "CONTENT_ADMIN"}
REFUSED = _("Whoever connected it may not post for this organisation on LinkedIn.")
ROLES = "/rest/organizationAcls?q=roleAssignee&state=APPROVED&count=100"


def verify(account: Account) -> Verification:
    """Asks for the access itself, for the role of whoever gave it, and for the page's name."""
    told = access.introspect(account)
    if told.get("active") is not True:
        return Verification(False, problem=_("The access has ended or was taken back: connect the channel again."))
    if not access.scopes(told.data().get("scope")).issuperset(access.SCOPES):
        return Verification(False, problem=_("The consent does not cover everything that is needed."))
    api = Api(account)
    if api.owner not in _roles(api, MAY_POST):
        return Verification(False, problem=REFUSED)
    page = api.check(api.call("GET", f"/rest/organizations/{_number(api.owner)}", "GET"))
    name, ends = str(page.get("localizedName")), told.data().get("expires_at")
    foreseen = access.ends_at(account)
    if foreseen is None and type(ends) is int and not account.secrets.get("refresh_token"):
        foreseen = datetime.fromtimestamp(ends, UTC)
    return Verification(True, name, learnt={"page_name": name}, expires_at=foreseen)


def candidates(account: Account) -> tuple[Candidate, ...]:
    """Every organisation in which the person has a role, also those that they may not post for."""
    api = Api(account)
    every, good = _roles(api), _roles(api, MAY_POST)
    if not every:
        return ()
    numbers = ",".join(_number(urn) for urn in every)
    pages = api.check(api.call("GET", f"/rest/organizations?ids=List({numbers})", "BATCH_GET")).get("results")
    return tuple(_candidate(urn, pages.get(_number(urn)) or {}, urn in good) for urn in every)


def _candidate(urn: str, page: Mapping[str, Any], good: bool) -> Candidate:
    name = str(page.get("localizedName") or _number(urn))
    vanity = str(page.get("vanityName") or "")
    note = f"linkedin.com/company/{vanity}" if vanity else ""
    return Candidate(urn, name, note, "" if good else REFUSED, {"organization": urn})


def _roles(api: Api, wanted: Container[str] | None = None) -> list[str]:
    """The organisations in which whoever connected the channel has one of these roles, or any."""
    told = api.check(api.call("GET", ROLES, "FINDER")).get("elements")
    mine = [role for role in told if wanted is None or role.get("role") in wanted]
    return list(dict.fromkeys(str(role["organization"]) for role in mine if role.get("organization")))


def _number(urn: str) -> str:
    return urn.rpartition(":")[2]
