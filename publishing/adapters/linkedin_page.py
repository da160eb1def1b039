"""The organisation's page that a channel posts on: is our access good for it?"""

from datetime import UTC, datetime

from django.utils.translation import gettext_lazy as _

from publishing.adapters import linkedin_access as access
from publishing.adapters.base import Account, Verification
from publishing.adapters.linkedin_api import Api

MAY_POST = {"ADMINISTRATOR", "CONTENT_ADMINISTRATOR", "CONTENT_ADMIN"}
ROLES = "/rest/organizationAcls?q=roleAssignee&state=APPROVED&count=100"


def verify(account: Account) -> Verification:
    """Asks for the access itself, for the role of whoever gave it, and for the page's name."""
    told = access.introspect(account)
    if told.get("active") is not True:
        return Verification(False, problem=_("The access has ended or was taken back: connect the channel again."))
    if not access.scopes(told.data().get("scope")).issuperset(access.SCOPES):
        return Verification(False, problem=_("The consent does not cover everything that is needed."))
    api = Api(account)
    if not may_post(api):
        return Verification(False, problem=_("Whoever connected it may not post for this organisation on LinkedIn."))
    page = api.check(api.call("GET", f"/rest/organizations/{api.owner.rpartition(':')[2]}", "GET"))
    name, ends = str(page.get("localizedName")), told.data().get("expires_at")
    foreseen = access.ends_at(account)
    if foreseen is None and type(ends) is int and not account.secrets.get("refresh_token"):
        foreseen = datetime.fromtimestamp(ends, UTC)
    return Verification(True, name, learnt={"page_name": name}, expires_at=foreseen)


def may_post(api: Api) -> bool:
    """Whether the person who connected the channel may post for its organisation."""
    roles = api.check(api.call("GET", ROLES, "FINDER")).get("elements")
    return any(role.get("organization") == api.owner and role.get("role") in MAY_POST for role in roles)
