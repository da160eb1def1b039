"""What Bluesky tells of a post: counts that everybody sees."""

from publishing.adapters import answers
from publishing.adapters.atproto import PLATFORM, Pds
from publishing.adapters.base import Figures

NAMES = {"likes": "likeCount", "reposts": "repostCount", "replies": "replyCount", "quotes": "quoteCount"}


def of(pds: Pds, uri: str) -> Figures | None:
    """None when the post is not there (any more)."""
    found = pds.check(pds.call("GET", "app.bsky.feed.getPosts", params={"uris": uri}))
    posts = found.get("posts")
    return answers.figures(found, posts[0], NAMES, PLATFORM) if posts else None
