"""What a server with Mastodon's API tells of a post: counts that everybody sees."""

from publishing.adapters import answers
from publishing.adapters.base import Figures
from publishing.adapters.fediverse import PLATFORM, STATUSES, Server

NAMES = {
    "likes": "favourites_count",
    "reposts": "reblogs_count",
    "replies": "replies_count",
    "quotes": "quotes_count",  # of servers of version 4.5
}


def of(server: Server, status_id: str) -> Figures | None:
    """None when the post is not there (any more)."""
    response = server.call("GET", f"{STATUSES}/{status_id}")
    if response.status in (404, 410):
        return None
    server.check(response).get("id")
    return answers.figures(response, response.data(), NAMES, PLATFORM)
