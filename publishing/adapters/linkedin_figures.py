"""What LinkedIn tells of a post: reactions and comments always, the rest to whoever may read the page's figures."""

from collections.abc import Mapping
from typing import Any

from publishing import http
from publishing.adapters import linkedin_comments as comments
from publishing.adapters.base import Figures, Receipt
from publishing.adapters.linkedin_api import Api, encoded
from publishing.errors import NotAuthorised

NAMES = {"impressions": "impressionCount", "unique_reach": "uniqueImpressionsCount", "reposts": "shareCount"}


def of(api: Api, receipt: Receipt) -> Figures | None:
    """None when the post, or the comment, is not there (any more)."""
    if "comment" in receipt.details:
        comment = comments.look(api, receipt.details)
        return None if comment is None else _figures(comments.counts(comment))
    social = api.seen(api.call("GET", f"/rest/socialMetadata/{encoded(receipt.remote_id)}", "GET"))
    return None if social is None else _figures({**_statistics(api, receipt.remote_id), **_reactions(social)})


def _statistics(api: Api, urn: str) -> dict[str, Any]:
    """Of this one post; empty when LinkedIn does not tell us."""
    name = "shares" if urn.startswith("urn:li:share:") else "ugcPosts"
    query = f"q=organizationalEntity&organizationalEntity={encoded(api.owner)}&{name}=List({encoded(urn)})"
    try:
        told = api.check(api.call("GET", f"/rest/organizationalEntityShareStatistics?{query}", "FINDER"))
    except NotAuthorised:
        return {}
    elements = told.get("elements")
    totals = elements[0].get("totalShareStatistics") or {} if elements else {}
    return {ours: totals.get(theirs) for ours, theirs in NAMES.items()}


def _reactions(social: http.Response) -> dict[str, Any]:
    told = social.data()
    found: dict[str, Any] = {"replies": (told.get("commentSummary") or {}).get("count")}
    if "reactionSummaries" in told:
        found["likes"] = sum(int(item.get("count") or 0) for item in told["reactionSummaries"].values())
    return found


def _figures(counts: Mapping[str, Any]) -> Figures:
    return Figures({name: max(0, number) for name, number in counts.items() if type(number) is int})
