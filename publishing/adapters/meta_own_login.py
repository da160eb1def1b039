"""What Instagram and Threads share as kinds: an account by the platform's own login, its quota, and its figures."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import ClassVar

from publishing import open_media
from publishing.adapters import meta_api, meta_quota
from publishing.adapters import meta_long_access as access
from publishing.adapters.base import Account, Adapter, Figures, Verification
from publishing.adapters.meta_api import Graph
from publishing.adapters.meta_errors import is_gone
from publishing.adapters.meta_quota import Quota


class OwnLogin(Adapter):
    """Subclasses say where the login is, and by which names the quota and the figures go."""

    connects = True
    door: ClassVar[access.Door]
    quota: ClassVar[Quota]
    insights: ClassVar[Mapping[str, str]]  # figures: our names to the platform's

    def consent(self, account: Account, *, redirect_uri: str, state: str, challenge: str) -> str:
        return access.consent(self.door, account, redirect_uri, state)

    def exchange(self, account: Account, *, code: str, redirect_uri: str, verifier: str) -> Mapping[str, str]:
        return access.exchange(self.door, account, code, redirect_uri)

    def needs_refresh(self, account: Account) -> bool:
        return access.needs_refresh(account, datetime.now(UTC))

    def refresh(self, account: Account) -> Mapping[str, str]:
        return access.refresh(self.door, account)

    def verified(self, graph: Graph, user_id: object, username: object) -> Verification:
        """The account is there; what else it needs: an open address of ours, and access that lasts."""
        learnt = {"user_id": str(user_id), "username": str(username)}
        quota = meta_quota.read(graph, learnt["user_id"], self.quota)
        problem, ends = open_media.problem(), access.expires_at(graph.account)
        return Verification(not problem, f"@{learnt['username']}", problem, {**learnt, **quota}, ends)

    def figures(self, graph: Graph, node: str) -> Figures | None:
        """Of one post; None when it is not there (any more)."""
        response = graph.call("GET", f"{node}/insights", params={"metric": ",".join(self.insights.values())})
        if is_gone(response):
            return None
        told = {item["name"]: item["values"][0]["value"] for item in graph.check(response).get("data")}
        return meta_api.figures(response, told, self.insights)
