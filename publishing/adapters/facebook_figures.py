"""How a post or a comment on Facebook does: counts that everybody sees, and views where the page may see them."""

from publishing.adapters import meta_api
from publishing.adapters.base import Figures
from publishing.adapters.meta_api import Graph
from publishing.errors import ContentRejected, NotAuthorised

# Names of ours to Facebook's. Every reaction counts as a like; "impressions" are no more since June 2026.
POST = {"likes": "reactions", "replies": "comments", "reposts": "shares"}
VIEWS = {"views": "post_media_view", "reach": "post_total_media_view_unique"}
COMMENT = {"likes": "like_count", "replies": "comment_count"}
COUNTED = "reactions.summary(total_count).limit(0),comments.summary(total_count).limit(0),shares"


def of_comment(graph: Graph, node: str) -> Figures | None:
    response = graph.look(node, ",".join(COMMENT.values()))
    return meta_api.figures(response, response.data(), COMMENT) if response else None


def of_post(graph: Graph, node: str) -> Figures | None:
    response = graph.look(node, COUNTED)
    if response is None:
        return None
    told = response.data()
    counted = {name: _inside(told, name, "summary", "total_count") for name in ("reactions", "comments")}
    counted["shares"] = _inside(told, "shares", "count")
    return meta_api.figures(response, counted | _views(graph, node), {**POST, **VIEWS})


def _views(graph: Graph, node: str) -> dict[str, object]:
    """Nothing where the page may not see them: too few followers, or access that does not cover figures."""
    try:
        rows = graph.get(f"{node}/insights", metric=",".join(VIEWS.values())).get("data")
    except (ContentRejected, NotAuthorised):
        return {}
    return {row.get("name"): _inside((row.get("values") or [{}])[0], "value") for row in rows}


def _inside(value: object, *path: str) -> object:
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value
