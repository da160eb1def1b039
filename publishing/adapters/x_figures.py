"""What X tells of a post: public figures always, link clicks to the account that posted it."""

from publishing.adapters import answers
from publishing.adapters.base import Figures
from publishing.adapters.x_api import PLATFORM, Api
from publishing.errors import NotAuthorised

NAMES = {
    "likes": "like_count",
    "reposts": "repost_count",
    "replies": "reply_count",
    "quotes": "quote_count",
    "impressions": "impression_count",
    "bookmarks": "bookmark_count",
    "link_clicks": "url_link_clicks",
}


def of(api: Api, post_id: str) -> Figures | None:
    """None when the post is not there (any more).

    Link clicks are the account's own to know, and for a month only: X may refuse the whole answer over them.
    """
    try:
        response = api.look(post_id, "public_metrics,non_public_metrics")
    except NotAuthorised:
        response = None
    response = response or api.look(post_id, "public_metrics")
    if response is None:
        return None
    own = response.data()["data"].get("non_public_metrics", {})
    told = {**own, **response.get("data", "public_metrics")}
    told.setdefault("repost_count", told.get("retweet_count"))  # its document and its servers differ
    return answers.figures(response, told, NAMES, PLATFORM)
