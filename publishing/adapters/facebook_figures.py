"""How a post or a comment on Facebook does: counts that everybody sees, and views where the page may see them."""

from collections.abc import Mapping

from publishing.adapters import facebook_receipts, meta_api
from publishing.adapters.base import Figures, Receipt
from publishing.adapters.meta_api import Graph
from publishing.errors import ContentRejected, NotAuthorised

# Names of ours to Facebook's. Every reaction counts as a like; "impressions" are no more since June 2026.
POST = {"likes": "reactions", "replies": "comments", "reposts": "shares"}
VIEWS = {"views": "post_media_view", "reach": "post_total_media_view_unique"}
COMMENT = {"likes": "like_count", "replies": "comment_count"}
SUMMED = "reactions.summary(total_count).limit(0),comments.summary(total_count).limit(0)"
COUNTED = f"{SUMMED},shares"
VIDEO_VIEWS = {"views": "total_video_views"}


def of(graph: Graph, receipt: Receipt) -> Figures | None:
    """None when it is not there (any more)."""
    if facebook_receipts.is_video(receipt):
        return of_video(graph, receipt.remote_id)
    return (of_comment if facebook_receipts.is_comment(receipt) else of_post)(graph, receipt.remote_id)


def of_comment(graph: Graph, node: str) -> Figures | None:
    response = graph.look(node, ",".join(COMMENT.values()))
    return meta_api.figures(response, response.data(), COMMENT) if response else None


def of_post(graph: Graph, node: str) -> Figures | None:
    response = graph.look(node, COUNTED)
    if response is None:
        return None
    counted = _summed(response.data())
    counted["shares"] = _inside(response.data(), "shares", "count")
    views = _views(graph, f"{node}/insights", VIEWS)
    return meta_api.figures(response, counted | views, {**POST, **VIEWS})


def of_video(graph: Graph, node: str) -> Figures | None:
    """Facebook does not tell how often a video was shared."""
    response = graph.look(node, SUMMED)
    if response is None:
        return None
    views = _views(graph, f"{node}/video_insights", VIDEO_VIEWS)
    return meta_api.figures(response, _summed(response.data()) | views, {**POST, **VIDEO_VIEWS})


def _summed(told: object) -> dict[str, object]:
    return {name: _inside(told, name, "summary", "total_count") for name in ("reactions", "comments")}


def _views(graph: Graph, path: str, names: Mapping[str, str]) -> dict[str, object]:
    """Nothing where the page may not see them: too few followers, or access that does not cover figures."""
    try:
        rows = graph.get(path, metric=",".join(names.values())).get("data")
    except (ContentRejected, NotAuthorised):
        return {}
    return {row.get("name"): _inside((row.get("values") or [{}])[0], "value") for row in rows}


def _inside(value: object, *path: str) -> object:
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value
